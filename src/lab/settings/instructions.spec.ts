import { readInstructions } from './instructions';

const ALL = {
  domain: 'analytics',
  domainOwner: '111122223333',
  repository: 'isolatedsm',
  region: 'eu-central-1'
};

describe('pasted connection instructions', () => {
  it.each([
    [
      'the AWS CLI’s line',
      'aws codeartifact login --tool pip --repository isolatedsm --domain analytics --domain-owner 111122223333 --region eu-central-1'
    ],
    [
      'a cell with continued lines',
      '!aws codeartifact login --tool pip \\\n  --repository isolatedsm --domain analytics \\\n  --domain-owner 111122223333 --region eu-central-1'
    ],
    [
      'equals signs and quotes',
      'aws codeartifact login --repository="isolatedsm" --domain=\'analytics\' --domain-owner=111122223333 --region=eu-central-1'
    ],
    [
      'dashes from a word processor',
      'aws codeartifact login –tool pip –repository isolatedsm —domain analytics –domain‑owner 111122223333 –region eu-central-1'
    ],
    [
      'the index URL',
      'https://analytics-111122223333.d.codeartifact.eu-central-1.amazonaws.com/pypi/isolatedsm/simple/'
    ],
    [
      'pip config with a token',
      'pip config set global.index-url https://aws:$CODEARTIFACT_AUTH_TOKEN@analytics-111122223333.d.codeartifact.eu-central-1.amazonaws.com/pypi/isolatedsm/simple/'
    ],
    [
      'an endpoint without private DNS',
      'https://vpce-0a1b-x.d.codeartifact.eu-central-1.vpce.amazonaws.com/pypi/d/analytics-111122223333/isolatedsm/simple/'
    ]
  ])('are understood: %s', (_, text) => {
    expect(readInstructions(text)).toEqual({ choice: ALL, missing: [] });
  });

  it('keep nothing of a token that stands in them', () => {
    const login = readInstructions(
      'https://aws:eyJ2ZXIiOjEsImlzdSI6@analytics-111122223333.d.codeartifact.eu-central-1.amazonaws.com/pypi/isolatedsm/simple/'
    );
    expect(JSON.stringify(login)).not.toContain('eyJ');
  });

  it.each([
    [''],
    ['hello'],
    ['aws codeartifact login --tool pip'],
    ['--domain analytics'],
    ['https://pypi.org/simple']
  ])('name nothing in %j', text => {
    expect(readInstructions(text)).toEqual({ choice: null, missing: [] });
  });
});
