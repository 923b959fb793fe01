import { dirname } from 'node:path';
import { done, failed, type Outcome } from '../core/failure';
import { type Calls, codeOf, orNull } from './fs-calls';
import type { JournalWrite, Change } from './change';
import { commit } from './commit';
import { writeFailed } from './fs-error';
import { makeFolders, removeFolders } from './folders';
import { mayWrite, type Owner, ownerOf } from './owner';
import { isUnchanged } from './snapshot';
import { type Staged, stageFile, sweep, syncDirectory } from './staged-file';

// What we remember holds no token, but says where the user's files are.
const AHEAD_MODE = 0o600;

/**
 * Replaces all the files or none, in the order given, and `ahead` before them. Everything that usually
 * fails (a full disk, a quota, permissions) fails while the new files are still temporary; should a
 * rename fail after another has succeeded, the other file is put back.
 */
export async function replaceAll(
  calls: Calls,
  changes: readonly Change[],
  home: string,
  ahead: JournalWrite
): Promise<Outcome<void>> {
  const made = new Map<Change, string[]>();
  const staged = new Map<Change, Staged | null>();
  const first: Change = { snapshot: ahead.snapshot, to: null, folders: [] };
  const all = ahead.bytes ? [first, ...changes] : changes;
  const undo = async () => {
    await Promise.allSettled([...staged.values()].map(file => file?.discard()));
    for (const folders of [...made.values()].reverse()) {
      await removeFolders(calls, folders);
    }
  };
  const [owners, missing] = await Promise.all([ownersOf(calls, all, home), lookAndSweep(calls, all)]);
  if (!owners.ok) {
    return owners;
  }
  const ready = await makeMissing(calls, changes, missing, owners.value, made);
  const written = ready.ok
    ? await forEach(all, async change => {
        const bytes = change === first ? ahead.bytes?.(made) : undefined;
        const to = bytes ? { bytes, mode: AHEAD_MODE } : change.to;
        const owner = owners.value.get(change)!;
        staged.set(change, to && (await stageFile(calls, change.snapshot.real, { ...to, owner })));
      })
    : ready;
  if (!written.ok) {
    await undo();
    return written;
  }
  const said = await goAhead(calls, ahead, staged.get(first));
  staged.delete(first);
  if (!said.ok) {
    await undo();
    return said;
  }
  const fresh = await Promise.all(
    changes.map(({ snapshot }) => isUnchanged(calls, snapshot).catch(isNoAnswer))
  );
  if (fresh.includes(false)) {
    const { path } = changes[fresh.indexOf(false)].snapshot;
    await undo();
    return failed('file_changed', { path });
  }
  return commit(calls, changes, staged, home, undo);
}

/** Who each file must belong to; fails for a file that may not be written. */
async function ownersOf(
  calls: Calls,
  all: readonly Change[],
  home: string
): Promise<Outcome<ReadonlyMap<Change, Owner | null>>> {
  const owners = new Map<Change, Owner | null>();
  const asked = await forEach(all, async change => {
    await mayWrite(calls, change.snapshot, home);
    owners.set(change, await ownerOf(calls, change.snapshot, home));
  });
  return asked.ok ? done(owners) : asked;
}

/** Every folder is swept before anything of this run lies in one; answers those that are not there. */
async function lookAndSweep(calls: Calls, all: readonly Change[]): Promise<ReadonlySet<string>> {
  const folders = [...new Set(all.map(change => dirname(change.snapshot.real)))];
  const [there] = await Promise.all([
    Promise.all(folders.map(folder => orNull(calls.stat(folder)).catch(() => null))),
    ...folders.map(folder => sweep(calls, folder))
  ]);
  return new Set(folders.filter((_, i) => there[i] === null));
}

async function makeMissing(
  calls: Calls,
  changes: readonly Change[],
  missing: ReadonlySet<string>,
  owners: ReadonlyMap<Change, Owner | null>,
  made: Map<Change, string[]>
): Promise<Outcome<void>> {
  // One after the other: two files may need the same one.
  for (const change of changes.filter(c => c.to && missing.has(dirname(c.snapshot.real)))) {
    const folder = await forEach([change], async ({ snapshot }) => {
      made.set(change, await makeFolders(calls, dirname(snapshot.real), owners.get(change)!));
    });
    if (!folder.ok) {
      return folder;
    }
  }
  return done(undefined);
}

async function goAhead(
  calls: Calls,
  ahead: JournalWrite,
  staged: Staged | null | undefined
): Promise<Outcome<void>> {
  try {
    const said = ahead.mayGoOn(await isUnchanged(calls, ahead.snapshot));
    if (!said.ok) {
      await staged?.discard();
    } else if (staged) {
      await staged.commit();
      // On the disk before the first rename of what it tells: a power cut must not lose what was there.
      await syncDirectory(calls, dirname(ahead.snapshot.real));
    }
    return said;
  } catch (error) {
    await staged?.discard().catch(() => undefined);
    return writeFailed(error, ahead.snapshot.path);
  }
}

/** A file that cannot be looked at any more is not as it was. */
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
