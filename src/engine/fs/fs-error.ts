import { type Cause, failed } from '../core/failure';
import { codeOf } from './fs-calls';

type FileCause = Extract<Cause, 'disk_full' | 'not_writable' | 'file_unreadable'>;

// open(2), rename(2), fsync(2); the words of each code stand in protocol/messages/files.ts.
const CAUSES: Readonly<Record<string, FileCause>> = {
  ENOSPC: 'disk_full',
  EDQUOT: 'disk_full',
  EFBIG: 'disk_full',
  EACCES: 'not_writable',
  EPERM: 'not_writable',
  EROFS: 'not_writable',
  EBUSY: 'not_writable',
  EXDEV: 'not_writable',
  ETXTBSY: 'not_writable',
  EISDIR: 'file_unreadable',
  ENOTDIR: 'not_writable',
  EEXIST: 'not_writable',
  ELOOP: 'file_unreadable',
  ENAMETOOLONG: 'file_unreadable',
  ESTALE: 'file_unreadable',
  EIO: 'file_unreadable',
  EMFILE: 'file_unreadable',
  ENFILE: 'file_unreadable',
  // Ours (owner.ts, snapshot.ts)
  EREADONLY: 'not_writable',
  EOWNER: 'not_writable',
  ELINK: 'not_writable',
  ENOTFILE: 'file_unreadable'
};

/** A failed file-system call as data. Nothing was changed, or what was has been put back. */
export function writeFailed(error: unknown, path: string) {
  const code = codeOf(error);
  if (!code) {
    throw error;
  }
  if (code === 'ENOENT') {
    // Folders and temporary files that were there a moment ago: somebody else has removed them.
    return fileChanged(path);
  }
  return failed(CAUSES[code] ?? 'file_unreadable', { path, code, access: 'write' });
}

/** The same for a call that only read. */
export function readFailed(error: unknown, path: string) {
  const code = codeOf(error);
  if (!code) {
    throw error;
  }
  return failed('file_unreadable', { path, code, access: 'read' });
}

/** A file that is not any more as it was read, so that nothing was written. */
export const fileChanged = (path: string) => failed('file_changed', { path });
