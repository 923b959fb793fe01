import { dirname } from 'node:path';
import { type Calls, orNull } from './calls';
import type { Snapshot } from './snapshot';

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

const W_OK = 2;
const OWNER_MAY_WRITE = 0o200;

const refused = (code: string) => Object.assign(new Error(code), { code });

/** Who runs; root may be writing for somebody else (a lifecycle script, `--user NAME`). */
const me = (): Owner => ({ uid: process.geteuid?.() ?? -1, gid: process.getegid?.() ?? -1 });

/**
 * Who a written file must belong to: whoever had it, else (for root) whoever owns the nearest
 * folder inside the home. Null when that is whoever runs, so that nothing needs to be done.
 */
export async function ownerOf(calls: Calls, snapshot: Snapshot, home: string): Promise<Owner | null> {
  const { uid, gid } = me();
  if (snapshot.file) {
    return snapshot.file.uid === uid && snapshot.file.gid === gid ? null : snapshot.file;
  }
  if (uid !== 0 || !home || !`${snapshot.path}/`.startsWith(`${home.replace(/\/$/, '')}/`)) {
    return null;
  }
  const folder = await orNull(calls.stat(home));
  return folder && folder.uid !== 0 ? { uid: folder.uid, gid: folder.gid } : null;
}

/**
 * Throws when a file says that it does not want to be written: a rename would replace it all the
 * same. The code `EREADONLY` is ours.
 */
export async function mayWrite(calls: Calls, snapshot: Snapshot, home: string): Promise<void> {
  const { file, real, path } = snapshot;
  if (file) {
    if (!(file.mode & OWNER_MAY_WRITE)) {
      throw refused('EREADONLY');
    }
    await calls.access(real, W_OK);
  }
  const { uid } = me();
  if (uid !== 0) {
    if (file && file.uid !== uid) {
      throw refused('EOWNER');
    }
    return;
  }
  // Root in a user's home follows that user's links only to what the user owns anyway.
  const folder = home ? await orNull(calls.stat(home)) : null;
  if (folder && folder.uid !== 0 && real !== path) {
    const target = file ?? (await orNull(calls.stat(dirname(real))));
    if (target && target.uid !== folder.uid) {
      throw refused('ELINK');
    }
  }
}
