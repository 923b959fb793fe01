import { dirname } from 'node:path';
import { done, type Failure, type Outcome, withFacts } from '../core/failure';
import { type Calls, orNull } from './fs-calls';
import type { Change } from './change';
import { fileChanged, writeFailed } from './fs-error';
import { removeFolders } from './folders';
import { ownerOf } from './owner';
import { isUnchanged } from './snapshot';
import { type Staged, stageFile, syncDirectory } from './staged-file';

/** A change that has been made, and the inode that stands in the file's place since; null: nothing does. */
interface Committed {
  readonly change: Change;
  readonly inode: bigint | null;
}

/** What the renames need to know beside the changes. */
export interface Commit {
  readonly calls: Calls;
  readonly staged: ReadonlyMap<Change, Staged | null>;
  readonly home: string;
  readonly held: () => Promise<boolean>;
  /** Takes the temporary files and new folders away. */
  readonly undo: () => Promise<void>;
}

/**
 * The renames, in the order given. Each file is compared once more right before its own: who writes it without our
 * lock (`pip config set`) then has the time of one call to come in between. Should one fail after another has
 * succeeded, the other file is put back.
 *
 * A process that stands still for so long that its lock is taken over finds its temporary files swept when it goes on,
 * so that its next rename fails; and where it would remove a file or put one back, it looks for its lock first. What
 * remains is a process that is stopped for 5 s exactly between that look and the removal.
 */
export async function commit(changes: readonly Change[], context: Commit): Promise<Outcome<void>> {
  const { calls, staged, undo } = context;
  const committed: Committed[] = [];
  for (const change of changes) {
    const file = staged.get(change) ?? null;
    const failure = await commitOne(change, file, context);
    if (failure) {
      const left = await putBack(committed, context);
      await undo();
      return { ok: false, failure: left.length === 0 ? failure : withFacts(failure, { notPutBack: left }) };
    }
    committed.push({ change, inode: file?.inode ?? null });
  }
  const folders = new Set(changes.map(change => dirname(change.snapshot.real)));
  await Promise.allSettled([...folders].map(folder => syncDirectory(calls, folder)));
  for (const change of changes) {
    await removeFolders(calls, change.folders);
  }
  return done(undefined);
}

async function commitOne(
  { snapshot }: Change,
  file: Staged | null,
  { calls, held }: Commit
): Promise<Failure | null> {
  try {
    if (!(await isUnchanged(calls, snapshot)) || (!file && !(await held()))) {
      return fileChanged(snapshot.path).failure;
    }
    await (file ? file.commit() : orNull(calls.unlink(snapshot.real)));
    return null;
  } catch (error) {
    return writeFailed(error, snapshot.path).failure;
  }
}

/**
 * Puts files back as they were; names those for which even that failed. What somebody else wrote since stays, and so
 * does everything when another process has taken the lock over: it knows from the journal what to do.
 */
async function putBack(committed: readonly Committed[], { calls, home, held }: Commit): Promise<string[]> {
  const left: string[] = [];
  for (const { change, inode } of [...committed].reverse()) {
    const { snapshot } = change;
    try {
      const file = snapshot.file && {
        ...snapshot.file,
        owner: await ownerOf(calls, snapshot, home)
      };
      const staged = file && (await stageFile(calls, snapshot.real, file));
      const there = await orNull(calls.lstat(snapshot.real, { bigint: true }));
      if ((there?.ino ?? null) !== inode || !(await held())) {
        await staged?.discard();
        continue;
      }
      await (staged ? staged.commit() : orNull(calls.unlink(snapshot.real)));
    } catch {
      left.push(snapshot.path);
    }
  }
  return left;
}
