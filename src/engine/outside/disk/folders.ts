import { dirname } from 'node:path';
import { type Calls, codeOf, orNull } from './calls';

/** Makes the folders that are missing, each 0700, and names them, outermost first. */
export async function makeFolders(
  calls: Calls,
  path: string,
  owner: { uid: number; gid: number } | null
): Promise<string[]> {
  const missing: string[] = [];
  for (let at = path; (await orNull(calls.stat(at))) === null && at !== dirname(at); at = dirname(at)) {
    missing.unshift(at);
  }
  const made: string[] = [];
  try {
    for (const folder of missing) {
      await makeFolder(calls, folder, owner);
      made.push(folder);
    }
  } catch (error) {
    await removeFolders(calls, made);
    throw error;
  }
  return made;
}

async function makeFolder(
  calls: Calls,
  path: string,
  owner: { uid: number; gid: number } | null
): Promise<void> {
  await calls.mkdir(path, 0o700);
  if (owner) {
    // By handle, so that a folder swapped for a link in between is not followed.
    const handle = await calls.open(path, 'r');
    try {
      await handle.chown(owner.uid, owner.gid);
    } finally {
      await handle.close();
    }
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
