import { type Clock, ENDED } from '../runtime/runtime';

/** The server reads a few small files, in a thread. One that does not answer by then has other troubles. */
const ANSWER_MS = 1000;

/** Settings this old were read for whoever asks now. */
const FRESH_MS = 5000;

/**
 * A renewal works with what an administrator has pinned by now, also when nobody has asked the server for anything in
 * the hours since Connect. The server is told of each renewal that begins (`changed`) and then sends a request, with the
 * settings as they are: that one is waited for.
 */
export function createFreshness(clock: Clock, isServed: boolean) {
  let arrivedAt = -Infinity;
  let waiting: AbortController | null = null;
  return {
    arrived: (): void => {
      arrivedAt = clock.ticks();
      waiting?.abort(ENDED);
    },
    wait: async (signal: AbortSignal): Promise<void> => {
      if (!isServed || clock.ticks() - arrivedAt < FRESH_MS) {
        return;
      }
      const mine = (waiting = new AbortController());
      const stop = () => mine.abort(ENDED);
      signal.addEventListener('abort', stop, { once: true });
      await clock.sleep(ANSWER_MS, mine.signal).catch(() => undefined);
      signal.removeEventListener('abort', stop);
    }
  };
}
