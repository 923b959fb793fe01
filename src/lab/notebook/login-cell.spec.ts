import { commentedOut, loginOf } from './login-cell';

const LOGIN =
  'aws codeartifact login --tool pip --repository isolatedsm --domain analytics --domain-owner 111122223333 --region eu-central-1';
const CHOICE = {
  domain: 'analytics',
  domainOwner: '111122223333',
  repository: 'isolatedsm',
  region: 'eu-central-1'
};

describe('a cell that logs in', () => {
  it.each([
    ['a shell line', `!${LOGIN}`],
    ['after other lines', `import os\n\n!${LOGIN}\nprint(1)`],
    ['continued lines', `!${LOGIN.replace(/ --/g, ' \\\n    --')}`],
    ['a command broken after its first word', `!aws \\\n  ${LOGIN.slice(4)}`],
    ['a bash cell', `%%bash\nset -e\n${LOGIN}`],
    ['an assigned line', `out = !${LOGIN}`]
  ])('is noticed: %s', (_, source) => {
    expect(loginOf(source)).toEqual({ choice: CHOICE });
  });

  it('is noticed but names nothing when its names are variables', () => {
    expect(loginOf('!aws codeartifact login --tool pip --domain $DOMAIN --repository {repo}')).toEqual({
      choice: null
    });
  });

  it.each([
    ['a comment', `# !${LOGIN}`],
    ['Python text', `text = "${LOGIN}"`],
    ['a commented bash line', `%%bash\n# ${LOGIN}`],
    ['another command', '!aws codeartifact list-domains'],
    ['nothing', '']
  ])('is not seen in %s', (_, source) => {
    expect(loginOf(source)).toBeNull();
  });
});

describe('commenting out', () => {
  it('takes the whole command and nothing else, so that nothing is noticed any more', () => {
    const source = `import os\n!aws codeartifact login \\\n    --domain analytics \\\n    --repository isolatedsm\nprint(1)`;
    const after = commentedOut(source);
    expect(after).toBe(
      `import os\n# !aws codeartifact login \\\n#     --domain analytics \\\n#     --repository isolatedsm\nprint(1)`
    );
    expect(loginOf(after)).toBeNull();
  });

  it('leaves other cells byte for byte', () => {
    expect(commentedOut('x = 1\r\n!pip install six')).toBe('x = 1\r\n!pip install six');
  });
});
