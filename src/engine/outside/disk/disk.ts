import { join } from 'node:path';
import type { Outcome } from '../../pure/verdicts/failure';
import { done } from '../../pure/verdicts/failure';
import type { World } from '../world/world';
import { type Calls, codeOf, orNull, realCalls } from './calls';
import { readFailed, writeFailed } from './fault';
import { makeFolders } from './folders';
import { readJson, writeJson } from './json-file';
import { type Lock, takeLock } from './lock';
import { ownerOf } from './owner';
import type { Ahead, Change } from './change';
import { replaceAll } from './replace';
import { type Snapshot, takeSnapshot } from './snapshot';

/** All that the engine does with files. Failures are `write_failed`; nothing else is thrown but abort. */
export interface Disk {
  /** A file as it is, or that it is not there. Follows links. At most 4 MiB. */
  read(path: string): Promise<Outcome<Snapshot>>;
  /** Replaces or removes all the files, or none, and `ahead` before them. Call it under the lock. */
  replaceAll(changes: readonly Change[], ahead: Ahead): Promise<Outcome<void>>;
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
export function createDisk(world: World, calls: Calls = realCalls): Disk {
  const { home } = world;
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
        return await takeLock(path, world.clock, signal).catch(async (error: unknown) => {
          if (codeOf(error) !== 'ENOENT') {
            throw error;
          }
          const owner = await ownerOf(calls, { path, real: path, file: null }, home);
          await makeFolders(calls, path, owner);
          return takeLock(path, world.clock, signal);
        });
      } catch (error) {
        return writeFailed(error, path);
      }
    }
  };
}
