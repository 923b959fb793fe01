import { dirname } from 'node:path';
import { done, failed, type Outcome } from '../core/failure';
import type { Calls } from './fs-calls';
import { readFailed, writeFailed } from './fs-error';
import { makeFolders } from './folders';
import { ownerOf } from './owner';
import { type Snapshot, takeSnapshot } from './snapshot';
import { stageFile, sweep, syncDirectory } from './staged-file';

/** What a file of ours holds, as it was found; null when it is not there or damaged. */
export function jsonIn({ file }: Snapshot): unknown {
  try {
    return file && (JSON.parse(new TextDecoder().decode(file.bytes)) as unknown);
  } catch {
    return null;
  }
}

export const jsonBytes = (value: unknown): Uint8Array =>
  new TextEncoder().encode(`${JSON.stringify(value)}\n`);

/** Reads a file of ours; null when it is not there. */
export async function readJson(calls: Calls, path: string): Promise<Outcome<unknown>> {
  try {
    const { file } = await takeSnapshot(calls, path);
    return done(file ? (JSON.parse(new TextDecoder().decode(file.bytes)) as unknown) : null);
  } catch (error) {
    if (error instanceof SyntaxError) {
      return failed('record_damaged', { path });
    }
    return readFailed(error, path);
  }
}

/** Replaces a file of ours whole, 0600; a kill leaves the old one or the new one. */
export async function writeJson(
  calls: Calls,
  path: string,
  value: unknown,
  home: string
): Promise<Outcome<void>> {
  try {
    const snapshot = { path, real: path, file: null };
    const owner = await ownerOf(calls, snapshot, home);
    await makeFolders(calls, dirname(path), owner);
    await sweep(calls, dirname(path));
    const staged = await stageFile(calls, path, { bytes: jsonBytes(value), mode: 0o600, owner });
    await staged.commit();
    await syncDirectory(calls, dirname(path));
    return done(undefined);
  } catch (error) {
    return writeFailed(error, path);
  }
}
