import { setTimeout as setTimeoutPromise } from 'node:timers/promises';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Calls } from '../../src/engine/fs/fs-calls';
import { createDisk } from '../../src/engine/fs/disk';
import type { Runtime } from '../../src/engine/runtime/runtime';
import { Secret } from '../../src/engine/core/secret/secret';
import type { Outcome } from '../../src/engine/core/failure';
import { currentGeneration } from '../../src/engine/tools/memory';
import type { ToolTarget, ToolsDeps } from '../../src/engine/tools/tools-deps';
import { type Committed, transaction } from '../../src/engine/tools/transaction';
import { DEFAULT_SETTINGS, type Settings } from '../../src/protocol/settings';

export const HOST = 'acme-123456789012.d.codeartifact.us-east-1.amazonaws.com';
export const INDEX = `https://${HOST}/pypi/isolatedsm/simple/`;
/** Characters as AWS's tokens have them, and as they might have them one day. */
export const TOKEN = 'eyJ2ZXIi.OjEsImlz_dSI6-MTU=+/1';

// On a disk in memory, where there is one: these tests wait for thousands of fsyncs.
const MEMORY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** A home of its own for one test, in a folder of its own. */
/** @param root a folder that has a home already: another process on the same one */
export function createHome(
  env: Record<string, string> = {},
  calls?: Calls,
  root = mkdtempSync(join(MEMORY, 'files-'))
) {
  const home = join(root, 'home');
  mkdirSync(home, { recursive: true });
  const runtime: Runtime = {
    clock: {
      now: () => Date.now(),
      ticks: () => performance.now(),
      sleep: (ms, signal) => setTimeoutPromise(ms, undefined, { signal })
    },
    env: { HOME: home, ...env },
    home,
    random: () => 0.5,
    platform: 'linux',
    log: () => undefined
  };
  const deps: ToolsDeps = {
    runtime,
    disk: createDisk(runtime, calls),
    dataDir: join(root, 'data'),
    pythonPrefix: join(root, 'venv'),
    systemRoot: join(root, 'system')
  };
  const at = (path: string) => (path.startsWith('/') ? path : join(home, path));
  return {
    root,
    home,
    /** Where the lock, the journal and the record are. */
    memory: join(home, '.local/state/jupyterlab-codeartifact'),
    deps,
    at,
    write: (path: string, text: string | Uint8Array, mode = 0o644) => {
      mkdirSync(dirname(at(path)), { recursive: true });
      writeFileSync(at(path), text, { mode });
      // It has been there for long: a file of this very moment is read again (one-reading.ts).
      utimesSync(at(path), 1e9, 1e9);
    },
    read: (path: string) => readFileSync(at(path), 'utf8'),
    mode: (path: string) => statSync(at(path)).mode & 0o777,
    remove: () => rmSync(root, { recursive: true, force: true })
  };
}

export type Home = ReturnType<typeof createHome>;

export const target = (settings: Partial<Settings> = {}, token = TOKEN, indexUrl = INDEX): ToolTarget => ({
  settings: {
    ...DEFAULT_SETTINGS,
    domain: 'acme',
    domainOwner: '123456789012',
    repository: 'isolatedsm',
    region: 'us-east-1',
    ...settings
  },
  indexUrl,
  token: new Secret(token)
});

export interface ConnectOptions {
  readonly renews?: boolean;
  readonly basedOn?: number;
  readonly expiresAt?: number;
  readonly signal?: AbortSignal;
}

/** Connect's writing, or a renewal's, with a token that ends later than all before it. */
export async function configure(
  deps: ToolsDeps,
  wanted: ToolTarget,
  { renews = false, basedOn, expiresAt, signal }: ConnectOptions = {}
): Promise<Outcome<Committed>> {
  const { settings, indexUrl } = wanted;
  const { domain, domainOwner, repository, region } = settings;
  const named = { domain, domainOwner, repository, region };
  const obtainedAt = ++tokens;
  return transaction(
    deps,
    {
      kind: renews ? 'renew' : 'connect',
      basedOn: basedOn ?? (await currentGeneration(deps)),
      target: wanted,
      connection: { ...named, indexUrl, obtainedAt, expiresAt: expiresAt ?? obtainedAt + 1, settings }
    },
    signal
  );
}

let tokens = 0;

/** Disconnect's writing. */
export const restore = (deps: ToolsDeps): Promise<Outcome<Committed>> =>
  transaction(deps, { kind: 'disconnect' });

/** A clock by which somebody waits who does not want to: each nap is over at once, and as long as it should be. */
export function impatient(runtime: Runtime, nap: (ms: number) => void = () => undefined): Runtime {
  let slept = 0;
  const sleep = async (ms: number) => {
    slept += ms;
    nap(ms);
  };
  return { ...runtime, clock: { ...runtime.clock, ticks: () => slept, sleep } };
}
