import { createHash } from 'node:crypto';
import {
  CodeartifactClient,
  GetAuthorizationTokenCommand,
  ListPackagesCommand
} from '@aws-sdk/client-codeartifact';
import { startEmulator, type Emulator } from '../../testing/emulator/emulator';
import { buildWheel } from '../../testing/emulator/index/wheel';

let emulator: Emulator;
let client: CodeartifactClient;
let token: string;

beforeAll(async () => {
  emulator = await startEmulator();
  const { env } = emulator;
  client = new CodeartifactClient({
    region: env.AWS_REGION,
    endpoint: emulator.apiUrl,
    maxAttempts: 1,
    credentials: {
      accessKeyId: env.AWS_ACCESS_KEY_ID,
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
      sessionToken: env.AWS_SESSION_TOKEN
    }
  });
});
afterAll(async () => {
  client.destroy();
  await emulator.close();
});
beforeEach(async () => {
  await emulator.setScenario('ok');
  const answer = await client.send(new GetAuthorizationTokenCommand({ domain: 'analytics' }));
  token = answer.authorizationToken ?? '';
});

interface Page {
  status: number;
  headers: Headers;
  text: string;
  bytes: Buffer;
}

async function fetchPage(
  path: string,
  { accept = '*/*', password = token, base = emulator.indexUrl } = {}
): Promise<Page> {
  const authorization = `Basic ${Buffer.from(`aws:${password}`).toString('base64')}`;
  const response = await fetch(base + path, {
    headers: { accept, ...(password === '' ? {} : { authorization }) }
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, text: bytes.toString(), bytes };
}

const held = async (repository: string): Promise<(string | undefined)[]> => {
  const { packages } = await client.send(new ListPackagesCommand({ domain: 'analytics', repository }));
  return (packages ?? []).map(each => each.package);
};

test('HTML unless JSON is asked for; names in any spelling', async () => {
  const html = await fetchPage('/pypi/isolatedsm/simple/Demo_Colors/');
  expect(html.headers.get('content-type')).toBe('text/html');
  expect(html.text).toMatch(
    /<a href="2\.0\.0\/demo_colors-2\.0\.0-py3-none-any\.whl#sha256=[0-9a-f]{64}" data-requires-python="&gt;=3\.8">/
  );
  // The Accept header that pip sends.
  const accept =
    'application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html; q=0.1, text/html; q=0.01';
  const json = await fetchPage('/pypi/isolatedsm/simple/demo.colors/', { accept });
  expect(json.headers.get('content-type')).toBe('application/vnd.pypi.simple.v1+json');
  const page = JSON.parse(json.text) as {
    name: string;
    files: { filename: string; url: string; hashes: { sha256: string } }[];
  };
  expect(page.name).toBe('demo-colors');
  expect(page.files.map(file => file.filename.split('-')[1])).toEqual([
    '1.0.0', '1.1.0', '1.9.2', '1.10.0', '2.0.0', '2.1.0rc1'
  ]); // prettier-ignore
  const [first] = page.files;
  const wheel = await fetchPage(`/pypi/isolatedsm/simple/demo-colors/${first.url}`);
  expect(createHash('sha256').update(wheel.bytes).digest('hex')).toBe(first.hashes.sha256);
});

test('a package comes through the upstream and stays in the repository asked and in the one with the connection', async () => {
  await emulator.patchWorld({
    repositories: {
      between: {
        domain: 'analytics',
        description: '',
        upstreams: ['pypi-store'],
        externalConnections: [],
        policy: null
      },
      far: {
        domain: 'analytics',
        description: '',
        upstreams: ['between'],
        externalConnections: [],
        policy: null
      }
    }
  });
  expect(await held('far')).toEqual([]);
  await fetchPage('/pypi/far/simple/six/');
  expect(await held('far')).toEqual([]);
  const root = await fetchPage('/pypi/far/simple/');
  expect(root.text).not.toContain('six');
  await fetchPage('/pypi/far/simple/six/1.17.0/six-1.17.0-py3-none-any.whl');
  expect(await held('far')).toEqual(['six']);
  expect(await held('between')).toEqual([]);
  expect(await held('pypi-store')).toContain('six');
  await emulator.setScenario('no-upstream');
  expect((await fetchPage('/pypi/isolatedsm/simple/demo-report/')).status).toBe(404);
});

test('a loop of upstreams ends', async () => {
  await emulator.patchWorld({
    repositories: { 'pypi-store': { upstreams: ['isolatedsm'], externalConnections: [] } }
  });
  expect((await fetchPage('/pypi/isolatedsm/simple/nothing/')).status).toBe(404);
});

test.each<[string, number, () => Promise<Page>]>([
  ['no token', 401, () => fetchPage('/pypi/isolatedsm/simple/six/', { password: '' })],
  ['a made-up token', 401, () => fetchPage('/pypi/isolatedsm/simple/six/', { password: 'made-up' })],
  ['a repository that is not', 404, () => fetchPage('/pypi/nope/simple/six/')],
  ['a package that is not', 404, () => fetchPage('/pypi/isolatedsm/simple/nope/')],
  [
    'a file that is not',
    404,
    () => fetchPage('/pypi/isolatedsm/simple/six/9.9.9/six-9.9.9-py3-none-any.whl')
  ],
  ['another format', 404, () => fetchPage('/npm/isolatedsm/six')],
  ['a path that is no encoding', 404, () => fetchPage('/pypi/%E0%A4%A/simple/')]
])('%s is answered %d', async (_name, status, act) => {
  const page = await act();
  expect(page.status).toBe(status);
  expect(page.headers.get('www-authenticate')).toBe(status === 401 ? 'Basic realm="AWS CodeArtifact"' : null);
});

test('a token ends when its time is over', async () => {
  emulator.ageTokens(43_199_000 - 60_000);
  expect((await fetchPage('/pypi/isolatedsm/simple/six/')).status).toBe(200);
  emulator.ageTokens(61_000);
  expect((await fetchPage('/pypi/isolatedsm/simple/six/')).status).toBe(401);
});

test.each([
  ['repository-policy', 'with an explicit deny in a resource-based policy'],
  ['endpoint-policy-index', 'with an explicit deny in a VPC endpoint policy'],
  [
    'no-repository-permission',
    'because no identity-based policy allows the codeartifact:ReadFromRepository action'
  ]
])('a token does not open what policies close: %s', async (scenario, why) => {
  await emulator.setScenario(scenario);
  const page = await fetchPage('/pypi/isolatedsm/simple/six/');
  expect(page.status).toBe(403);
  expect(JSON.parse(page.text)).toEqual({
    message:
      'User: arn:aws:sts::111122223333:assumed-role/notebook-role/SageMaker is not authorized to perform: ' +
      `codeartifact:ReadFromRepository on resource: arn:aws:codeartifact:us-east-1:111122223333:repository/analytics/isolatedsm ${why}`
  });
});

test("the endpoint's own name has the domain in its path", async () => {
  const base = emulator.vpceIndexUrl;
  expect((await fetchPage('/pypi/d/analytics-111122223333/isolatedsm/simple/six/', { base })).status).toBe(
    200
  );
  expect((await fetchPage('/pypi/d/other-111122223333/isolatedsm/simple/six/', { base })).status).toBe(404);
});

test('wheels are the same bytes each time', () => {
  const source = { name: 'a', version: '1', summary: 's', files: { 'a.py': 'x = 1\n' } };
  expect(buildWheel(source).sha256).toBe(buildWheel(source).sha256);
  expect(buildWheel(source).filename).toBe('a-1-py3-none-any.whl');
});

test.each([
  [{ durationSeconds: 900 }, 900],
  [{ durationSeconds: 43_200 }, 43_200],
  [{}, 43_200]
])('a token of %j lives %d s', async (input, seconds) => {
  const before = Math.floor(Date.now() / 1000);
  const { expiration } = await client.send(
    new GetAuthorizationTokenCommand({ domain: 'analytics', ...input })
  );
  const lives = (expiration?.getTime() ?? 0) / 1000 - before;
  expect(lives).toBeGreaterThanOrEqual(seconds);
  expect(lives).toBeLessThan(seconds + 30);
});

test.each([
  [
    { domain: 'analytics', durationSeconds: 899 },
    { name: 'ValidationException', reason: 'FIELD_VALIDATION_FAILED' }
  ],
  [{ domain: 'analytics', durationSeconds: 43_201 }, { name: 'ValidationException' }],
  [{ domain: 'analytics', durationSeconds: -1 }, { name: 'ValidationException' }],
  [{ domain: 'Bad_Name' }, { name: 'ValidationException' }],
  [{ domain: 'analytics', domainOwner: '12' }, { name: 'ValidationException' }]
])('%j is refused as AWS refuses it', async (input, error) => {
  await expect(client.send(new GetAuthorizationTokenCommand(input))).rejects.toMatchObject({
    ...error,
    $metadata: { httpStatusCode: 400, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string }
  });
});

test('a domain that is not, or that another account owns', async () => {
  await emulator.patchWorld({
    caller: {
      policies: { all: { document: { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } } } }
    }
  });
  const ask = (input: { domain: string; domainOwner?: string }): Promise<unknown> =>
    client.send(new GetAuthorizationTokenCommand(input));
  await expect(ask({ domain: 'nope' })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    resourceType: 'domain',
    resourceId: 'nope',
    message: "Domain not found. Domain 'nope' owned by account '111122223333' does not exist."
  });
  await emulator.patchWorld({ domains: { analytics: { owner: '777788889999' } } });
  await expect(ask({ domain: 'analytics' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(ask({ domain: 'analytics', domainOwner: '777788889999' })).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining('because no resource-based policy allows') as string
  });
});

test('the SDK reads throttling and its Retry-After', async () => {
  await emulator.setScenario('throttled');
  await expect(client.send(new GetAuthorizationTokenCommand({ domain: 'analytics' }))).rejects.toMatchObject({
    name: 'ThrottlingException',
    retryAfterSeconds: 2
  });
});

test('a domain of another account works when both sides allow it, and one side is not enough', async () => {
  const shared = await startEmulator({ domainOwner: '444455556666' });
  const { env } = shared;
  const foreign = new CodeartifactClient({
    region: env.AWS_REGION,
    endpoint: shared.apiUrl,
    maxAttempts: 1,
    credentials: {
      accessKeyId: env.AWS_ACCESS_KEY_ID,
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
      sessionToken: env.AWS_SESSION_TOKEN
    }
  });
  const ask = (domainOwner?: string): Promise<{ authorizationToken?: string }> =>
    foreign.send(new GetAuthorizationTokenCommand({ domain: 'analytics', domainOwner }));
  const owner = '444455556666';
  try {
    const { authorizationToken: password } = await ask(owner);
    const page = '/pypi/isolatedsm/simple/six/';
    const read = (): Promise<Page> => fetchPage(page, { base: shared.indexUrl, password });
    expect((await read()).status).toBe(200);
    await expect(ask()).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await shared.setScenario('repository-not-shared');
    expect((await read()).text).toContain(
      'because no resource-based policy allows the codeartifact:ReadFromRepository action'
    );
    await shared.setScenario('domain-not-shared');
    await expect(ask(owner)).rejects.toMatchObject({
      message: expect.stringContaining('because no resource-based policy allows') as string
    });
    await shared.setScenario('domain-policy');
    await expect(ask(owner)).rejects.toMatchObject({
      message: expect.stringContaining('with an explicit deny in a resource-based policy') as string
    });
    await shared.setScenario('no-role-permission');
    await expect(ask(owner)).rejects.toMatchObject({
      message: expect.stringContaining('because no identity-based policy allows') as string
    });
  } finally {
    foreign.destroy();
    await shared.close();
  }
});
