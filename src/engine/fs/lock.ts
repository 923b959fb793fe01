import { join } from 'node:path';
import lockfile from 'proper-lockfile';
import { done, failed, type Outcome } from '../core/failure';
import type { Clock } from '../runtime/runtime';
import { codeOf } from './fs-calls';

/** A lock that is held. */
export interface Lock {
  /** False when it was taken away, such as from a process that slept through its time. */
  held(): boolean;
  release(): Promise<void>;
}

// A holder renews its lock every second; one that has not for 5 s is dead or asleep. Writing takes
// milliseconds, so that nobody waits that long for a live one.
const STALE_MS = 5000;
const RENEW_MS = 1000;

// Enough to outlive a dead holder, and no more: a click waits for it.
const WAIT_MS = 8000;
const POLL_MS = 25;

/** Takes the one lock of all our processes that share a data folder (it must exist). */
export async function takeLock(dataDir: string, clock: Clock, signal?: AbortSignal): Promise<Outcome<Lock>> {
  const path = join(dataDir, 'codeartifact.lock');
  const until = clock.ticks() + WAIT_MS;
  let held = true;
  for (;;) {
    signal?.throwIfAborted();
    try {
      const release = await lockfile.lock(dataDir, {
        lockfilePath: path,
        realpath: false,
        stale: STALE_MS,
        update: RENEW_MS,
        // Without a handler the library throws where nobody can catch it.
        onCompromised: () => {
          held = false;
        }
      });
      return done({
        held: () => held,
        release: async () => {
          if (held) {
            held = false;
            await release().catch(() => undefined);
          }
        }
      });
    } catch (error) {
      if (codeOf(error) !== 'ELOCKED') {
        throw error;
      }
    }
    if (clock.ticks() > until) {
      return failed('locked', { path });
    }
    await clock.sleep(POLL_MS, signal);
  }
}
