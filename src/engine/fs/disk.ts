import { join } from 'node:path';
import type { Outcome } from '../core/failure';
import { done } from '../core/failure';
import type { Runtime } from '../runtime/runtime';
import { type Calls, codeOf, orNull, realCalls } from './fs-calls';
import { readFailed, writeFailed } from './fs-error';
import { makeFolders } from './folders';
import { readJson, writeJson } from './json-file';
import { type Lock, takeLock } from './lock';
import { ownerOf } from './owner';
import type { JournalWrite, Change } from './change';
import { replaceAll } from './replace';
import { type Snapshot, takeSnapshot } from './snapshot';

/** All that the engine does with files. Failures are `write_failed`; nothing else is thrown but abort. */
export interface Disk {
  /** A file as it is, or that it is not there. Follows links. At most 4 MiB. */
  read(path: string): Promise<Outcome<Snapshot>>;
  /** Replaces or removes all the files, or none, and `ahead` before them. Call it under the lock. */
  replaceAll(changes: readonly Change[], ahead: JournalWrite): Promise<Outcome<void>>;
  /** A JSON file of ours, 0600; null when it is not there. */
  readJson(path: string): Promise<Outcome<unknown>>;
  writeJson(path: string, value: unknown): Promise<Outcome<void>>;
  isFolder(path: string): Promise<boolean>;
  /** The one lock over all our processes that share `dataDir`. */
  lock(dataDir: string, signal?: AbortSignal): Promise<Outcome<Lock>>;
}

/** Our own folder inside Jupyter's data folder: state, memory of what was there, lock. */
export const ownFolder = (dataDir: string): string => join(dataDir, 'codeartifact');

/** A disk on this machine's files, or on calls that a test has put faults into. */
export function createDisk(runtime: Runtime, calls: Calls = realCalls): Disk {
  const { home } = runtime;
  return {
    read: async path => {
      try {
        return done(await takeSnapshot(calls, path));
      } catch (error) {
        return readFailed(error, path);
      }
    },
    replaceAll: (changes, ahead) => replaceAll(calls, changes, home, ahead),
    readJson: path => readJson(calls, path),
    writeJson: (path, value) => writeJson(calls, path, value, home),
    isFolder: async path => (await orNull(calls.stat(path)).catch(() => null))?.isDirectory() ?? false,
    lock: async (dataDir, signal) => {
      const path = ownFolder(dataDir);
      try {
        return await takeLock(path, runtime.clock, signal).catch(async (error: unknown) => {
          if (codeOf(error) !== 'ENOENT') {
            throw error;
          }
          const owner = await ownerOf(calls, { path, real: path, file: null }, home);
          await makeFolders(calls, path, owner);
          return takeLock(path, runtime.clock, signal);
        });
      } catch (error) {
        return writeFailed(error, path);
      }
    }
  };
}
