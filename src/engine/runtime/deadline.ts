import { type Clock, ENDED } from './runtime';

/** Nobody answered within a time limit of ours. It has the name and the code that such errors have elsewhere. */
export class DeadlineExceeded extends Error {
  /** Node's code for silence on a socket. */
  readonly code = 'ETIMEDOUT';

  constructor(readonly ms: number) {
    super(`no answer within ${ms / 1000} s`);
    // The AWS SDK's name.
    this.name = 'TimeoutError';
  }
}

/** The reason a signal was aborted with, always as an error. */
export const abortReason = (signal: AbortSignal): Error =>
  signal.reason instanceof Error ? signal.reason : new Error('aborted');

/**
 * Runs `work` for at most `ms` milliseconds. The signal it is handed fires at the cap, when `signal`
 * fires and when it is done, so whatever it opened can be closed by listening to that one signal.
 * Rejects with `DeadlineExceeded` at the cap, and with the signal's reason when that fires first.
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
    const reason = new DeadlineExceeded(ms);
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
