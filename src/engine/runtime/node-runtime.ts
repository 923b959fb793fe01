import { homedir, hostname } from 'node:os';
import type { Clock, Runtime } from './runtime';

/** setTimeout fires at once beyond 2^31-1 ms; a longer sleep is slept in pieces. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

const clock: Clock = {
  now: () => Date.now(),
  ticks: () => performance.now(),
  sleep
};

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(reasonOf(signal));
      return;
    }
    const end = performance.now() + ms;
    let timer: NodeJS.Timeout;
    const stop = () => {
      clearTimeout(timer);
      reject(reasonOf(signal));
    };
    const arm = () => {
      const left = end - performance.now();
      if (left <= 0) {
        signal?.removeEventListener('abort', stop);
        resolve();
        return;
      }
      timer = setTimeout(arm, Math.min(Math.ceil(left), LONGEST_TIMEOUT_MS));
    };
    signal?.addEventListener('abort', stop, { once: true });
    arm();
  });
}

const reasonOf = (signal: AbortSignal | undefined): Error =>
  signal?.reason instanceof Error ? signal.reason : new Error('aborted');

function home(): string {
  try {
    return process.env.HOME || homedir();
  } catch {
    return '';
  }
}

function cwd(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

/** The process's own. Only `main.ts` may call it. */
export function nodeRuntime(log: (line: string) => void): Runtime {
  return {
    clock,
    random: () => Math.random(),
    env: { ...process.env },
    home: home(),
    cwd: cwd(),
    platform: process.platform,
    log
  };
}

/** What tells this machine and user from the others of a fleet; the same at each start. */
export function machineName({ home, env }: Runtime): string {
  return `${hostname()} ${home} ${env.HOSTNAME ?? ''}`;
}

/** Libraries that print must not reach stdout, where the bridge speaks: their words become log lines. */
export function takeOverConsole(log: (line: string) => void): void {
  const say = (...words: unknown[]) => log(words.map(String).join(' '));
  console.log = console.info = console.debug = console.warn = console.error = say;
}
