import { done, failed, type Outcome } from '../core/failure';
import type { Clock } from '../runtime/runtime';
import { type Calls, codeOf, orNull } from './fs-calls';

// As builds before the first release had it: proper-lockfile with `stale: 5000, update: 1000`.
const STALE_MS = 5000;
const WAIT_MS = 8000;
const POLL_MS = 25;

/**
 * The lock that builds before the first release take, by proper-lockfile: a folder, whose time the holder renews each second. Held
 * for the milliseconds of the move to the new place, so that it needs no renewal.
 */
export async function takeOldLock(
  calls: Calls,
  path: string,
  clock: Clock
): Promise<Outcome<{ release: () => Promise<void> }>> {
  for (const until = clock.ticks() + WAIT_MS; clock.ticks() < until; await clock.sleep(POLL_MS)) {
    try {
      await calls.mkdir(path, 0o700);
      return done({ release: () => calls.rmdir(path).catch(() => undefined) });
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') {
        throw error;
      }
    }
    const stat = await orNull(calls.stat(path));
    if (stat && clock.now() - stat.mtimeMs > STALE_MS) {
      await orNull(calls.rmdir(path));
    }
  }
  return failed('locked', { path });
}
