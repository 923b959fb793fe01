import type { Ahead, Change, Made } from '../../outside/disk/change';
import { jsonBytes, jsonIn } from '../../outside/disk/json-file';
import type { Lock } from '../../outside/disk/lock';
import type { Snapshot } from '../../outside/disk/snapshot';
import { done, failed, type Outcome } from '../../pure/verdicts/failure';
import { type Memory, memoryIn, memoryPath, readMemory, writeMemory } from './memory';
import type { Remembered } from './memory';
import { once } from './once';
import { SECRET_MODE, type Step } from './plan';
import type { ToolsDeps } from './target';

// Somebody else who writes the same files without our lock (pip config set) may come in between;
// three tries outlast a person and a script, and a file that changes all the time is told.
const TRIES = 3;

/** What to do, thought out anew on each try, from the memory as it is then. */
export interface Plan {
  readonly steps: readonly Step[];
  readonly tokens: readonly string[];
}

/** A file of our own that is replaced together with the tools' files: all of them or none. */
export interface Alongside {
  readonly path: string;
  /** From what it held (null: nothing, or nothing that can be read) to what it shall; null removes it. */
  readonly next: (was: unknown) => unknown;
}

export interface Thinking<P> {
  /** `deps` reads each file once. */
  readonly plan: (deps: ToolsDeps, memory: Memory) => Promise<Outcome<P>>;
  /** Reads early what the plan will ask for, while the memory is being read. */
  readonly soon?: (deps: ToolsDeps) => Promise<unknown>;
  readonly alongside?: Alongside;
}

/**
 * Reads and plans while the lock is being taken, and writes under it. What somebody else changed in between is seen
 * before anything is written; then it is read and planned again.
 */
export async function carryOut<P extends Plan>(
  deps: ToolsDeps,
  thinking: Thinking<P>,
  signal?: AbortSignal
): Promise<Outcome<P & { changed: boolean }>> {
  let thought = think(deps, thinking);
  thought.catch(() => undefined);
  const lock = await deps.disk.lock(deps.dataDir, signal);
  if (!lock.ok) {
    return lock;
  }
  try {
    for (let left = TRIES; ; left--) {
      const planned = await thought;
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
      thought = think(deps, thinking);
    }
  } finally {
    await lock.value.release();
  }
}

/** A plan, and what it was made from. */
interface Thought<P> {
  readonly plan: P;
  readonly memory: Memory;
  readonly found: Snapshot;
  readonly beside: readonly Change[];
}

async function think<P extends Plan>(
  deps: ToolsDeps,
  { plan, soon, alongside }: Thinking<P>
): Promise<Outcome<Thought<P>>> {
  const seeing = once(deps);
  // A failure to read is told by whoever needs the file.
  soon?.(seeing).catch(() => undefined);
  const [found, beside] = await Promise.all([
    seeing.disk.read(memoryPath(deps)),
    alongside && seeing.disk.read(alongside.path)
  ]);
  if (!found.ok) {
    return found;
  }
  if (beside && !beside.ok) {
    return beside;
  }
  const memory = memoryIn(found.value);
  const planned = await plan(seeing, memory);
  if (!planned.ok) {
    return planned;
  }
  const more = alongside && beside ? besideOf(alongside, beside.value) : [];
  return done({ plan: planned.value, memory, found: found.value, beside: more });
}

async function write(
  deps: ToolsDeps,
  lock: Lock,
  { plan, memory, found, beside }: Thought<Plan>
): Promise<Outcome<boolean>> {
  const changes = plan.steps.flatMap(step => step.change ?? []);
  const next = (files: readonly Remembered[], more: number): Memory => ({
    version: 1,
    generation: memory.generation + more,
    tokens: plan.tokens,
    files
  });
  const kept = plan.steps.flatMap(step => step.remembered ?? []);
  const forgotten = memory.files.filter(file => plan.steps.some(s => s.path === file.path && !s.remembered));
  const isNews = changes.length > 0 || forgotten.length > 0;
  const notedAs = (made: Made): readonly Remembered[] =>
    kept.map(file => ({ ...file, folders: [...file.folders, ...(foldersOf(made, file.path) ?? [])] }));
  let noted: readonly Remembered[] = kept;
  const said = { mayWrite: false };
  // Remembered before the first rename: a kill in between must not lose what was there.
  const ahead: Ahead = {
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
        : failed('write_failed', lock.held() ? 'file_changed' : 'locked', TAKEN_OVER, { path: found.path });
    }
  };
  const replaced = await deps.disk.replaceAll([...changes, ...beside], ahead);
  if (!replaced.ok) {
    const now = said.mayWrite ? await readMemory(deps) : null;
    if (now?.ok && now.value.generation === memory.generation + 1) {
      await writeMemory(deps, { ...memory, generation: memory.generation + 2 });
    }
    return replaced;
  }
  if (forgotten.length > 0) {
    // Should this fail, the files are right all the same: a memory of a file that is as it was
    // before us asks for nothing.
    await writeMemory(deps, next(noted, 2));
  }
  return done(changes.length > 0);
}

const TAKEN_OVER = 'Another process of ours took over meanwhile. Nothing was changed.';

function besideOf({ next }: Alongside, snapshot: Snapshot): Change[] {
  const value = next(jsonIn(snapshot));
  if (value === null) {
    return snapshot.file ? [{ snapshot, to: null, folders: [] }] : [];
  }
  return [{ snapshot, to: { bytes: jsonBytes(value), mode: SECRET_MODE }, folders: [] }];
}

const foldersOf = (made: Made, path: string): readonly string[] | undefined =>
  [...made].find(([change]) => change.snapshot.path === path)?.[1];
