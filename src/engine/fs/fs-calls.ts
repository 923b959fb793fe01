import * as fs from 'node:fs/promises';

/**
 * The file-system calls this room makes, and no other: tests put a full disk or a kill behind each
 * of them in turn.
 */
export type Calls = Pick<
  typeof fs,
  | 'open'
  | 'rename'
  | 'unlink'
  | 'mkdir'
  | 'rmdir'
  | 'stat'
  | 'lstat'
  | 'readlink'
  | 'readdir'
  | 'chmod'
  | 'access'
>;

export const realCalls: Calls = fs;

/** Node's code of a thrown error; empty when it has none. Told by shape: tests run in another realm. */
export const codeOf = (error: unknown): string => {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : '';
  return typeof code === 'string' ? code : '';
};

/** Closes a file that was read, or whose bytes are on the disk already: nobody has to wait for that. */
export function letGo(handle: fs.FileHandle): void {
  handle.close().catch(() => undefined);
}

/** Runs a call for which "it is not there" is an answer. */
export async function orNull<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    // ENOTDIR: a file stands where a folder was expected, so the path leads nowhere as well.
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') {
      return null;
    }
    throw error;
  }
}
