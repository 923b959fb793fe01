import { dirname } from 'node:path';
import { done, type Outcome } from '../core/failure';
import type { Change, Made, Replacement } from './change';
import { commit } from './commit';
import { type Calls, codeOf } from './fs-calls';
import { fileChanged, writeFailed } from './fs-error';
import { makeFolders, removeFolders } from './folders';
import { mayWrite, type Owner, ownerOf } from './owner';
import { isUnchanged, type Snapshot } from './snapshot';
import { type Staged, stageFile, sweep, syncDirectory } from './staged-file';

// What we remember holds no token, but says where the user's files are.
const JOURNAL_MODE = 0o600;

/**
 * Replaces all the files or none, in the order given, and the journal before them. Everything that usually
 * fails (a full disk, a quota, permissions) fails while the new files are still temporary; should a
 * rename fail after another has succeeded, the other file is put back. Call it under the lock.
 */
export async function replaceAll(
  calls: Calls,
  replacement: Replacement,
  home: string
): Promise<Outcome<void>> {
  const { changes, journal, basis, held } = replacement;
  const made = new Map<Change, string[]>();
  const staged = new Map<Change, Staged | null>();
  const undo = async () => {
    await Promise.allSettled([...staged.values()].map(file => file?.discard()));
    for (const folders of [...made.values()].reverse()) {
      await removeFolders(calls, folders);
    }
  };
  const first: Change | null = journal && { snapshot: journal.snapshot, to: null, folders: [] };
  const all = first ? [first, ...changes] : changes;
  const ready = await stageAll(calls, all, { replacement, first, made, staged, home });
  if (!ready.ok) {
    await undo();
    return ready;
  }
  const refusal = await mayCommit(calls, basis, held);
  if (!refusal.ok) {
    await undo();
    return refusal;
  }
  if (first) {
    const remembered = await commitJournal(calls, first, staged.get(first)!);
    staged.delete(first);
    if (!remembered.ok) {
      await undo();
      return remembered;
    }
  }
  return commit(changes, { calls, staged, home, held, undo });
}

interface Stage {
  readonly replacement: Replacement;
  readonly first: Change | null;
  readonly made: Map<Change, string[]>;
  readonly staged: Map<Change, Staged | null>;
  readonly home: string;
}

/** Sweeps, makes folders, and writes every new file beside its target. */
async function stageAll(
  calls: Calls,
  all: readonly Change[],
  { replacement, first, made, staged, home }: Stage
): Promise<Outcome<void>> {
  const owners = new Map<Change, Owner | null>();
  const asked = await forEach(all, async change => {
    await mayWrite(calls, change.snapshot, home);
    owners.set(change, await ownerOf(calls, change.snapshot, home));
  });
  if (!asked.ok) {
    return asked;
  }
  const folders = new Set([...replacement.sweep, ...all.map(change => dirname(change.snapshot.real))]);
  await Promise.all([...folders].map(folder => sweep(calls, folder)));
  // One after the other: two files may need the same folder.
  for (const change of all.filter(each => each.to)) {
    const folder = await forEach([change], async ({ snapshot }) => {
      made.set(change, await makeFolders(calls, dirname(snapshot.real), owners.get(change)!));
    });
    if (!folder.ok) {
      return folder;
    }
  }
  return forEach(all, async change => {
    const to =
      change === first ? { bytes: replacement.journal!.bytes(made as Made), mode: JOURNAL_MODE } : change.to;
    const owner = owners.get(change)!;
    staged.set(change, to && (await stageFile(calls, change.snapshot.real, { ...to, owner })));
  });
}

/** The last look before the first rename: everything is as it was read, and the lock is ours. */
async function mayCommit(
  calls: Calls,
  basis: readonly Snapshot[],
  held: Replacement['held']
): Promise<Outcome<void>> {
  const changed = await changedSince(calls, basis);
  if (changed) {
    return fileChanged(changed.path);
  }
  try {
    // A lock that was taken over: tried again from the start, as when a file was changed.
    return (await held()) ? done(undefined) : fileChanged(basis[0]?.path ?? '');
  } catch (error) {
    return writeFailed(error, basis[0]?.path ?? '');
  }
}

/** The first of the files that is not as it was read; one that cannot be looked at any more is not. */
async function changedSince(calls: Calls, basis: readonly Snapshot[]): Promise<Snapshot | null> {
  const same = await Promise.all(basis.map(snapshot => isUnchanged(calls, snapshot).catch(isNoAnswer)));
  return basis[same.indexOf(false)] ?? null;
}

async function commitJournal(calls: Calls, { snapshot }: Change, staged: Staged): Promise<Outcome<void>> {
  try {
    await staged.commit();
    // On the disk before the first rename of what it tells: a power cut must not lose what was there.
    await syncDirectory(calls, dirname(snapshot.real));
    return done(undefined);
  } catch (error) {
    return writeFailed(error, snapshot.path);
  }
}

function isNoAnswer(error: unknown): false {
  if (codeOf(error)) {
    return false;
  }
  throw error;
}

/** Does the same to each, side by side, and turns the first error into a failure that names the file. */
async function forEach(
  changes: readonly Change[],
  act: (change: Change) => Promise<void>
): Promise<Outcome<void>> {
  const all = await Promise.all(
    changes.map(change =>
      act(change).then(
        () => done(undefined),
        (error: unknown) => writeFailed(error, change.snapshot.path)
      )
    )
  );
  return all.find(outcome => !outcome.ok) ?? done(undefined);
}
