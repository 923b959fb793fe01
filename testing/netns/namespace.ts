import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { must, run, type Ran, type RunOptions } from './run';

/** Where `ip`, `unshare`, `nsenter` and `mount` are. */
export const SYSTEM_PATH = '/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin';

/** A network and a view of the files of its own. It is gone when its holder is: no name is left anywhere. */
export interface Namespace {
  readonly pid: number;
  /** What goes before a command to run it in there. */
  readonly enter: readonly string[];
  run(command: readonly string[], options?: RunOptions): Promise<Ran>;
  must(command: readonly string[], options?: RunOptions): Promise<string>;
  close(): Promise<void>;
}

/** Why no namespace can be made here; undefined where one can. In continuous integration that is a failure. */
export function refusal(): string | undefined {
  const tried = spawnSync('unshare', ['--net', '--mount', 'ip', 'link', 'set', 'lo', 'up'], {
    env: { PATH: SYSTEM_PATH },
    encoding: 'utf8'
  });
  const why =
    tried.error !== undefined
      ? `unshare is missing (${tried.error.message})`
      : tried.status === 0
        ? undefined
        : tried.stderr.trim() || `unshare ended with ${tried.status}`;
  if (why !== undefined && process.env.CI === 'true') {
    throw new Error(`network namespaces must work in CI: ${why}`);
  }
  return why;
}

/** `describe`, or a skipped one that says why. */
export const describeInNamespaces = (name: string, body: () => void): void => {
  const why = refusal();
  if (why === undefined) {
    describe(name, body);
  } else {
    describe.skip(`${name} (skipped: no network namespaces here: ${why})`, body);
  }
};

/** The holder waits for the end of its input, so it goes even if this process is killed. */
const HOLDER = 'ip link set lo up && echo ready && exec cat';

export async function openNamespace(): Promise<Namespace> {
  const holder: ChildProcess = spawn(
    'unshare',
    ['--net', '--mount', '--propagation', 'private', 'sh', '-c', HOLDER],
    { env: { PATH: SYSTEM_PATH }, stdio: ['pipe', 'pipe', 'inherit'] }
  );
  const { pid, stdin, stdout } = holder;
  if (pid === undefined || stdin === null || stdout === null) {
    throw new Error('unshare could not be started');
  }
  const gone = once(holder, 'close');
  await Promise.race([
    once(stdout, 'data'),
    gone.then(() => {
      throw new Error('the namespace could not be made');
    })
  ]);
  const enter = ['/usr/bin/nsenter', '--target', String(pid), '--net', '--mount', '--'];
  /** Entering a mount namespace loses the working folder: `env` goes there again. */
  const inside = (command: readonly string[], { cwd = '/' }: RunOptions = {}) => [
    ...enter,
    '/usr/bin/env',
    `--chdir=${cwd}`,
    ...command
  ];
  const environment = ({ env }: RunOptions = {}) => ({ env: { PATH: SYSTEM_PATH, ...env } });
  return {
    pid,
    enter,
    run: (command, options) => run(inside(command, options), environment(options)),
    must: (command, options) => must(inside(command, options), environment(options)),
    async close() {
      stdin.end();
      await gone;
    }
  };
}
