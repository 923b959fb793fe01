import { spawn, execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { startEmulator, type Emulator } from '../../testing/emulator/emulator';

jest.setTimeout(30_000);

const run = promisify(execFile);

async function json(
  url: string,
  method = 'GET',
  body?: unknown
): Promise<{ status: number; value: unknown }> {
  const response = await fetch(url, { method, body: body === undefined ? undefined : JSON.stringify(body) });
  return { status: response.status, value: await response.json() };
}

describe('the control plane', () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator();
  });
  afterAll(() => emulator.close());

  test('shows and changes the scenario', async () => {
    const url = `${emulator.controlUrl}/scenario`;
    expect(await json(url)).toEqual({ status: 200, value: { scenario: 'ok' } });
    expect(await json(url, 'PUT', { scenario: 'throttled' })).toEqual({
      status: 200,
      value: { scenario: 'throttled' }
    });
    expect(emulator.world.faults.api).toEqual({ kind: 'throttled', retryAfterSeconds: 2 });
    expect(await json(url, 'PUT', { scenario: 'nope' })).toMatchObject({ status: 400 });
    await json(url, 'PUT', { scenario: 'ok' });
  });

  test('patches the world', async () => {
    await json(`${emulator.controlUrl}/world`, 'POST', { clockOffsetSeconds: 60 });
    expect(emulator.world.clockOffsetSeconds).toBe(60);
    const broken = { caller: { policies: { bad: { document: { Statement: { Effect: 'Allow' } } } } } };
    expect(await json(`${emulator.controlUrl}/world`, 'POST', broken)).toMatchObject({ status: 400 });
    expect(emulator.world.caller.policies).not.toHaveProperty('bad');
  });

  test('shows requests, and no secret of theirs', async () => {
    await json(`${emulator.controlUrl}/log`, 'DELETE');
    const secret = 'a-secret-that-must-not-show';
    const headers = { authorization: `Basic ${Buffer.from(`aws:${secret}`).toString('base64')}` };
    await fetch(`${emulator.indexUrl}/pypi/isolatedsm/simple/?token=${secret}`, { headers });
    const { value } = await json(`${emulator.controlUrl}/log`);
    expect(value).toEqual([
      expect.objectContaining({
        port: 'index',
        method: 'GET',
        path: '/pypi/isolatedsm/simple/',
        status: 401,
        operation: 'unauthenticated'
      })
    ]);
    const shown = JSON.stringify([value, (await json(`${emulator.controlUrl}/world`)).value]);
    for (const hidden of [secret, emulator.env.AWS_SECRET_ACCESS_KEY, emulator.env.AWS_SESSION_TOKEN]) {
      expect(shown).not.toContain(hidden);
    }
  });

  test('a web page cannot steer it', async () => {
    const answered = (headers: Record<string, string>): Promise<number | undefined> =>
      new Promise(done => {
        request(`${emulator.controlUrl}/scenario`, { headers }, response => {
          response.resume();
          done(response.statusCode);
        }).end();
      });
    expect(await answered({})).toBe(200);
    expect(await answered({ origin: 'https://example.com' })).toBe(403);
    expect(await answered({ host: 'example.com' })).toBe(403);
  });
});

interface Described {
  env: Record<string, string>;
  controlUrl: string;
  apiUrl: string;
  pid: number;
}

describe('as a program', () => {
  let folder: string;
  let bundle: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'emulator-'));
    await run(process.execPath, [resolve(__dirname, '../../scripts/build-emulator.mjs'), folder]);
    bundle = join(folder, 'emulator.cjs');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('serves, follows `scenario`, digs its holes, and leaves nothing behind', async () => {
    const child = spawn(
      process.execPath,
      [bundle, 'serve', '--credentials', 'instance', '--stop-with-stdin'],
      {
        stdio: ['pipe', 'pipe', 'inherit']
      }
    );
    const closed = once(child, 'close');
    try {
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      const described = JSON.parse(line.toString()) as Described;
      expect(described.pid).toBe(child.pid);
      expect(described.env).toMatchObject({
        AWS_ENDPOINT_URL_CODEARTIFACT: described.apiUrl,
        AWS_REGION: 'us-east-1',
        AWS_EC2_METADATA_SERVICE_ENDPOINT: expect.stringMatching(/^http:\/\/127/) as string
      });
      const env = { ...process.env, CODEARTIFACT_EMULATOR_CONTROL: described.controlUrl };
      const said = await run(process.execPath, [bundle, 'scenario', 'no-endpoints'], { env });
      expect(JSON.parse(said.stdout)).toEqual({ scenario: 'no-endpoints' });
      // Killed at once, it cannot tidy up: its holes must end by themselves, and the port then refuses.
      child.kill('SIGKILL');
      await closed;
      const socket = connect(Number(new URL(described.apiUrl).port), '127.0.0.1');
      const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
      expect(error.code).toBe('ECONNREFUSED');
    } finally {
      child.kill('SIGKILL');
    }
  });

  test('ends when its standard input ends, if told so', async () => {
    const child = spawn(process.execPath, [bundle, 'serve', '--stop-with-stdin'], {
      stdio: ['pipe', 'pipe', 'inherit']
    });
    try {
      await once(child.stdout, 'data');
      const closed = once(child, 'close');
      child.stdin.end();
      expect(await closed).toEqual([0, null]);
    } finally {
      child.kill('SIGKILL');
    }
  });

  test.each([
    [['serve', '--api-port', 'x'], '--api-port must be a port number, not x'],
    [['scenario', 'ok'], 'say which emulator'],
    [['serve', '--nope'], "Unknown option '--nope'"],
    [[], 'emulator serve']
  ])('wrong usage: %j', async (args, message) => {
    const env = { ...process.env, CODEARTIFACT_EMULATOR_CONTROL: undefined };
    await expect(run(process.execPath, [bundle, ...args], { env })).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining(message) as string
    });
  });
});
