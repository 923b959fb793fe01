import { done, type Outcome } from '../core/failure';
import type { Secret } from '../core/secret/secret';
import type { Change, Made } from '../fs/change';
import { jsonBytes } from '../fs/json-file';
import { SECRET_MODE, type FilePlan } from './file-plan';
import { type Journal, type JournalEntry, KEPT_TOKENS, sha256 } from './journal';
import { generationOf, type Memory } from './memory';
import { type Reading, readOnce } from './one-reading';
import type { Plan } from './plan';
import type { ConnectionRecord, NewConnection } from './record';
import { ALL_ADAPTERS } from './registry';
import type { ToolsDeps } from './tools-deps';

/** What a transaction has decided on. */
export interface Decision {
  readonly memory: Memory;
  readonly plan: Plan;
  /** Null: disconnect. */
  readonly token: Secret | null;
  readonly connection: NewConnection | null;
}

/**
 * Writes all that was decided, in the order that transaction.ts draws; answers the record of the connection, null after
 * Disconnect. Nothing is written when something has changed since it was read, or the lock is not ours any more.
 */
export async function writePlan(
  reading: Reading,
  { memory, plan, token, connection }: Decision,
  held: () => Promise<boolean>
): Promise<Outcome<ConnectionRecord | null>> {
  const { deps } = reading;
  const { journal, journalFile, recordFile } = memory;
  const generation = Math.max(generationOf(memory) + 1, Math.floor(deps.runtime.clock.now()));
  const record: ConnectionRecord | null =
    connection && token ? { version: 1, ...connection, generation, token: sha256(token.reveal()) } : null;
  const changes = plan.steps.flatMap(step => step.change ?? []);
  const kept = plan.steps.filter(step => step.entry);
  const forgotten = journal.files.filter(file => plan.steps.some(s => s.path === file.path && !s.entry));
  const hashes = record?.token === undefined ? [] : [record.token];
  const next = (files: readonly JournalEntry[], tokens: readonly string[]): Journal => ({
    version: 1,
    generation,
    disconnectedAt: record ? journal.disconnectedAt : generation,
    tokens,
    files
  });
  let noted: readonly JournalEntry[] = [];
  // Until the files are written, the tokens of both states are ours.
  const during = [...new Set([...hashes, ...journal.tokens])].slice(0, KEPT_TOKENS);
  const replaced = await deps.disk.replaceAll({
    changes: [...changes, ...recordChange(memory, record)],
    journal: {
      snapshot: journalFile,
      bytes: made => {
        noted = kept.flatMap(step => withFolders(step, made));
        return jsonBytes(next([...noted, ...forgotten], during));
      }
    },
    basis: [journalFile, recordFile, ...reading.seen()],
    sweep: await sweepFolders(reading, journal),
    held
  });
  if (!replaced.ok) {
    return replaced;
  }
  if (forgotten.length > 0) {
    // Should this fail, the files are right all the same: an entry for a file that is as it was before us asks
    // for nothing.
    await rewriteJournal(deps, journalFile.path, next(noted, record ? during : []), held);
  }
  return done(record);
}

const withFolders = ({ entry, change }: FilePlan, made: Made): JournalEntry[] =>
  entry ? [{ ...entry, folders: [...entry.folders, ...((change && made.get(change)) ?? [])] }] : [];

function recordChange({ recordFile: snapshot }: Memory, record: ConnectionRecord | null): Change[] {
  if (record) {
    return [{ snapshot, to: { bytes: jsonBytes(record), mode: SECRET_MODE }, folders: [] }];
  }
  return snapshot.file ? [{ snapshot, to: null, folders: [] }] : [];
}

async function rewriteJournal(
  deps: ToolsDeps,
  path: string,
  journal: Journal,
  held: () => Promise<boolean>
): Promise<void> {
  const now = await readOnce(deps).deps.disk.read(path);
  const bytes = () => jsonBytes(journal);
  if (now.ok) {
    const snapshot = now.value;
    await deps.disk.replaceAll({
      changes: [],
      journal: { snapshot, bytes },
      basis: [snapshot],
      sweep: [],
      held
    });
  }
}

/** Where a killed process may have left temporary files: beside all that the journal names and all that we ever write. */
async function sweepFolders({ deps, seen }: Reading, journal: Journal): Promise<string[]> {
  const usual = await Promise.all(ALL_ADAPTERS.map(tool => tool.file(deps, 'user')));
  const paths = [...usual.flatMap(path => (path.ok ? [path.value] : [])), ...journal.files.map(f => f.path)];
  const read = new Map(seen().map(snapshot => [snapshot.path, snapshot.real]));
  const real = await Promise.all(paths.map(async path => read.get(path) ?? deps.disk.resolve(path)));
  return [...new Set(real.map(path => path.slice(0, path.lastIndexOf('/')) || '/'))];
}
