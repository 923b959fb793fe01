import { dirname } from 'node:path';
import { done, failed, type Failure, type Outcome } from '../core/failure';
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

/**
 * The renames, in the order given. Each file is compared once more right before its own: who writes it without our
 * lock (`pip config set`) then has the time of one call to come in between. Should one fail after another has
 * succeeded, the other file is put back.
 */
export async function commit(
  calls: Calls,
  changes: readonly Change[],
  staged: ReadonlyMap<Change, Staged | null>,
  home: string,
  undo: () => Promise<void>
): Promise<Outcome<void>> {
  const committed: Committed[] = [];
  for (const change of changes) {
    const file = staged.get(change);
    const failure = await commitOne(calls, change, file);
    if (failure) {
      const left = await putBack(calls, committed, home);
      await undo();
      const { path } = change.snapshot;
      return left.length === 0
        ? { ok: false, failure }
        : failed(
            'write_failed',
            failure.cause,
            `${path} could not be written, and ${left.join(' and ')} could not be put back.`,
            { ...failure.evidence, notPutBack: left }
          );
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
  calls: Calls,
  { snapshot }: Change,
  file: Staged | null | undefined
): Promise<Failure | null> {
  try {
    if (!(await isUnchanged(calls, snapshot))) {
      return fileChanged(snapshot.path).failure;
    }
    await (file ? file.commit() : orNull(calls.unlink(snapshot.real)));
    return null;
  } catch (error) {
    return writeFailed(error, snapshot.path).failure;
  }
}

/** Puts files back as they were; names those for which even that failed. What somebody else wrote since stays. */
async function putBack(calls: Calls, committed: readonly Committed[], home: string): Promise<string[]> {
  const left: string[] = [];
  for (const { change, inode } of [...committed].reverse()) {
    const { snapshot } = change;
    try {
      const there = await orNull(calls.lstat(snapshot.real, { bigint: true }));
      if ((there?.ino ?? null) !== inode) {
        continue;
      }
      if (snapshot.file) {
        const owner = await ownerOf(calls, snapshot, home);
        const { bytes, mode } = snapshot.file;
        await (await stageFile(calls, snapshot.real, { bytes, mode, owner })).commit();
      } else {
        await orNull(calls.unlink(snapshot.real));
      }
    } catch {
      left.push(snapshot.path);
    }
  }
  return left;
}
