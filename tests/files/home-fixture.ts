import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Calls } from '../../src/engine/fs/fs-calls';
import { createDisk } from '../../src/engine/fs/disk';
import type { Runtime } from '../../src/engine/runtime/runtime';
import { Secret } from '../../src/engine/core/secret/secret';
import type { ToolTarget, ToolsDeps } from '../../src/engine/tools/tools-deps';
import { DEFAULT_SETTINGS, type Settings } from '../../src/protocol/settings';

export const HOST = 'acme-123456789012.d.codeartifact.us-east-1.amazonaws.com';
export const INDEX = `https://${HOST}/pypi/isolatedsm/simple/`;
/** Characters as AWS's tokens have them, and as they might have them one day. */
export const TOKEN = 'eyJ2ZXIi.OjEsImlz_dSI6-MTU=+/1';

// On a disk in memory, where there is one: these tests wait for thousands of fsyncs.
const MEMORY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** A home of its own for one test, in a folder of its own. */
export function createHome(env: Record<string, string> = {}, calls?: Calls) {
  const root = mkdtempSync(join(MEMORY, 'files-'));
  const home = join(root, 'home');
  mkdirSync(home);
  const runtime: Runtime = {
    clock: {
      now: () => Date.now(),
      ticks: () => performance.now(),
      sleep: ms => new Promise(resolve => setTimeout(resolve, ms))
    },
    dice: () => 0.5,
    env: { HOME: home, ...env },
    home,
    platform: 'linux',
    pid: process.pid,
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
    deps,
    at,
    write: (path: string, text: string | Uint8Array, mode = 0o644) => {
      mkdirSync(dirname(at(path)), { recursive: true });
      writeFileSync(at(path), text, { mode });
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
