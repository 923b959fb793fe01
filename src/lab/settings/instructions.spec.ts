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
      'a dual-stack address',
      'https://analytics-111122223333.d.codeartifact.eu-central-1.on.aws/pypi/isolatedsm/simple/'
    ],
    [
      'an npm address',
      'npm config set registry https://analytics-111122223333.d.codeartifact.eu-central-1.amazonaws.com/npm/isolatedsm/'
    ],
    [
      'the address of the console',
      'https://eu-central-1.console.aws.amazon.com/codesuite/codeartifact/d/111122223333/analytics/r/isolatedsm?region=eu-central-1'
    ],
    [
      'the address of a package in the console',
      'https://console.aws.amazon.com/codesuite/codeartifact/d/111122223333/analytics/r/isolatedsm/p/pypi/six/versions?region=eu-central-1&x=y'
    ],
    ['an ARN', 'arn:aws:codeartifact:eu-central-1:111122223333:repository/analytics/isolatedsm'],
    [
      'a script with variables, quotes and Windows line ends',
      'export DOMAIN=analytics\r\nREPO="isolatedsm"\r\nif [ -n "$DOMAIN" ]; then\r\n  aws --region eu-central-1 codeartifact login --tool pip --domain "$DOMAIN" \\\r\n --domain-owner ${OWNER:-111122223333} --repository ${REPO}\r\nfi'
    ],
    [
      'a script that gets the token itself',
      'export CODEARTIFACT_AUTH_TOKEN=`aws codeartifact get-authorization-token --domain analytics --domain-owner 111122223333 --region eu-central-1 --query authorizationToken --output text`\npip config set global.index-url https://aws:$CODEARTIFACT_AUTH_TOKEN@analytics-111122223333.d.codeartifact.eu-central-1.amazonaws.com/pypi/isolatedsm/simple/'
    ],
    [
      'a script that asks for the address',
      'TOKEN=$(aws codeartifact get-authorization-token --domain analytics --domain-owner 111122223333 --region eu-central-1 --output text --query authorizationToken)\nURL=$(aws codeartifact get-repository-endpoint --domain analytics --repository isolatedsm --format pypi --output text)\npip config set global.index-url "https://aws:$TOKEN@${URL#https://}simple/"'
    ],
    [
      'an address made of variables',
      'D=analytics; O=111122223333\npip config set global.index-url https://aws:$TOKEN@$D-$O.d.codeartifact.eu-central-1.amazonaws.com/pypi/isolatedsm/simple/'
    ],
    [
      'Python',
      'import subprocess\nregion = "eu-central-1"\nsubprocess.run(["aws", "codeartifact", "login", "--tool", "pip", "--domain", "analytics", "--domain-owner", "111122223333", "--repository", "isolatedsm", "--region", region], check=True)'
    ],
    [
      'a prompt',
      '$ aws codeartifact login --tool twine --repo isolatedsm --domain analytics --domain-o 111122223333 --region eu-central-1'
    ],
    [
      'PowerShell',
      'aws codeartifact login --tool pip `\n  --repository isolatedsm --domain analytics `\n  --domain-owner 111122223333 --region eu-central-1'
    ],
    [
      "a lifecycle script's user",
      "sudo -u ec2-user -i <<'EOF'\nsource activate python3\naws codeartifact login --tool pip --repository isolatedsm --domain analytics --domain-owner 111122223333 --region eu-central-1\nEOF"
    ],
    [
      'an endpoint without private DNS',
      'https://vpce-0a1b-x.d.codeartifact.eu-central-1.vpce.amazonaws.com/pypi/d/analytics-111122223333/isolatedsm/simple/'
    ]
  ])('are understood: %s', (_, text) => {
    expect(readInstructions(text)).toEqual({ choice: ALL, missing: [] });
  });

  it('say which names are not in the text', () => {
    expect(
      readInstructions(
        'REPO=isolatedsm\naws codeartifact login --tool pip --domain "$DOMAIN" --domain-owner ${OWNER} --repository $REPO'
      )
    ).toEqual({ choice: null, missing: ['$DOMAIN', '$OWNER'] });
  });

  it('name the profile that the AWS CLI would use', () => {
    expect(
      readInstructions('aws --profile corp codeartifact login --tool pip --domain d1 --repository r1').choice
    ).toMatchObject({ profile: 'corp', domain: 'd1' });
  });

  it.each(['$('.repeat(30_000), '${'.repeat(30_000), '"$('.repeat(30_000), '`'.repeat(60_001)])(
    'end soon however deep the text is: %#',
    text => {
      expect(readInstructions(`aws codeartifact login ${text}`).choice).toBeNull();
    }
  );

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
