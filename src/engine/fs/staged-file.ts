import { constants } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { type Calls, codeOf, letGo, orNull } from './fs-calls';

/** What a file shall become. */
export interface NewFile {
  readonly bytes: Uint8Array;
  /** Permission bits. */
  readonly mode: number;
  /** Null: whoever runs. */
  readonly owner: { readonly uid: number; readonly gid: number } | null;
}

/** A new file that lies, complete and on the disk, beside its target, waiting for the rename. */
export interface Staged {
  readonly inode: bigint;
  /** The rename; when it fails, the new file is gone too. */
  commit(): Promise<void>;
  discard(): Promise<void>;
}

// The name tells whose it is, so that the sweep takes ours only.
const SUFFIX = '.jupyterlab-codeartifact.tmp';
const temporary = (real: string): string =>
  join(dirname(real), `.${basename(real).slice(0, 100)}.${randomBytes(9).toString('hex')}${SUFFIX}`);

/**
 * Writes the new file beside its target, in a name nobody can guess and nobody can have put there
 * (O_EXCL, O_NOFOLLOW: root may be writing in a user's folder), 0600 from its first moment, with
 * its final owner before it holds a byte, and waits until it is on the disk.
 */
export async function stageFile(calls: Calls, real: string, file: NewFile): Promise<Staged> {
  const path = temporary(real);
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  const handle = await calls.open(path, flags, 0o600);
  const discard = async () => {
    await orNull(calls.unlink(path));
  };
  let inode: bigint;
  try {
    try {
      inode = (await handle.stat({ bigint: true })).ino;
      if (file.owner) {
        await handle.chown(file.owner.uid, file.owner.gid);
      }
      // After chown, which clears special bits, and after the umask, which open(2) obeys.
      await Promise.all([handle.writeFile(file.bytes), handle.chmod(file.mode)]);
      await handle.sync();
    } finally {
      letGo(handle);
    }
  } catch (error) {
    await discard().catch(() => undefined);
    throw error;
  }
  const commit = async () => {
    try {
      await calls.rename(path, real);
    } catch (error) {
      await discard().catch(() => undefined);
      throw error;
    }
  };
  return { inode, commit, discard };
}

/** Makes a rename or removal in a folder survive a power cut; file systems without that say so. */
export async function syncDirectory(calls: Calls, path: string): Promise<void> {
  try {
    const handle = await calls.open(path, 'r');
    try {
      await handle.sync();
    } finally {
      letGo(handle);
    }
  } catch (error) {
    // The rename itself has happened: some network and FUSE file systems know no directory fsync,
    // and a folder may be writable and searchable but not readable.
    if (
      !['EINVAL', 'ENOTSUP', 'EPERM', 'EACCES', 'EISDIR', 'EBADF', 'ENOSYS', 'EROFS'].includes(codeOf(error))
    ) {
      throw error;
    }
  }
}

/**
 * Removes what a process of ours left beside a target: it may hold a token. Under the lock, so that the process has
 * been killed, or stands still after its lock was taken away: without its temporary files it can rename nothing.
 */
export async function sweep(calls: Calls, directory: string): Promise<void> {
  let names: string[];
  try {
    names = await calls.readdir(directory);
  } catch {
    return;
  }
  const ours = names.filter(name => name.startsWith('.') && name.endsWith(SUFFIX));
  await Promise.allSettled(ours.map(name => calls.unlink(join(directory, name))));
}
