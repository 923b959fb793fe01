import { commentedOut } from './comment-out';
import { loginOf } from './read-login';

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
    ['an assigned line', `out = !${LOGIN}`],
    ['a condition', `if True:\n    !${LOGIN}`],
    ['behind another command', `!cd /tmp && ${LOGIN}`],
    ['a variable of Python', `r = "isolatedsm"\n!${LOGIN.replace('isolatedsm', '{r}')}`],
    ['a variable of IPython', `%env D=analytics\n!${LOGIN.replace('analytics', '$D')}`],
    ['os.system', `import os\nos.system("${LOGIN}")`],
    ['subprocess', `subprocess.run("${LOGIN}".split(), check=True)`],
    ['a program with a global option first', `!aws --output json ${LOGIN.slice(4)}`],
    ['another shell', `%%sh\nbash -lc '${LOGIN}'`],
    ['capture', `%%capture\n!${LOGIN}`],
    [
      'pip config',
      'token = !aws codeartifact get-authorization-token --domain analytics\n!pip config set global.index-url https://aws:{token[0]}@analytics-111122223333.d.codeartifact.eu-central-1.amazonaws.com/pypi/isolatedsm/simple/'
    ]
  ])('is noticed: %s', (_, source) => {
    expect(loginOf(source)).toEqual({ choice: CHOICE, missing: [] });
  });

  it('is noticed but names nothing when its names are variables', () => {
    expect(loginOf('!aws codeartifact login --tool pip --domain $DOMAIN --repository {repo}')).toEqual({
      choice: null,
      missing: ['$DOMAIN', '{repo}']
    });
  });

  it.each([
    ['a comment', `# !${LOGIN}`],
    ['Python text', `text = "${LOGIN}"`],
    ['a commented bash line', `%%bash\n# ${LOGIN}`],
    ['a string of several lines', `text = """\n!${LOGIN}\n"""`],
    ['a here-document', `%%bash\ncat <<EOF\n${LOGIN}\nEOF`],
    ['a tool that is not ours', `!${LOGIN.replace('pip', 'nuget')}`],
    ['another command', '!aws codeartifact list-domains'],
    ['nothing', '']
  ])('is not seen in %s', (_, source) => {
    expect(loginOf(source)).toBeNull();
  });
});

describe('commenting out', () => {
  it('takes the whole command and nothing else, so that nothing is noticed any more', () => {
    const source = `import os\n!aws codeartifact login \\\n    --domain analytics \\\n    --repository isolatedsm\nprint(1)`;
    const after = commentedOut(source)!;
    expect(after).toBe(
      `import os\n# !aws codeartifact login \\\n#     --domain analytics \\\n#     --repository isolatedsm\nprint(1)`
    );
    expect(loginOf(after)).toBeNull();
  });

  it.each([
    ['a block of Python', `if x:\n    !${LOGIN}`, `if x:\n    pass\n    # !${LOGIN}`],
    ['what the line gives', `out = !${LOGIN}`, `out = !true\n# out = !${LOGIN}`],
    ['a chain', `!${LOGIN} && pip install six`, `# ${LOGIN}\n!true && pip install six`],
    [
      'a block of bash',
      `%%bash\nif true; then\n  ${LOGIN}\nfi`,
      `%%bash\nif true; then\n# ${LOGIN}\n  true\nfi`
    ],
    ['a call', `import os\nos.system("${LOGIN}")`, `import os\n# os.system("${LOGIN}")`]
  ])('keeps %s whole', (_, source, after) => {
    expect(commentedOut(source)).toBe(after);
  });

  it.each([
    ['a value', `code = os.system("${LOGIN}")`],
    ['a condition', `if os.system("${LOGIN}") != 0: raise SystemExit`]
  ])('is not offered for a call that is %s', (_, source) => {
    expect(commentedOut(source)).toBeNull();
  });

  it('leaves other cells byte for byte', () => {
    expect(commentedOut('x = 1\r\n!pip install six')).toBe('x = 1\r\n!pip install six');
  });
});
