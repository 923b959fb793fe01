import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { type Emulator, startEmulator } from '../../../testing/emulator/emulator';
import { CHECK_IDS, type Rung, type CheckId } from '../../protocol/rung';
import { closeClients } from '../aws/sdk-client';
import { watchLeaks } from '../../../testing/fixtures/net/leaks';
import { type NameServer, startNameServer } from '../../../testing/fixtures/net/name-server';
import { done } from '../core/failure';
import type { Diagnosis, DiagnosisDeps } from './run-diagnosis';
import type { OnProgress } from './diagnosis';
import { runChecks, depsWith, runtimeWith } from '../../../testing/fixtures/diagnosis/emulator-harness';
import { never } from '../../../testing/fixtures/diagnosis/fake-deps';
import { watchSockets } from '../../../testing/fixtures/diagnosis/kernel-sockets';

/** The emergency exit: cancel works at any moment, at once, and leaves no socket, no look-up and no timer of ours. */
let secure: Emulator;
let resolver: NameServer;
let folder: string;
beforeAll(async () => {
  [secure, resolver, folder] = await Promise.all([
    startEmulator({ tls: 'generate' }),
    startNameServer(),
    mkdtemp(join(tmpdir(), 'cancel-'))
  ]);
  await writeFile(join(folder, 'ca.pem'), secure.caPem ?? '');
}, 30_000);
afterAll(async () => {
  await Promise.all([secure.close(), resolver.close(), rm(folder, { recursive: true })]);
});

/** Each hangs for ever at another step if nobody cancels. */
const WORLDS = {
  healthy: {},
  'no answer to SYN': { faults: { api: { kind: 'black_hole' }, index: { kind: 'black_hole' } } },
  'no answer to TLS': { faults: { api: { kind: 'handshake_silent' }, index: { kind: 'handshake_silent' } } },
  'no answer to HTTP': { faults: { api: { kind: 'silent' }, index: { kind: 'silent' } } },
  'the index silent': { faults: { index: { kind: 'silent' } } },
  'no answer of the resolver': 'resolver'
} as const;
type Name = keyof typeof WORLDS;
const NAMES = Object.keys(WORLDS) as Name[];

async function arrange(name: Name): Promise<DiagnosisDeps> {
  const runtime = WORLDS[name];
  const env: Record<string, string> = {
    ...secure.env,
    AWS_CA_BUNDLE: join(folder, 'ca.pem'),
    PIP_CERT: join(folder, 'ca.pem')
  };
  const more = { finish: async () => done(undefined) };
  await secure.setScenario('ok');
  if (runtime !== 'resolver') {
    await secure.patchWorld(runtime);
    return depsWith(runtimeWith(env), {}, more);
  }
  const { AWS_ENDPOINT_URL_CODEARTIFACT: _, ...named } = env;
  [
    'codeartifact.us-east-1.amazonaws.com',
    'analytics-111122223333.d.codeartifact.us-east-1.amazonaws.com'
  ].forEach(host => resolver.set(host, 'silent'));
  const deps = depsWith(runtimeWith(named), { servers: [resolver.address], lookup: null }, more);
  // The SDK would ask the system's own resolver, and leave this machine.
  const createCalls = () =>
    new Proxy({}, { get: () => (__: unknown, signal: AbortSignal) => never(signal) }) as ReturnType<
      DiagnosisDeps['aws']['createCalls']
    >;
  return { ...deps, aws: { ...deps.aws, createCalls } };
}

/** At once: all that a busy machine may take. The shortest cap, which would be a wait, is longer. */
const AT_ONCE_MS = 1900;

/** Climbs, cancels when `until` says so, and looks at what is left. */
async function cancelled(
  name: Name,
  until: (stop: () => void) => { onProgress?: OnProgress; run?: Promise<void> }
): Promise<Diagnosis> {
  const deps = await arrange(name);
  closeClients();
  const [left, sockets] = [watchLeaks(), watchSockets([secure.apiUrl, secure.indexUrl])];
  const stop = new AbortController();
  let at = Infinity;
  const { onProgress, run } = until(() => {
    at = Math.min(at, performance.now());
    stop.abort();
  });
  const diagnosed = await runChecks(
    deps,
    { mode: 'connect', ...(onProgress ? { onProgress } : {}) },
    stop.signal
  );
  const took = performance.now() - at;
  await run;
  closeClients();
  // Of sockets the kernel tells: the emulator's halves of the connections live in this process too.
  const rest = (await left()).filter(each => !['TCPSocketWrap', 'TLSWrap'].includes(each));
  // Less than before: a socket of an earlier run was still closing then.
  expect([name, rest, Math.max(0, await sockets())]).toEqual([name, [], 0]);
  if (stop.signal.aborted && diagnosed.verdict !== 'ok') {
    expect(diagnosed.verdict).toBe('cancelled');
    expect(took).toBeLessThan(AT_ONCE_MS);
    expect(diagnosed.rungs.filter(rung => ['running', 'waiting'].includes(rung.verdict))).toEqual([]);
  }
  return diagnosed;
}

const runningOf = (id: CheckId, rungs: readonly Rung[]): boolean =>
  rungs.find(rung => rung.id === id)?.verdict === 'running';

/** The rungs that a world lets one reach, each cancelled the moment it is seen to run. */
const REACHED: readonly (readonly [CheckId, Name])[] = [
  ['environment', 'healthy'],
  ['credentials', 'healthy'],
  ['dns.api', 'no answer of the resolver'],
  ['tcp.api', 'no answer to SYN'],
  ['tls.api', 'no answer to TLS'],
  ['http.api', 'no answer to HTTP'],
  ['token', 'no answer to HTTP'],
  ['endpoint', 'no answer to HTTP'],
  ['dns.repository', 'no answer of the resolver'],
  ['tcp.repository', 'healthy'],
  ['tls.repository', 'healthy'],
  ['index', 'the index silent'],
  ['tools', 'healthy'],
  ['s3', 'healthy']
];

test.each(REACHED)('cancel while %s runs (%s)', async (id, name) => {
  let seen = false;
  const diagnosed = await cancelled(name, stop => ({
    onProgress: read => {
      if (!seen && runningOf(id, read())) {
        seen = true;
        stop();
      }
    }
  }));
  // The rungs that only look at what is at hand are over before anybody can be told.
  expect([id, seen || diagnosed.rungs.find(rung => rung.id === id)?.ms === 0]).toEqual([id, true]);
});

test('every rung is cancelled once', () => {
  expect(REACHED.map(([id]) => id)).toEqual(CHECK_IDS);
});

test('cancel at any turn of the event loop', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...NAMES), fc.integer({ min: 0, max: 400 }), async (name, turns) => {
      await cancelled(name, stop => ({
        run: (async () => {
          for (let i = 0; i < turns; i += 1) {
            await turn();
          }
          stop();
        })()
      }));
    }),
    { numRuns: 60 }
  );
}, 120_000);
