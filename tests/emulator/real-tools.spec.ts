// The emulator is right when the tools that speak to CodeArtifact every day notice nothing.
import { readFile, writeFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startEmulator, type Emulator } from '../../testing/emulator/emulator';
import { buildWheel } from '../../testing/emulator/index/wheel';
import { enterRoom, type Room } from './real-tool';

jest.setTimeout(60_000);

let emulator: Emulator;
let room: Room;
const login = [
  'codeartifact',
  'login',
  '--domain',
  'analytics',
  '--domain-owner',
  '111122223333',
  '--repository'
];

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());
beforeEach(async () => {
  room = await enterRoom();
  await emulator.setScenario('ok');
  emulator.clearLog();
});
afterEach(() => room.leave());

const withEndpoint = (): string[] => ['--endpoint-url', emulator.apiUrl];
const keysOnly = (): Record<string, string> => {
  const { AWS_ENDPOINT_URL_CODEARTIFACT: _, ...keys } = emulator.env;
  return keys;
};
const operations = (): string[] => emulator.log.map(entry => entry.operation);

async function token(): Promise<string> {
  const args = [
    'codeartifact',
    'get-authorization-token',
    '--domain',
    'analytics',
    '--query',
    'authorizationToken'
  ];
  const ran = await room.run('aws', [...args, '--output', 'text'], emulator.env);
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  return ran.stdout.trim();
}

const index = (secret: string, repository = 'isolatedsm'): string =>
  `${emulator.indexUrl.replace('//', `//aws:${secret}@`)}/pypi/${repository}/simple/`;

test('aws codeartifact login configures pip, and pip installs with dependencies', async () => {
  const before = emulator.tokensMinted();
  const ran = await room.run('aws', [...login, 'isolatedsm', '--tool', 'pip', ...withEndpoint()], keysOnly());
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  expect(ran.stdout).toMatch(
    /^Successfully configured pip to use AWS CodeArtifact repository http:\/\/127\.0\.0\.1/
  );
  expect(ran.stdout).toContain('Login expires in 12 hours at ');
  expect(operations()).toEqual(['GetAuthorizationToken', 'GetRepositoryEndpoint']);
  expect(emulator.tokensMinted()).toBe(before + 1);

  const target = join(room.home, 'target');
  const pip = await room.run('pip', ['install', '--target', target, '--no-cache-dir', 'six', 'demo-report']);
  expect(pip.code).toBe(0);
  expect(pip.stdout).toContain(
    'Successfully installed demo-colors-1.10.0 demo-palette-0.3.0 demo-report-1.2.0 six-1.17.0'
  );
  const python = await room.run(
    'python3',
    ['-c', 'import six, demo_report; print(six.__version__, six.__file__)'],
    { PYTHONPATH: target }
  );
  expect(python.stdout.trim()).toBe(`1.17.0 ${target}/six.py`);
});

test('aws codeartifact login takes the endpoint from the environment, and a token that ends with the session', async () => {
  const ran = await room.run('aws', [...login, 'isolatedsm', '--tool', 'twine'], emulator.env);
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  const short = [
    'codeartifact',
    'get-authorization-token',
    '--domain',
    'analytics',
    '--duration-seconds',
    '0'
  ];
  const answer = JSON.parse((await room.run('aws', short, emulator.env)).stdout) as { expiration: number };
  const hours = (answer.expiration * 1000 - Date.now()) / 3_600_000;
  expect(hours).toBeGreaterThan(5.8);
  expect(hours).toBeLessThan(6);
});

test('uv installs, from a URL and by netrc', async () => {
  const secret = await token();
  const base = ['pip', 'install', '--python', 'python3', '--no-config', '--no-cache', 'demo-palette'];
  const byUrl = await room.run('uv', [...base, '--target', 'a', '--default-index', index(secret)]);
  expect(byUrl).toMatchObject({ code: 0 });
  await writeFile(join(room.home, '.netrc'), `machine 127.0.0.1 login aws password ${secret}\n`, {
    mode: 0o600
  });
  const url = `${emulator.indexUrl}/pypi/isolatedsm/simple/`;
  const byNetrc = await room.run('uv', [...base, '--target', 'b', '--default-index', url]);
  expect(byNetrc).toMatchObject({ code: 0 });
  expect(byNetrc.stderr).toContain('demo-colors==1.10.0');
  const pip = await room.run('pip', [
    'download',
    '--no-cache-dir',
    '-d',
    'c',
    '--index-url',
    url,
    'demo-future==9.0.0'
  ]);
  expect(pip.stderr).toContain('Requires-Python');
});

test('twine uploads, and pip installs what it uploaded', async () => {
  await room.run('aws', [...login, 'scratch', '--tool', 'twine', ...withEndpoint()], keysOnly());
  const files = { 'team_tool.py': '__version__ = "0.1.0"\n' };
  const wheel = buildWheel({ name: 'team-tool', version: '0.1.0', summary: 'A tool', files });
  const path = join(room.home, wheel.filename);
  await writeFile(path, wheel.content);
  const upload = ['upload', '--non-interactive', '--disable-progress-bar', '-r', 'codeartifact', path];
  expect(await room.run('twine', upload)).toMatchObject({ code: 0 });
  const again = await room.run('twine', upload);
  expect(again.code).toBe(1);
  expect(again.stdout + again.stderr).toContain('409');

  const secret = await token();
  const pip = await room.run('pip', [
    'install',
    '--target',
    't',
    '--no-cache-dir',
    '-i',
    index(secret, 'scratch'),
    'team-tool'
  ]);
  expect(pip.stdout).toContain('Successfully installed team-tool-0.1.0');
  expect(await readFile(join(room.home, 't', 'team_tool.py'), 'utf8')).toBe(files['team_tool.py']);
});

test.each([
  ['no-role-permission', 'codeartifact:GetAuthorizationToken', ' on resource: arn:aws:codeartifact:us-east-1:111122223333:domain/analytics', 'because no identity-based policy allows the codeartifact:GetAuthorizationToken action'],
  ['no-bearer-token', 'sts:GetServiceBearerToken', '', 'because no identity-based policy allows the sts:GetServiceBearerToken action'],
  ['endpoint-policy', 'codeartifact:GetAuthorizationToken', ' on resource: arn:aws:codeartifact:us-east-1:111122223333:domain/analytics', 'with an explicit deny in a VPC endpoint policy']
])('aws says AccessDenied in the world %s', async (scenario, action, on, why) => {
  await emulator.setScenario(scenario);
  const ran = await room.run('aws', [...login, 'isolatedsm', '--tool', 'pip'], emulator.env);
  expect(ran.stderr.trim()).toMatch(
    'An error occurred (AccessDeniedException) when calling the GetAuthorizationToken operation: User: ' +
      `arn:aws:sts::111122223333:assumed-role/notebook-role/SageMaker is not authorized to perform: ${action}${on} ${why}`
  );
}); // prettier-ignore

test.each<[string, Record<string, string>, RegExp]>([
  ['another secret key', { AWS_SECRET_ACCESS_KEY: 'wrong' }, /\(InvalidSignatureException\).*The request signature we calculated does not match/],
  ['an unknown access key', { AWS_ACCESS_KEY_ID: 'ASIAUNKNOWN' }, /\(UnrecognizedClientException\).*The security token included in the request is invalid\./],
  ['another session token', { AWS_SESSION_TOKEN: 'wrong' }, /\(UnrecognizedClientException\).*The security token included in the request is invalid\./],
  ['another Region', { AWS_DEFAULT_REGION: 'eu-west-1', AWS_REGION: 'eu-west-1' }, /\(InvalidSignatureException\).*Credential should be scoped to a valid region\./]
])('aws with %s is refused', async (_name, wrong, message) => {
  const ran = await room.run('aws', ['codeartifact', 'list-domains'], { ...emulator.env, ...wrong });
  expect(ran.stderr).toMatch(message);
}); // prettier-ignore

test.each([
  ['expired-credentials', /\(ExpiredTokenException\).*The security token included in the request is expired/],
  [
    'clock-skew',
    /\(InvalidSignatureException\).*Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z/
  ],
  ['throttled', /\(ThrottlingException\).*Rate exceeded/],
  ['service-error', /\(InternalServerException\)/]
])('aws reports the world %s', async (scenario, message) => {
  await emulator.setScenario(scenario);
  const ran = await room.run('aws', ['codeartifact', 'list-domains'], {
    ...emulator.env,
    AWS_MAX_ATTEMPTS: '1'
  });
  expect(ran.stderr).toMatch(message);
});

test.each(['instance', 'container'] as const)('aws takes credentials from the %s', async source => {
  const env = emulator.envFor(source);
  expect(await room.run('aws', ['codeartifact', 'list-domains'], env)).toMatchObject({ code: 0, stderr: '' });
  await emulator.setScenario('no-credentials');
  const none = await room.run('aws', ['codeartifact', 'list-domains'], env);
  expect(none.code).not.toBe(0);
  expect(none.stderr).toMatch(source === 'instance' ? /Unable to locate credentials/ : /container/i);
});

test('aws reads lists, pages of them, and descriptions', async () => {
  const aws = async (...args: string[]): Promise<unknown> => {
    const ran = await room.run('aws', ['codeartifact', ...args, '--output', 'json'], emulator.env);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    return JSON.parse(ran.stdout);
  };
  const paged = (await aws('list-repositories', '--page-size', '1')) as { repositories: { name: string }[] };
  expect(paged.repositories.map(each => each.name)).toEqual(['isolatedsm', 'pypi-store', 'scratch']);
  expect(operations()).toEqual(['ListRepositories', 'ListRepositories', 'ListRepositories']);
  expect(
    await aws('describe-repository', '--domain', 'analytics', '--repository', 'pypi-store')
  ).toMatchObject({
    repository: {
      externalConnections: [
        { externalConnectionName: 'public:pypi', packageFormat: 'pypi', status: 'Available' }
      ]
    }
  });
  expect(await aws('describe-domain', '--domain', 'analytics')).toMatchObject({
    domain: { status: 'Active', repositoryCount: 3 }
  });
  expect(
    await aws('list-repositories-in-domain', '--domain', 'analytics', '--repository-prefix', 'py')
  ).toMatchObject({
    repositories: [{ name: 'pypi-store', domainOwner: '111122223333' }]
  });
  const missing = await room.run(
    'aws',
    ['codeartifact', 'describe-repository', '--domain', 'analytics', '--repository', 'nope'],
    emulator.env
  );
  expect(missing.stderr).toContain(
    "(ResourceNotFoundException) when calling the DescribeRepository operation: Repository not found. Repository 'nope' in domain 'analytics' does not exist."
  );
});

test('pip in a fresh environment of its own, from its configuration file', async () => {
  const secret = await token();
  await mkdir(join(room.home, '.config/pip'), { recursive: true });
  await writeFile(join(room.home, '.config/pip/pip.conf'), `[global]\nindex-url = ${index(secret)}\n`, {
    mode: 0o600
  });
  expect(await room.run('python3', ['-m', 'venv', 'env'])).toMatchObject({ code: 0 });
  const python = join(room.home, 'env/bin/python');
  const pip = await room.run('env', [python, '-m', 'pip', 'install', '--no-cache-dir', 'six']);
  expect(pip.stdout).toContain('Successfully installed six-1.17.0');
  const imported = await room.run('env', [python, '-c', 'import six; print(six.__version__)']);
  expect(imported.stdout).toBe('1.17.0\n');
});

test('pip finds nothing with an old token, and nothing when it is denied', async () => {
  const secret = await token();
  emulator.ageTokens(12 * 3_600_000 + 1);
  const old = await room.run('pip', [
    'download',
    '--no-cache-dir',
    '--no-input',
    '-d',
    'c',
    '-i',
    index(secret),
    'six'
  ]);
  expect(old.stderr).toContain('No matching distribution found for six');
  expect(emulator.log.at(-1)).toMatchObject({ status: 401, operation: 'unauthenticated' });
  await emulator.setScenario('repository-policy');
  const denied = await room.run('pip', [
    'download',
    '--no-cache-dir',
    '-d',
    'c',
    '-i',
    index(await token()),
    'six'
  ]);
  expect(denied.stderr).toContain('No matching distribution found for six');
  expect(emulator.log.at(-1)).toMatchObject({ status: 403, operation: 'simple' });
});
