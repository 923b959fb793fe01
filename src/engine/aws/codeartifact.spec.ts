import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Emulator, startEmulator } from '../../../testing/emulator/emulator';
import { closeClients } from './sdk-client';
import { createCalls } from './codeartifact';
import { findCredentials } from './credentials';
import { aRuntime, never, noFiles } from '../../../testing/fixtures/aws/fake-runtime';

const ANALYTICS = { domain: 'analytics', domainOwner: '111122223333' };
const ISOLATED = { ...ANALYTICS, repository: 'isolatedsm' };

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});

afterEach(async () => {
  closeClients();
  await emulator.setScenario('ok');
});

afterAll(() => emulator.close());

async function calls() {
  const runtime = aRuntime(emulator.env);
  const found = await findCredentials(
    runtime,
    { profile: '', region: 'us-east-1', readText: noFiles },
    never()
  );
  if (!found.ok) {
    throw new Error(found.failure.summary);
  }
  return createCalls({
    runtime,
    region: 'us-east-1',
    endpoint: emulator.apiUrl,
    endpointType: 'ipv4',
    credentials: found.value
  });
}

describe('against the emulator', () => {
  it('mints a token, inside a Secret, that ends when it was asked to', async () => {
    const answer = await (
      await calls()
    ).getAuthorizationToken({ ...ANALYTICS, durationSeconds: 900 }, never());
    expect(answer).toMatchObject({
      ok: true,
      value: { httpStatus: 200, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) }
    });
    if (answer.ok) {
      expect(String(answer.value.token)).toBe('***');
      expect(answer.value.token.reveal().length).toBeGreaterThan(20);
      // Both are told in whole seconds, rounded each its own way.
      expect(Math.abs(answer.value.expiresAt - answer.value.serverTime! - 900_000)).toBeLessThanOrEqual(2000);
    }
  });

  it('asks for the pypi endpoint of a repository', async () => {
    const answer = await (await calls()).getRepositoryEndpoint(ISOLATED, never());
    expect(answer).toMatchObject({ ok: true, value: { url: `${emulator.indexUrl}/pypi/isolatedsm/` } });
  });

  it('describes a repository', async () => {
    const api = await calls();
    expect(await api.describeRepository(ISOLATED, never())).toMatchObject({
      ok: true,
      value: { name: 'isolatedsm', domain: 'analytics', upstreams: ['pypi-store'], externalConnections: [] }
    });
  });

  it('lists domains and repositories', async () => {
    const api = await calls();
    expect(await api.listDomains({}, never())).toMatchObject({
      ok: true,
      value: { items: [{ name: 'analytics' }] }
    });
    for (const listed of [
      await api.listRepositories({}, never()),
      await api.listRepositoriesInDomain(ANALYTICS, never())
    ]) {
      expect(listed).toMatchObject({
        ok: true,
        value: {
          items: expect.arrayContaining([
            expect.objectContaining({ name: 'isolatedsm', domain: 'analytics' })
          ])
        }
      });
    }
  });

  it('lists packages and their versions', async () => {
    const api = await calls();
    expect(await api.listPackages({ ...ISOLATED, prefix: '', most: 200 }, never())).toMatchObject({
      ok: true,
      value: { items: expect.any(Array) }
    });
    expect(
      await api.listPackageVersions({ ...ISOLATED, name: 'no-such-package', most: 100 }, never())
    ).toMatchObject({
      ok: false,
      failure: { verdict: 'not_found' }
    });
  });

  it('names the policy that refuses', async () => {
    const answer = await (
      await calls()
    ).getAuthorizationToken({ ...ANALYTICS, domain: 'other', durationSeconds: 900 }, never());
    expect(answer).toMatchObject({
      ok: false,
      failure: {
        verdict: 'access_denied',
        evidence: {
          policyType: 'identity',
          action: 'codeartifact:GetAuthorizationToken',
          requestId: expect.any(String),
          serverTime: expect.any(String)
        }
      }
    });
  });

  it('tells a wrong clock, every time', async () => {
    await emulator.patchWorld({ clockOffsetSeconds: 3600 });
    const api = await calls();
    for (let i = 0; i < 2; i++) {
      expect(await api.describeRepository(ISOLATED, never())).toMatchObject({
        ok: false,
        failure: { verdict: 'clock_skew' }
      });
    }
  });

  it('tells ended credentials', async () => {
    await emulator.patchWorld({ caller: { credentials: 'expired' } });
    expect(await (await calls()).describeRepository(ISOLATED, never())).toMatchObject({
      ok: false,
      failure: { verdict: 'expired_credentials' }
    });
  });

  it('lets the SDK read no file of its own, which may be a pipe that nobody writes to', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'codeartifact-'));
    const pipe = join(folder, 'config');
    execFileSync('mkfifo', [pipe]);
    const before = process.env.AWS_CONFIG_FILE;
    process.env.AWS_CONFIG_FILE = pipe;
    try {
      expect(await (await calls()).getRepositoryEndpoint(ISOLATED, never())).toMatchObject({ ok: true });
    } finally {
      // Who opens it for reading waits until somebody has it open for writing.
      closeSync(openSync(pipe, constants.O_RDWR));
      process.env.AWS_CONFIG_FILE = before;
      if (before === undefined) {
        delete process.env.AWS_CONFIG_FILE;
      }
      rmSync(folder, { recursive: true });
    }
  });

  it('signs by the source of the credentials it was given', async () => {
    for (const source of ['instance', 'container'] as const) {
      const runtime = aRuntime(emulator.envFor(source));
      const found = await findCredentials(
        runtime,
        { profile: '', region: 'us-east-1', readText: noFiles },
        never()
      );
      expect(found).toMatchObject({ ok: true, value: { source: `${source} role` } });
      if (found.ok) {
        const api = createCalls({
          runtime,
          region: 'us-east-1',
          endpoint: emulator.apiUrl,
          endpointType: 'ipv4',
          credentials: found.value
        });
        expect(await api.describeRepository(ISOLATED, never())).toMatchObject({ ok: true });
      }
    }
  });
});
