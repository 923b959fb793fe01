import { randomBytes } from 'node:crypto';
import { basename, join } from 'node:path';
import { done, failed, type Outcome } from '../core/failure';
import { type Clock, ENDED } from '../runtime/runtime';
import { type Calls, codeOf, orNull } from './fs-calls';
import type { ProcessName } from './this-process';

/** A lock that is held. */
export interface Lock {
  /** Looks at the lock itself (and throws when it cannot): false when it was taken away, such as from a process that slept through its time. */
  held(): Promise<boolean>;
  release(): Promise<void>;
}

// A holder shows every second that it lives; one that has not while somebody watched it for 5 s stands still, or has
// ended on another machine. By the watcher's own monotonic clock: wall clocks are set, and those of two machines differ.
const STALE_MS = 5000;
const RENEW_MS = 1000;

// What nobody watches, of processes that cannot be seen from here.
const LITTER_MS = 24 * 3_600_000;

/** One of the locks of a folder. */
export interface LockKind {
  readonly name: string;
  /** How often it is looked at before one gives up. Looks and not time, which also passes while this process stands still. */
  readonly looks: number;
  readonly pollMs: number;
}

export const LOCK_NAME = 'lock';

/** Held while files are written. Long enough to outlive a dead holder, and no longer: somebody who has clicked waits. */
export const FILES_LOCK: LockKind = { name: LOCK_NAME, looks: 320, pollMs: 25 };

/** A lock, or what a process that wants one makes first: whoever is killed leaves it behind. */
const NONCE_LENGTH = 24;
const LOCK_OR_CANDIDATE = /^[a-z]+(?:-[0-9a-f]{24})?$/;

/**
 * Takes a lock of a folder: the folder `lock` (or another name) in it, with one file whose name belongs to the holder
 * alone.
 *
 *     waiting --rename of a prepared folder over nothing, or over an empty one--> held --unlink of its own file--> free
 *        |                                                                          |
 *        +--the holder has ended, or not touched its file for 5 s: unlink of that---+
 *
 * Why not `mkdir` and a time on it, as in proper-lockfile: there two waiters that both find a dead holder can take
 * the lock one after the other, the second from the first, and a holder that was asleep cannot see that the lock it
 * finds is another's. Here nobody can remove a file that he has not looked at, because each holder's has another name;
 * rename(2) does not replace a folder that is not empty.
 */
export async function takeLock(
  calls: Calls,
  folder: string,
  clock: Clock,
  self: ProcessName,
  { name, looks: most, pollMs }: LockKind,
  signal?: AbortSignal
): Promise<Outcome<Lock>> {
  const nonce = randomBytes(NONCE_LENGTH / 2).toString('hex');
  const [lock, candidate] = [join(folder, name), join(folder, `${name}-${nonce}`)];
  const own = `${nonce}-${self.name}`;
  let seen: Holder | null = null;
  try {
    for (let looks = 1; ; looks++) {
      signal?.throwIfAborted();
      if (seen === null && (await taken(calls, clock, { candidate, lock, own }))) {
        return done(hold(calls, clock, lock, own));
      }
      seen = await lookAt(calls, clock, lock, seen);
      if (seen && (self.hasEnded(holderOf(seen.path)) || clock.ticks() - seen.since > STALE_MS)) {
        await orNull(calls.unlink(seen.path));
        seen = null;
      }
      if (seen === null && looks <= most) {
        // Left by one that was killed as it released: not every file system renames over an empty folder.
        await calls.rmdir(lock).catch(() => undefined);
        continue;
      }
      if (looks > most) {
        await discard(calls, candidate, own);
        return failed('locked', { path: lock });
      }
      await clock.sleep(pollMs, signal);
    }
  } catch (error) {
    await discard(calls, candidate, own).catch(() => undefined);
    throw error;
  }
}

/** Who holds the lock, and since when his sign of life has been the same by our own clock. */
interface Holder {
  readonly path: string;
  readonly modifiedAt: number;
  readonly since: number;
}

/** Tries once: a folder with a fresh sign of life in it, renamed to the lock's name. */
async function taken(
  calls: Calls,
  clock: Clock,
  { candidate, lock, own }: { candidate: string; lock: string; own: string }
): Promise<boolean> {
  try {
    if ((await orNull(calls.stat(candidate))) === null) {
      await calls.mkdir(candidate, 0o700).catch(noFolder);
      await (await calls.open(join(candidate, own), 'wx', 0o600)).close();
    }
    await touch(calls, clock, join(candidate, own));
    await calls.rename(candidate, lock);
    return true;
  } catch (error) {
    // POSIX leaves it to the system which of the first two it says of a folder that is not empty. The third: we
    // stood still for so long that a holder has taken our folder for that of a dead process.
    if (['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(codeOf(error))) {
      return false;
    }
    throw error;
  }
}

/** The folder of the lock is gone: nobody's turn to wait for. */
export class NoFolder extends Error {}

function noFolder(error: unknown): never {
  throw codeOf(error) === 'ENOENT' ? new NoFolder() : error;
}

const touch = (calls: Calls, clock: Clock, path: string): Promise<void> =>
  calls.utimes(path, clock.now() / 1000, clock.now() / 1000);

async function lookAt(
  calls: Calls,
  clock: Clock,
  lock: string,
  before: Holder | null
): Promise<Holder | null> {
  const name = (await orNull(calls.readdir(lock)))?.[0];
  const path = name === undefined ? null : join(lock, name);
  const stat = path === null ? null : await orNull(calls.stat(path));
  if (path === null || stat === null) {
    return null;
  }
  const modifiedAt = stat.mtimeMs;
  const same = before?.path === path && before.modifiedAt === modifiedAt;
  return { path, modifiedAt, since: same ? before.since : clock.ticks() };
}

/** The process that a file in a lock belongs to; what comes before its name tells its locks apart. */
const holderOf = (path: string): string => basename(path).slice(NONCE_LENGTH + 1);

function hold(calls: Calls, clock: Clock, lock: string, name: string): Lock {
  const own = join(lock, name);
  const end = new AbortController();
  const renew = async (): Promise<void> => {
    while (!end.signal.aborted) {
      await clock.sleep(RENEW_MS, end.signal);
      await touch(calls, clock, own);
    }
  };
  // It ends with the lock: released, or taken away by somebody else.
  renew().catch(() => undefined);
  return {
    held: async () => !end.signal.aborted && (await orNull(calls.stat(own))) !== null,
    release: async () => {
      end.abort(ENDED);
      // Once more: a lock that is left keeps everybody waiting until it is stale.
      await calls.unlink(own).catch(() => calls.unlink(own).catch(() => undefined));
      await calls.rmdir(lock).catch(() => undefined);
    }
  };
}

async function discard(calls: Calls, candidate: string, own: string): Promise<void> {
  await orNull(calls.unlink(join(candidate, own)));
  await orNull(calls.rmdir(candidate));
}

/** Removes what processes left behind beside the lock that is held. */
export async function sweepLocks(
  calls: Calls,
  folder: string,
  held: string,
  clock: Clock,
  self: ProcessName
): Promise<void> {
  for (const name of await calls.readdir(folder).catch(() => [])) {
    if (!LOCK_OR_CANDIDATE.test(name) || name === held) {
      continue;
    }
    const place = join(folder, name);
    const file = (await calls.readdir(place).catch(() => []))[0];
    const path = join(place, file ?? '');
    const stat = file === undefined ? null : await orNull(calls.stat(path)).catch(() => null);
    if (!stat || self.hasEnded(holderOf(path)) || clock.now() - stat.mtimeMs > LITTER_MS) {
      await (file === undefined ? null : orNull(calls.unlink(path)).catch(() => undefined));
      await orNull(calls.rmdir(place)).catch(() => undefined);
    }
  }
}
