import { join } from 'node:path';
import { done, type Outcome } from '../core/failure';
import type { Runtime } from '../runtime/runtime';
import type { Replacement } from './change';
import { type Calls, orNull, realCalls } from './fs-calls';
import { readFailed, writeFailed } from './fs-error';
import { makeFolders, removeFolders } from './folders';
import { FILES_LOCK, type Lock, type LockKind, NoFolder, sweepLocks, takeLock } from './lock';
import { takeOldLock } from './old-lock';
import { mayWrite, ownerOf } from './owner';
import { replaceAll } from './replace';
import { follow, type Snapshot, takeSnapshot } from './snapshot';
import { type ProcessName, thisProcess } from './this-process';

/** All that the engine does with files. Failures are `write_failed`; nothing else is thrown but abort. */
export interface Disk {
  /** A file as it is, or that it is not there. Follows links. At most 4 MiB. */
  read(path: string): Promise<Outcome<Snapshot>>;
  /** Replaces or removes all the files, or none. Call it under the lock. */
  replaceAll(replacement: Replacement): Promise<Outcome<void>>;
  /** Where a file's links lead, also when nothing is there; the path itself when that cannot be seen. */
  resolve(path: string): Promise<string>;
  isFolder(path: string): Promise<boolean>;
  /** A lock over all our processes that share `folder`, the one over the files unless another is named; makes the folder. */
  lock(folder: string, signal?: AbortSignal, kind?: LockKind): Promise<Outcome<Lock>>;
  /** The lock of builds before the first release, for the move from their folder. */
  oldLock(folder: string): Promise<Outcome<Pick<Lock, 'release'>>>;
}

/** A disk on this machine's files, or on calls that a test has put faults into. */
export function createDisk(
  runtime: Runtime,
  calls: Calls = realCalls,
  self: ProcessName = thisProcess()
): Disk {
  const { home, clock } = runtime;
  return {
    read: async path => {
      try {
        return done(await takeSnapshot(calls, path));
      } catch (error) {
        return readFailed(error, path);
      }
    },
    replaceAll: replacement => replaceAll(calls, replacement, home),
    resolve: path => follow(calls, path).catch(() => path),
    isFolder: async path => (await orNull(calls.stat(path)).catch(() => null))?.isDirectory() ?? false,
    lock: async (folder, signal, kind = FILES_LOCK) => {
      try {
        for (;;) {
          const made = await makeIn(calls, folder, home);
          try {
            const lock = await takeLock(calls, folder, clock, self, kind, signal);
            if (!lock.ok) {
              return lock;
            }
            await sweepLocks(calls, folder, kind.name, clock, self);
            return done({ ...lock.value, release: () => leave(calls, lock.value, made) });
          } catch (error) {
            // Whoever made the folder has found nothing to put into it, and has removed it again.
            if (!(error instanceof NoFolder)) {
              throw error;
            }
          }
        }
      } catch (error) {
        return writeFailed(error, folder);
      }
    },
    oldLock: async folder => {
      try {
        return await takeOldLock(calls, join(folder, 'codeartifact.lock'), clock);
      } catch (error) {
        return writeFailed(error, folder);
      }
    }
  };
}

/** Makes the folder of a lock if need be; names those that were made. */
async function makeIn(calls: Calls, folder: string, home: string): Promise<string[]> {
  if ((await orNull(calls.stat(folder))) !== null) {
    return [];
  }
  const snapshot = { path: folder, real: folder, file: null };
  await mayWrite(calls, snapshot, home);
  return makeFolders(calls, folder, await ownerOf(calls, snapshot, home));
}

/** A Connect that came to nothing leaves no folder behind. */
async function leave(calls: Calls, lock: Lock, made: readonly string[]): Promise<void> {
  await lock.release();
  await removeFolders(calls, made);
}
