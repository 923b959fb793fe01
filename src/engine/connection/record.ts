import { join } from 'node:path';
import type { Settings } from '../../protocol/settings';
import { done, type Outcome } from '../core/failure';
import { type Disk, ownFolder } from '../fs/disk';

/** What outlives a process: which connection there is, and until when. Never the token. */
export interface ConnectionRecord {
  readonly version: 1;
  readonly domain: string;
  readonly domainOwner: string;
  readonly repository: string;
  readonly region: string;
  /** Without credentials. */
  readonly indexUrl: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  readonly obtainedAt: number;
  /** Grows with every write, so that other processes see that theirs is old. */
  readonly generation: number;
  readonly settings: Settings;
}

/** Where the record lies; other processes watch it. */
export const recordPath = (dataDir: string): string => join(ownFolder(dataDir), 'state.json');

const isRecord = (value: unknown): value is ConnectionRecord =>
  typeof value === 'object' &&
  value !== null &&
  (value as ConnectionRecord).version === 1 &&
  typeof (value as ConnectionRecord).indexUrl === 'string' &&
  typeof (value as ConnectionRecord).expiresAt === 'number';

/** The record, or null when there is no connection; also for a damaged one or one of another version. */
export async function readRecord(disk: Disk, dataDir: string): Promise<Outcome<ConnectionRecord | null>> {
  const read = await disk.readJson(recordPath(dataDir));
  if (!read.ok) {
    return read.failure.cause === 'record_damaged' ? done(null) : read;
  }
  return done(isRecord(read.value) ? read.value : null);
}

/** The record that comes after another: its generation is the next. */
export const nextRecord = (
  was: unknown,
  record: Omit<ConnectionRecord, 'version' | 'generation'>
): ConnectionRecord => ({
  version: 1,
  generation: (isRecord(was) ? was.generation : 0) + 1,
  ...record
});
