import { type BigIntStats, constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Calls } from './fs-calls';
import { codeOf, letGo, orNull } from './fs-calls';

/** A file as it was found. */
export interface Snapshot {
  /** The path that was asked for. */
  readonly path: string;
  /** Where its symbolic links lead; the place that is written. */
  readonly real: string;
  /** Null when nothing is there (a dangling link counts as nothing). */
  readonly file: FoundFile | null;
}

export interface FoundFile {
  readonly bytes: Uint8Array;
  /** Permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** How many names the file has. */
  readonly links: number;
  /** Changes whenever somebody writes or replaces the file. */
  readonly stamp: string;
  /** When it was last written, in milliseconds since the epoch. */
  readonly modifiedAt: number;
}

// Linux gives up after 40 links (path_resolution(7)).
const MAX_LINKS = 40;

// Configuration files have some hundred bytes; a larger one is none, and reading it would stop the engine.
export const MAX_BYTES = 4 * 1024 * 1024;

/** Follows symbolic links to the place where a write must go, also when nothing is there yet. */
export async function follow(calls: Calls, path: string): Promise<string> {
  let at = path;
  for (let i = 0; i < MAX_LINKS; i++) {
    const found = await orNull(calls.lstat(at));
    if (!found?.isSymbolicLink()) {
      return at;
    }
    at = resolve(dirname(at), await calls.readlink(at));
  }
  throw Object.assign(new Error('too many links'), { code: 'ELOOP' });
}

const stampOf = (s: { ino: bigint; size: bigint; mtimeNs: bigint; ctimeNs: bigint }): string =>
  [s.ino, s.size, s.mtimeNs, s.ctimeNs].join(' ');

// Without O_NONBLOCK a pipe in the file's place would stop us until somebody writes into it.
const READ = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;

/** Opens a file, following its links only where it has any: most have none, and each call counts. */
async function openThrough(calls: Calls, path: string) {
  try {
    return { real: path, handle: await orNull(calls.open(path, READ)) };
  } catch (error) {
    if (codeOf(error) !== 'ELOOP') {
      throw error;
    }
    const real = await follow(calls, path);
    return { real, handle: await orNull(calls.open(real, READ)) };
  }
}

/** A file of a known size: one call where `readFile` takes three. */
async function readAll(handle: FileHandle, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size;) {
    const { bytesRead } = await handle.read(bytes, at, size - at, at);
    if (bytesRead === 0) {
      return bytes.subarray(0, at);
    }
    at += bytesRead;
  }
  return bytes;
}

// A file that changes each time it is read is given as it was last; who writes compares it again.
const READS = 5;

/** Reads a file with what is needed to write it back and to see whether it changed meanwhile. */
export async function takeSnapshot(calls: Calls, path: string): Promise<Snapshot> {
  const { real, handle } = await openThrough(calls, path);
  if (!handle) {
    return { path, real, file: null };
  }
  try {
    let stat = await statOf(handle);
    for (let reads = 1; ; reads++) {
      const bytes = await readAll(handle, Number(stat.size));
      const after = await statOf(handle);
      // Somebody wrote while we read: what we have may be half of the one and half of the other.
      if (stampOf(after) === stampOf(stat) || reads === READS) {
        return { path, real, file: { bytes, ...attributesOf(stat) } };
      }
      stat = after;
    }
  } finally {
    letGo(handle);
  }
}

async function statOf(handle: FileHandle): Promise<BigIntStats> {
  const stat = await handle.stat({ bigint: true });
  if (!stat.isFile()) {
    throw Object.assign(new Error('not a file'), { code: stat.isDirectory() ? 'EISDIR' : 'ENOTFILE' });
  }
  if (stat.size > MAX_BYTES) {
    throw Object.assign(new Error('too large'), { code: 'EFBIG' });
  }
  return stat;
}

const attributesOf = (stat: BigIntStats): Omit<FoundFile, 'bytes'> => ({
  mode: Number(stat.mode & 0o7777n),
  uid: Number(stat.uid),
  gid: Number(stat.gid),
  links: Number(stat.nlink),
  stamp: stampOf(stat),
  modifiedAt: Number(stat.mtimeNs / 1_000_000n)
});

/** Whether the file is still as it was found; throws when that cannot be seen. */
export async function isUnchanged(calls: Calls, snapshot: Snapshot): Promise<boolean> {
  let stat = await orNull(calls.lstat(snapshot.path, { bigint: true }));
  if (stat?.isSymbolicLink() || snapshot.real !== snapshot.path) {
    if ((await follow(calls, snapshot.path)) !== snapshot.real) {
      return false;
    }
    stat = await orNull(calls.stat(snapshot.real, { bigint: true }));
  }
  return stat === null ? snapshot.file === null : stampOf(stat) === snapshot.file?.stamp;
}
