import type { Clock } from '../../world/world';

let asleep = 0;

/** Sleeps of `realClock` that are under way: every timer of the engine's goes through the clock. */
export const sleepers = (): number => asleep;

/** The process's own clock, for tests with real sockets. */
export const realClock: Clock = {
  now: () => Date.now(),
  ticks: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise<void>((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      asleep++;
      const stop = () => {
        asleep--;
        clearTimeout(timer);
        reject(signal?.reason as Error);
      };
      const timer = setTimeout(() => {
        asleep--;
        signal?.removeEventListener('abort', stop);
        resolve();
      }, ms);
      signal?.addEventListener('abort', stop, { once: true });
    })
};
