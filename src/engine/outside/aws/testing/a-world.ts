import { readFile } from 'node:fs/promises';
import type { Clock, World } from '../../world/world';
import type { ReadText } from '../read-text';

/** Real time: what is tested here is real sockets. */
const realClock: Clock = {
  now: () => Date.now(),
  ticks: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(signal.reason as Error);
      });
    })
};

/** A world with its own environment and home; its metadata service is switched off unless `env` names one. */
export function aWorld(env: Record<string, string> = {}, more: Partial<World> = {}): World {
  return {
    clock: realClock,
    dice: () => 0.5,
    env: env.AWS_EC2_METADATA_SERVICE_ENDPOINT ? env : { AWS_EC2_METADATA_DISABLED: 'true', ...env },
    home: '/nowhere',
    platform: 'linux',
    pid: 1,
    log: () => undefined,
    ...more
  };
}

/** A clock whose wall time is `offsetMs` away from the real one. */
export const skewed = (offsetMs: number): Clock => ({ ...realClock, now: () => Date.now() + offsetMs });

export const noFiles: ReadText = () => Promise.resolve(null);

/** Files by path, in memory. */
export const files =
  (texts: Record<string, string>): ReadText =>
  path =>
    Promise.resolve(texts[path] ?? null);

export const fromDisk: ReadText = path => readFile(path, 'utf8').catch(() => null);

export const never = (): AbortSignal => new AbortController().signal;
