import { type Clock, ENDED } from '../runtime/runtime';

/** What our own caps are told apart by: nobody answered, and nobody said why. `code` in the words of the phase. */
export function silence(code: 'ETIMEDOUT' | 'ETIMEOUT' = 'ETIMEDOUT'): Error & { code: string } {
  return Object.assign(new Error('no answer'), { code });
}

/** Whether an error is our own cap. */
export const isSilence = (error: unknown): boolean => (error as { code?: unknown }).code === 'ETIMEDOUT';

/** The reason a signal was aborted with, always as an error. */
export const abortReason = (signal: AbortSignal): Error =>
  signal.reason instanceof Error ? signal.reason : new Error('aborted');

/**
 * Runs `work` for at most `ms` milliseconds. The signal it is handed fires at the cap, when `signal`
 * fires and when it is done, so whatever it opened can be closed by listening to that one signal.
 * Rejects with `silence()` at the cap, and with the signal's reason when that fires first.
 * An outer deadline is needed even where a socket has its own timer: a RST between connect and
 * TLS wrapping leaves a socket that never emits anything (measured on Node 20).
 */
export async function within<T>(
  clock: Clock,
  ms: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>
): Promise<T> {
  if (signal.aborted) {
    throw abortReason(signal);
  }
  const stop = new AbortController();
  const forward = () => stop.abort(abortReason(signal));
  signal.addEventListener('abort', forward, { once: true });
  const late = clock.sleep(ms, stop.signal).then(() => {
    const reason = silence();
    stop.abort(reason);
    throw reason;
  });
  const running = work(stop.signal);
  // Whoever loses the race has an owner too: a rejection without one would end the process.
  late.catch(() => undefined);
  running.catch(() => undefined);
  const aborted = new Promise<never>((_, reject) => {
    stop.signal.addEventListener('abort', () => reject(abortReason(stop.signal)), { once: true });
  });
  aborted.catch(() => undefined);
  try {
    return await Promise.race([running, aborted, late]);
  } finally {
    signal.removeEventListener('abort', forward);
    stop.abort(ENDED);
  }
}
