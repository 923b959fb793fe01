import type { JournalWrite, Change, Made } from '../fs/change';
import { jsonBytes, jsonIn } from '../fs/json-file';
import type { Lock } from '../fs/lock';
import type { Snapshot } from '../fs/snapshot';
import { done, failed, type Outcome } from '../core/failure';
import { type Journal, journalIn, journalPath, readJournal, writeJournal } from './journal';
import type { JournalEntry } from './journal';
import { cachedReads } from './read-cache';
import { SECRET_MODE, type FilePlan } from './file-plan';
import type { ToolsDeps } from './tools-deps';

// Somebody else who writes the same files without our lock (pip config set) may come in between;
// three tries outlast a person and a script, and a file that changes all the time is told.
const TRIES = 3;

/** What to do, thought out anew on each try, from the memory as it is then. */
export interface Plan {
  readonly steps: readonly FilePlan[];
  readonly tokens: readonly string[];
}

/** A file of our own that is replaced together with the tools' files: all of them or none. */
export interface RecordChange {
  readonly path: string;
  /** From what it held (null: nothing, or nothing that can be read) to what it shall; null removes it. */
  readonly next: (was: unknown) => unknown;
}

export interface Transaction<P> {
  /** `deps` reads each file once. */
  readonly plan: (deps: ToolsDeps, journal: Journal) => Promise<Outcome<P>>;
  /** Reads early what the plan will ask for, while the memory is being read. */
  readonly prefetch?: (deps: ToolsDeps) => Promise<unknown>;
  readonly record?: RecordChange;
}

/**
 * Reads and plans while the lock is being taken, and writes under it. What somebody else changed in between is seen
 * before anything is written; then it is read and planned again.
 */
export async function runTransaction<P extends Plan>(
  deps: ToolsDeps,
  transaction: Transaction<P>,
  signal?: AbortSignal
): Promise<Outcome<P & { changed: boolean }>> {
  let prepared = prepare(deps, transaction);
  prepared.catch(() => undefined);
  const lock = await deps.disk.lock(deps.dataDir, signal);
  if (!lock.ok) {
    return lock;
  }
  try {
    for (let left = TRIES; ; left--) {
      const planned = await prepared;
      if (!planned.ok) {
        return planned;
      }
      signal?.throwIfAborted();
      const written = await write(deps, lock.value, planned.value);
      if (written.ok) {
        return done({ ...planned.value.plan, changed: written.value });
      }
      if (left === 1 || written.failure.cause !== 'file_changed') {
        return written;
      }
      prepared = prepare(deps, transaction);
    }
  } finally {
    await lock.value.release();
  }
}

/** A plan, and what it was made from. */
interface PreparedPlan<P> {
  readonly plan: P;
  readonly journal: Journal;
  readonly found: Snapshot;
  readonly recordChanges: readonly Change[];
}

async function prepare<P extends Plan>(
  deps: ToolsDeps,
  { plan, prefetch, record }: Transaction<P>
): Promise<Outcome<PreparedPlan<P>>> {
  const cached = cachedReads(deps);
  // A failure to read is told by whoever needs the file.
  prefetch?.(cached).catch(() => undefined);
  const [found, recordChanges] = await Promise.all([
    cached.disk.read(journalPath(deps)),
    record && cached.disk.read(record.path)
  ]);
  if (!found.ok) {
    return found;
  }
  if (recordChanges && !recordChanges.ok) {
    return recordChanges;
  }
  const journal = journalIn(found.value);
  const planned = await plan(cached, journal);
  if (!planned.ok) {
    return planned;
  }
  const more = record && recordChanges ? recordChangesOf(record, recordChanges.value) : [];
  return done({ plan: planned.value, journal, found: found.value, recordChanges: more });
}

async function write(
  deps: ToolsDeps,
  lock: Lock,
  { plan, journal, found, recordChanges }: PreparedPlan<Plan>
): Promise<Outcome<boolean>> {
  const changes = plan.steps.flatMap(step => step.change ?? []);
  const next = (files: readonly JournalEntry[], more: number): Journal => ({
    version: 1,
    generation: journal.generation + more,
    tokens: plan.tokens,
    files
  });
  const kept = plan.steps.flatMap(step => step.entry ?? []);
  const forgotten = journal.files.filter(file => plan.steps.some(s => s.path === file.path && !s.entry));
  const isNews = changes.length > 0 || forgotten.length > 0;
  const notedAs = (made: Made): readonly JournalEntry[] =>
    kept.map(file => ({ ...file, folders: [...file.folders, ...(foldersOf(made, file.path) ?? [])] }));
  let noted: readonly JournalEntry[] = kept;
  const said = { mayWrite: false };
  // Remembered before the first rename: a kill in between must not lose what was there.
  const ahead: JournalWrite = {
    snapshot: found,
    bytes: isNews
      ? made => {
          noted = notedAs(made);
          return jsonBytes(next([...noted, ...forgotten], 1));
        }
      : null,
    mayGoOn: unchanged => {
      said.mayWrite = unchanged && lock.held();
      return said.mayWrite
        ? done(undefined)
        : failed(lock.held() ? 'file_changed' : 'locked', { path: found.path });
    }
  };
  const replaced = await deps.disk.replaceAll([...changes, ...recordChanges], ahead);
  if (!replaced.ok) {
    const now = said.mayWrite ? await readJournal(deps) : null;
    if (now?.ok && now.value.generation === journal.generation + 1) {
      await writeJournal(deps, { ...journal, generation: journal.generation + 2 });
    }
    return replaced;
  }
  if (forgotten.length > 0) {
    // Should this fail, the files are right all the same: a memory of a file that is as it was
    // before us asks for nothing.
    await writeJournal(deps, next(noted, 2));
  }
  return done(changes.length > 0);
}

function recordChangesOf({ next }: RecordChange, snapshot: Snapshot): Change[] {
  const value = next(jsonIn(snapshot));
  if (value === null) {
    return snapshot.file ? [{ snapshot, to: null, folders: [] }] : [];
  }
  return [{ snapshot, to: { bytes: jsonBytes(value), mode: SECRET_MODE }, folders: [] }];
}

const foldersOf = (made: Made, path: string): readonly string[] | undefined =>
  [...made].find(([change]) => change.snapshot.path === path)?.[1];
