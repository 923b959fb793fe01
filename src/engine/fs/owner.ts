import { dirname } from 'node:path';
import { type Calls, orNull } from './fs-calls';
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

const inside = (path: string, folder: string): boolean =>
  folder !== '' && `${path}/`.startsWith(`${folder.replace(/\/$/, '')}/`);

/** Whose home it is, when root writes in somebody else's; null otherwise. */
async function foreignHome(calls: Calls, path: string, home: string): Promise<Owner | null> {
  if (me().uid !== 0 || !inside(path, home)) {
    return null;
  }
  const folder = await orNull(calls.stat(home));
  return folder && folder.uid !== 0 ? { uid: folder.uid, gid: folder.gid } : null;
}

/**
 * Who a written file must belong to: whoever had it, else (for root in a user's home) whoever owns
 * the home. Null when that is whoever runs, so that nothing needs to be done.
 */
export async function ownerOf(calls: Calls, snapshot: Snapshot, home: string): Promise<Owner | null> {
  const { uid, gid } = me();
  if (snapshot.file) {
    return snapshot.file.uid === uid && snapshot.file.gid === gid ? null : snapshot.file;
  }
  return foreignHome(calls, snapshot.path, home);
}

/**
 * Throws when a file says that it does not want to be written: a rename would replace it all the
 * same. The codes that begin with `E` and no errno are ours (fault.ts has their words).
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
  if (file && uid !== 0 && file.uid !== uid) {
    throw refused('EOWNER');
  }
  // Root in a user's home goes only where the user may write anyway: a link to /etc must not make
  // root write there. (stat follows links in the folder's path as well.)
  const user = await foreignHome(calls, path, home);
  if (user) {
    const folder = await nearest(calls, dirname(real));
    const linked = file && real !== path && file.uid !== user.uid;
    if (linked || folder.uid !== user.uid) {
      throw refused('ELINK');
    }
  }
}

/** The nearest folder of a path that is there. */
async function nearest(calls: Calls, path: string): Promise<{ uid: number }> {
  for (let at = path; ; at = dirname(at)) {
    const found = await orNull(calls.stat(at));
    if (found || at === dirname(at)) {
      return found ?? { uid: 0 };
    }
  }
}
