import { dirname } from 'node:path';
import { done, type Outcome, withFacts } from '../core/failure';
import { type Calls, orNull } from './fs-calls';
import type { Change } from './change';
import { writeFailed } from './fs-error';
import { removeFolders } from './folders';
import { ownerOf } from './owner';
import { type Staged, stageFile, syncDirectory } from './staged-file';

/** The renames, in the order given. Should one fail after another has succeeded, the other file is put back. */
export async function commit(
  calls: Calls,
  changes: readonly Change[],
  staged: ReadonlyMap<Change, Staged | null>,
  home: string,
  undo: () => Promise<void>
): Promise<Outcome<void>> {
  const gone: Change[] = [];
  for (const change of changes) {
    const file = staged.get(change);
    try {
      await (file ? file.commit() : orNull(calls.unlink(change.snapshot.real)));
      gone.push(change);
    } catch (error) {
      const left = await putBack(calls, gone, home);
      await undo();
      const outcome = writeFailed(error, change.snapshot.path);
      return left.length === 0
        ? outcome
        : { ok: false, failure: withFacts(outcome.failure, { notPutBack: left }) };
    }
  }
  const folders = new Set(gone.map(change => dirname(change.snapshot.real)));
  await Promise.allSettled([...folders].map(folder => syncDirectory(calls, folder)));
  for (const change of gone) {
    await removeFolders(calls, change.folders);
  }
  return done(undefined);
}

/** Puts files back as they were; names those for which even that failed. */
async function putBack(calls: Calls, changes: readonly Change[], home: string): Promise<string[]> {
  const left: string[] = [];
  for (const { snapshot } of [...changes].reverse()) {
    try {
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
