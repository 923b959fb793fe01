import type { Clock } from '../../../outside/world/world';

/** A clock that stands still until it is told to go on. */
export interface FakeClock extends Clock {
  /** Lets `ms` milliseconds pass; everything that is due in between happens in order. */
  readonly advance: (ms: number) => Promise<void>;
  /** Sleeps that are under way. */
  readonly sleeping: () => number;
}

/** Enough turns for every promise that is ready to go as far as it can. */
async function turn(): Promise<void> {
  for (let i = 0; i < 60; i++) {
    await Promise.resolve();
  }
}

export function fakeClock(start = Date.UTC(2026, 10, 23, 14, 0, 0)): FakeClock {
  let at = 0;
  const sleepers = new Set<{ due: number; wake: () => void }>();
  return {
    now: () => start + at,
    ticks: () => at,
    sleeping: () => sleepers.size,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason as Error);
          return;
        }
        const stop = () => {
          sleepers.delete(one);
          reject(signal?.reason as Error);
        };
        const one = {
          due: at + ms,
          wake: () => {
            sleepers.delete(one);
            signal?.removeEventListener('abort', stop);
            resolve();
          }
        };
        sleepers.add(one);
        signal?.addEventListener('abort', stop, { once: true });
      }),
    async advance(ms) {
      const end = at + ms;
      await turn();
      for (;;) {
        const next = [...sleepers].filter(one => one.due <= end).sort((a, b) => a.due - b.due)[0];
        if (!next) {
          break;
        }
        at = next.due;
        next.wake();
        await turn();
      }
      at = end;
      await turn();
    }
  };
}
