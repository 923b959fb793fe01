import { type ConnectionRecord, readRecord, recordPath } from './record';
import type { Grant } from './machine/state';
import { storedToken } from '../tools/stored-token';
import { toolsDeps, type EngineDeps } from './engine-deps';
import { grantOf } from './connection-target';

/** The state file: a connection, none, or (damaged, or not ours to read) nobody knows. */
export type StoredState =
  | { readonly kind: 'record'; readonly record: ConnectionRecord; readonly stamp: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable'; readonly path: string };

/** Another one for every write of any process, so that who holds an older one knows. */
export const stampOf = ({ generation, obtainedAt }: ConnectionRecord): string =>
  `${generation}/${obtainedAt}`;

/** Reads the state file alone: cheap enough for every request. */
export async function readState(deps: EngineDeps, dataDir: string): Promise<StoredState> {
  const read = await readRecord(deps.disk, dataDir);
  if (read.ok && read.value) {
    return { kind: 'record', record: read.value, stamp: stampOf(read.value) };
  }
  const path = recordPath(dataDir);
  if (read.ok) {
    // Null may mean no file, or one that holds no record.
    const raw = await deps.disk.readJson(path);
    if (raw.ok && raw.value === null) {
      return { kind: 'none' };
    }
  }
  return { kind: 'unreadable', path };
}

/** The recorded connection with its token, which the package tools' files hold. */
export async function grantFrom(deps: EngineDeps, dataDir: string, record: ConnectionRecord): Promise<Grant> {
  const token = await storedToken(toolsDeps(deps, dataDir), { indexUrl: record.indexUrl });
  if (token) {
    deps.learn(token);
  }
  return grantOf(record, token, deps.hash);
}

/** What to say when the state file is of no use. */
export const damagedNote = (path: string): string =>
  `${path} is damaged and was not used. Connect writes it anew; Disconnect puts pip's files back as they were.`;
