import * as fs from 'node:fs/promises';
import { constants } from 'node:os';

/**
 * The file-system calls that the engine makes, and no other: tests put a full disk, a kill or another process
 * behind each of them in turn.
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
  | 'utimes'
>;

export const realCalls: Calls = fs;

/**
 * Node's code of a thrown error; empty when it has none. Told by shape: tests run in another realm.
 * libuv has no name for some errors, a used-up quota among them, and Node then says "Unknown system error -122":
 * the number names it. https://github.com/libuv/libuv/blob/v1.x/include/uv.h (`UV_ERRNO_MAP`)
 */
export const codeOf = (error: unknown): string => {
  const { code, errno } = (typeof error === 'object' && error !== null ? error : {}) as {
    code?: unknown;
    errno?: unknown;
  };
  if (typeof errno === 'number' && (typeof code !== 'string' || code.startsWith('Unknown system error'))) {
    return Object.entries(constants.errno).find(([, number]) => number === -errno)?.[0] ?? String(code);
  }
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
