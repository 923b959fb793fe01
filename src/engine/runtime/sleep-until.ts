import type { Clock } from './runtime';

/**
 * A long sleep is slept in short naps that compare the wall clock: timers stop while a machine is suspended,
 * tokens do not.
 */
const LONGEST_NAP_MS = 30_000;

/**
 * Resolves at `due`, in milliseconds since the epoch, by either clock, whichever comes first: the wall clock runs on
 * while a machine sleeps, and the monotonic one is not set back. Rejects with the signal's reason when it aborts first.
 */
export async function sleepUntil(clock: Clock, due: number, signal: AbortSignal): Promise<void> {
  const dueTicks = clock.ticks() + Math.max(0, due - clock.now());
  const left = () => Math.max(0, Math.min(due - clock.now(), dueTicks - clock.ticks()));
  do {
    await clock.sleep(Math.min(left(), LONGEST_NAP_MS), signal);
  } while (left() > 0);
}
