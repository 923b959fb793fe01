import { startEmulator, type Emulator } from '../../testing/emulator/emulator';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());
afterEach(() => emulator.setScenario('ok'));

const roles = '/latest/meta-data/iam/security-credentials/';

interface Got {
  status: number;
  text: string;
}

async function get(url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> {
  const response = await fetch(url, { method, headers });
  return { status: response.status, text: await response.text() };
}

const session = (seconds: string): Promise<Got> =>
  get(`${emulator.instanceUrl}/latest/api/token`, { 'x-aws-ec2-metadata-token-ttl-seconds': seconds }, 'PUT');

async function metadata(path: string): Promise<Got> {
  const { text } = await session('60');
  return get(emulator.instanceUrl + path, { 'x-aws-ec2-metadata-token': text });
}

const failure = (url: string): Promise<string> =>
  fetch(url).then(
    response => String(response.status),
    (error: Error) => (error.cause as NodeJS.ErrnoException).code ?? error.message
  );

test('credentials by version 2: session, role, keys', async () => {
  const role = await metadata(roles);
  expect(role.text).toBe('BaseNotebookInstanceEc2InstanceRole');
  const keys = JSON.parse((await metadata(roles + role.text)).text) as Record<string, string>;
  expect(keys).toMatchObject({ Code: 'Success', AccessKeyId: emulator.env.AWS_ACCESS_KEY_ID });
  expect(keys.Expiration).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect((await metadata('/latest/meta-data/placement/region')).text).toBe('us-east-1');
});

test("the identity document names SageMaker's account, never the customer's", async () => {
  const { text } = await metadata('/latest/dynamic/instance-identity/document');
  expect(JSON.parse(text)).toMatchObject({
    region: 'us-east-1',
    accountId: expect.not.stringMatching(emulator.world.account) as string
  });
});

test.each([
  ['version 1', () => get(emulator.instanceUrl + roles), 401],
  [
    'a session nobody began',
    () => get(emulator.instanceUrl + roles, { 'x-aws-ec2-metadata-token': 'x' }),
    401
  ],
  ['a session without a time', () => get(`${emulator.instanceUrl}/latest/api/token`, {}, 'PUT'), 400],
  ['a session of seven hours', () => session('25200'), 400],
  ['a path that is not', () => metadata('/latest/meta-data/nope'), 404],
  ['the container without its token', () => get(emulator.containerUrl), 401]
])('%s is refused', async (_name, act, status) => {
  expect((await act()).status).toBe(status);
});

test('no role, switched off, nothing there, or silence', async () => {
  await emulator.setScenario('no-credentials');
  expect((await metadata(roles)).status).toBe(404);
  await emulator.patchWorld({ metadata: { instance: 'unauthorized', container: 'unauthorized' } });
  expect((await session('60')).status).toBe(403);
  expect(await failure(emulator.containerUrl)).toBe('401');
  await emulator.patchWorld({ metadata: { instance: 'silent', container: 'silent' } });
  const waiting = [failure(emulator.instanceUrl), failure(emulator.containerUrl)];
  for (let trip = 0; trip < 20; trip++) {
    await fetch(`${emulator.controlUrl}/scenario`);
  }
  // Both are still waiting: what ends them is the change to refusing.
  await emulator.patchWorld({ metadata: { instance: 'refused', container: 'refused' } });
  for (const said of await Promise.all(waiting)) {
    expect(said).toMatch(/ECONNRESET|UND_ERR_SOCKET/);
  }
  expect(await failure(emulator.instanceUrl)).toBe('ECONNREFUSED');
  expect(await failure(emulator.containerUrl)).toBe('ECONNREFUSED');
});
