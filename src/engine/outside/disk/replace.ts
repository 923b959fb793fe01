import { dirname } from 'node:path';
import { done, failed, type Outcome } from '../../pure/verdicts/failure';
import { type Calls, orNull } from './calls';
import { writeFailed } from './fault';
import { makeFolders, removeFolders } from './folders';
import { mayWrite, type Owner, ownerOf } from './owner';
import { isUnchanged, type Snapshot } from './snapshot';
import { type Staged, stageFile, sweep, syncDirectory } from './stage';

/** What shall become of one file. */
export interface Change {
  /** As it was when the change was thought out. */
  readonly snapshot: Snapshot;
  /** Null: remove it. */
  readonly to: { readonly bytes: Uint8Array; readonly mode: number } | null;
  /** Folders to remove with it, when nothing else is in them. */
  readonly folders: readonly string[];
}

/** Called when every new file lies ready: the last moment at which nothing has changed yet. */
export type LastWord = (made: ReadonlyMap<Change, readonly string[]>) => Promise<Outcome<void>>;

/**
 * Replaces all the files or none. Everything that usually fails (a full disk, a quota, permissions)
 * fails while the new files are still temporary; should a rename fail after another has succeeded,
 * the other file is put back.
 */
export async function replaceAll(
  calls: Calls,
  changes: readonly Change[],
  home: string,
  lastWord: LastWord
): Promise<Outcome<void>> {
  const made = new Map<Change, string[]>();
  const staged = new Map<Change, Staged | null>();
  const undo = async () => {
    await Promise.allSettled([...staged.values()].map(file => file?.discard()));
    for (const folders of [...made.values()].reverse()) {
      await removeFolders(calls, folders);
    }
  };
  const owners = new Map<Change, Owner | null>();
  // Every folder is made and swept, one after the other, before anything of this run lies in one.
  const prepared = await each(changes, async change => {
    const folder = dirname(change.snapshot.real);
    await mayWrite(calls, change.snapshot, home);
    const owner = await ownerOf(calls, change.snapshot, home);
    owners.set(change, owner);
    made.set(change, change.to ? await makeFolders(calls, folder, owner) : []);
    await sweep(calls, folder);
  });
  const written = prepared.ok
    ? await Promise.all(
        changes.map(change =>
          each([change], async ({ to, snapshot }) => {
            const owner = owners.get(change)!;
            staged.set(change, to && (await stageFile(calls, snapshot.real, { ...to, owner })));
          })
        )
      )
    : [prepared];
  const failure = written.find(outcome => !outcome.ok);
  if (failure) {
    await undo();
    return failure;
  }
  const said = await lastWord(made);
  if (!said.ok) {
    await undo();
    return said;
  }
  const fresh = await Promise.all(changes.map(({ snapshot }) => isUnchanged(calls, snapshot)));
  if (fresh.includes(false)) {
    const { path } = changes[fresh.indexOf(false)].snapshot;
    await undo();
    return failed('write_failed', 'file_changed', `${path} was changed by somebody else meanwhile.`, {
      path
    });
  }
  return commit(calls, changes, staged, home, undo);
}

/** Does the same to each, and turns the first error into a failure that names the file. */
async function each(
  changes: readonly Change[],
  act: (change: Change) => Promise<void>
): Promise<Outcome<void>> {
  for (const change of changes) {
    try {
      await act(change);
    } catch (error) {
      return writeFailed(error, change.snapshot.path);
    }
  }
  return done(undefined);
}

async function commit(
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
        : failed(
            'write_failed',
            outcome.failure.cause,
            `${change.snapshot.path} could not be written, and ${left.join(' and ')} could not be put back.`,
            { ...outcome.failure.evidence, notPutBack: left }
          );
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
