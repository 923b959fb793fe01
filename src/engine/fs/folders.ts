import { constants } from 'node:fs';
import { dirname } from 'node:path';
import { type Calls, codeOf, orNull } from './fs-calls';
import type { Owner } from './owner';

/** Makes the folders that are missing, each 0700, and names them, outermost first. */
export async function makeFolders(calls: Calls, path: string, owner: Owner | null): Promise<string[]> {
  const missing: string[] = [];
  for (let at = path; (await orNull(calls.stat(at))) === null && at !== dirname(at); at = dirname(at)) {
    missing.unshift(at);
  }
  const made: string[] = [];
  try {
    for (const folder of missing) {
      if (await makeFolder(calls, folder, owner)) {
        made.push(folder);
      }
    }
  } catch (error) {
    await removeFolders(calls, made);
    throw error;
  }
  return made;
}

/** False when another process was quicker: then the folder is not ours to remove. */
async function makeFolder(calls: Calls, path: string, owner: Owner | null): Promise<boolean> {
  try {
    await calls.mkdir(path, 0o700);
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && (await calls.stat(path)).isDirectory()) {
      return false;
    }
    throw error;
  }
  if (owner) {
    try {
      await giveAway(calls, path, owner);
    } catch (error) {
      await removeFolders(calls, [path]);
      throw error;
    }
  }
  return true;
}

/** By handle and without following: a folder swapped for a link in between must not be given away. */
async function giveAway(calls: Calls, path: string, { uid, gid }: Owner): Promise<void> {
  const handle = await calls.open(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    await handle.chown(uid, gid);
  } finally {
    await handle.close();
  }
}

/** Removes folders we made, innermost first, as far as nobody has put anything into them. */
export async function removeFolders(calls: Calls, folders: readonly string[]): Promise<void> {
  for (const folder of [...folders].reverse()) {
    try {
      await calls.rmdir(folder);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') {
        return;
      }
    }
  }
}
