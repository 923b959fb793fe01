import type { Grant } from './machine/state';
import { generationOf, readMemory } from '../tools/memory';
import type { ConnectionRecord } from '../tools/record';
import { storedToken } from '../tools/stored-token';
import { toolsDeps, type EngineDeps } from './engine-deps';
import { grantOf } from './connection-target';

/** The state file: a connection, none, or (damaged, or not ours to read) nobody knows. */
export type StoredState = {
  /** What an attempt that begins now is based on. */
  readonly generation: number;
  /** The generation of the last Disconnect, of whichever process. */
  readonly disconnectedAt: number;
} & (
  | { readonly kind: 'record'; readonly record: ConnectionRecord; readonly stamp: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable'; readonly path: string }
);

/** Another one for every write of any process, so that who holds an older one knows. */
export const stampOf = ({ generation, obtainedAt }: ConnectionRecord): string =>
  `${generation}/${obtainedAt}`;

/** Reads what is remembered, and none of the tools' files: cheap enough for every request. */
export async function readState(deps: EngineDeps, dataDir: string): Promise<StoredState> {
  const memory = await readMemory(toolsDeps(deps, dataDir));
  if (!memory.ok) {
    return { kind: 'unreadable', path: memory.failure.evidence.path ?? '', generation: 0, disconnectedAt: 0 };
  }
  const { record, recordFile, isRecordDamaged } = memory.value;
  const known = {
    generation: generationOf(memory.value),
    disconnectedAt: memory.value.journal.disconnectedAt
  };
  if (isRecordDamaged) {
    return { kind: 'unreadable', path: recordFile.path, ...known };
  }
  return record ? { kind: 'record', record, stamp: stampOf(record), ...known } : { kind: 'none', ...known };
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
