import type { Lock } from '../../outside/disk/lock';
import type { Change } from '../../outside/disk/replace';
import { done, failed, type Outcome } from '../../pure/verdicts/failure';
import { type Memory, readMemory, type Remembered, writeMemory } from './memory';
import type { Step } from './plan';
import type { ToolsDeps } from './target';

// Somebody else who writes the same files without our lock (pip config set) may come in between;
// three tries outlast a person and a script, and a file that changes all the time is told.
const TRIES = 3;

/** What to do, thought out anew on each try, from the memory as it is then. */
export interface Plan {
  readonly steps: readonly Step[];
  readonly tokens: readonly string[];
}

/** Plans and writes under the lock; plans again when a file changed between reading and writing. */
export async function carryOut<P extends Plan>(
  deps: ToolsDeps,
  plan: (memory: Memory) => Promise<Outcome<P>>,
  signal?: AbortSignal
): Promise<Outcome<P & { changed: boolean }>> {
  const lock = await deps.disk.lock(deps.dataDir, signal);
  if (!lock.ok) {
    return lock;
  }
  try {
    for (let left = TRIES; ; left--) {
      const memory = await readMemory(deps);
      const planned = memory.ok ? await plan(memory.value) : memory;
      if (!planned.ok || !memory.ok) {
        return planned as Outcome<never>;
      }
      signal?.throwIfAborted();
      const written = await write(deps, lock.value, memory.value, planned.value);
      if (written.ok) {
        return done({ ...planned.value, changed: written.value });
      }
      if (left === 1 || written.failure.cause !== 'file_changed') {
        return written;
      }
    }
  } finally {
    await lock.value.release();
  }
}

async function write(deps: ToolsDeps, lock: Lock, memory: Memory, plan: Plan): Promise<Outcome<boolean>> {
  const changes = plan.steps.flatMap(step => step.change ?? []);
  const next = (files: readonly Remembered[], more: number): Memory => ({
    version: 1,
    generation: memory.generation + more,
    tokens: plan.tokens,
    files
  });
  const kept = plan.steps.flatMap(step => step.remembered ?? []);
  const forgotten = memory.files.filter(file => plan.steps.some(s => s.path === file.path && !s.remembered));
  if (changes.length === 0 && forgotten.length === 0) {
    return done(false);
  }
  let noted: readonly Remembered[] = kept;
  const replaced = await deps.disk.replaceAll(changes, async made => {
    const now = await readMemory(deps);
    if (!now.ok) {
      return now;
    }
    if (!lock.held() || now.value.generation !== memory.generation) {
      return failed(
        'write_failed',
        'locked',
        'Another process of ours took over meanwhile. Nothing was changed.',
        {
          path: deps.dataDir
        }
      );
    }
    // Remembered before the first rename: a kill in between must not lose what was there.
    noted = kept.map(file => ({
      ...file,
      folders: [...file.folders, ...(foldersOf(made, file.path) ?? [])]
    }));
    return writeMemory(deps, next([...noted, ...forgotten], 1));
  });
  if (!replaced.ok) {
    const now = await readMemory(deps);
    if (now.ok && now.value.generation === memory.generation + 1) {
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

const foldersOf = (
  made: ReadonlyMap<Change, readonly string[]>,
  path: string
): readonly string[] | undefined => [...made].find(([change]) => change.snapshot.path === path)?.[1];
