import { dirname } from 'node:path';
import { done, failed, type Outcome } from '../../pure/verdicts/failure';
import { type Calls, orNull } from './calls';
import { writeFailed } from './fault';
import { makeFolders, removeFolders } from './folders';
import { mayWrite, ownerOf } from './owner';
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

interface Ready {
  readonly change: Change;
  readonly staged: Staged | null;
}

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
  const ready: Ready[] = [];
  const undo = async () => {
    await Promise.allSettled(ready.map(r => r.staged?.discard()));
    for (const folders of [...made.values()].reverse()) {
      await removeFolders(calls, folders);
    }
  };
  const prepare = [
    // Every folder is swept before anything of this run lies in it.
    async (change: Change) => {
      await mayWrite(calls, change.snapshot, home);
      const folder = dirname(change.snapshot.real);
      const owner = await ownerOf(calls, change.snapshot, home);
      made.set(change, change.to ? await makeFolders(calls, folder, owner) : []);
      await sweep(calls, folder);
    },
    async (change: Change) => {
      const owner = await ownerOf(calls, change.snapshot, home);
      const staged = change.to && (await stageFile(calls, change.snapshot.real, { ...change.to, owner }));
      ready.push({ change, staged });
    }
  ];
  for (const step of prepare) {
    for (const change of changes) {
      try {
        await step(change);
      } catch (error) {
        await undo();
        return writeFailed(error, change.snapshot.path);
      }
    }
  }
  const said = await lastWord(made);
  if (!said.ok) {
    await undo();
    return said;
  }
  for (const { snapshot } of changes) {
    if (!(await isUnchanged(calls, snapshot))) {
      await undo();
      return failed(
        'write_failed',
        'file_changed',
        `${snapshot.path} was changed by somebody else meanwhile.`,
        {
          path: snapshot.path
        }
      );
    }
  }
  return commit(calls, ready, home, undo);
}

async function commit(
  calls: Calls,
  ready: readonly Ready[],
  home: string,
  undo: () => Promise<void>
): Promise<Outcome<void>> {
  const gone: Change[] = [];
  for (const { change, staged } of ready) {
    try {
      await (staged ? staged.commit() : orNull(calls.unlink(change.snapshot.real)));
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
  for (const folder of new Set(gone.map(change => dirname(change.snapshot.real)))) {
    await syncDirectory(calls, folder).catch(() => undefined);
  }
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
