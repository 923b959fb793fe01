import { failed } from '../core/failure';
import type { Cause } from '../core/failure';
import { codeOf } from './fs-calls';

// open(2), rename(2), fsync(2): what each code means for a person who wants the file written.
const MEANING: Record<string, [Cause, string]> = {
  ENOSPC: ['disk_full', 'the disk is full'],
  EDQUOT: ['disk_full', 'your disk quota is used up'],
  EFBIG: ['disk_full', 'the file would be larger than allowed'],
  EACCES: ['not_writable', 'permission is denied'],
  EPERM: ['not_writable', 'the operation is not permitted'],
  EROFS: ['not_writable', 'the file system is read-only'],
  EBUSY: ['not_writable', 'the file is mounted by itself, so it cannot be replaced'],
  EXDEV: ['not_writable', 'the file system cannot rename a new file over it'],
  ETXTBSY: ['not_writable', 'the file is in use'],
  EISDIR: ['file_unreadable', 'a folder stands where a file was expected'],
  ENOTDIR: ['not_writable', 'a file stands where a folder was expected'],
  EEXIST: ['not_writable', 'something stands there already'],
  ELOOP: ['file_unreadable', 'its symbolic links lead in a circle'],
  ENAMETOOLONG: ['file_unreadable', 'its path is too long'],
  ESTALE: ['file_unreadable', 'the network file system lost it'],
  EIO: ['file_unreadable', 'the disk reported an error'],
  EMFILE: ['file_unreadable', 'too many files are open'],
  ENFILE: ['file_unreadable', 'too many files are open'],
  // Ours (owner.ts, snapshot.ts)
  EREADONLY: ['not_writable', 'it is read-only'],
  EOWNER: ['not_writable', 'it belongs to another user'],
  ELINK: ['not_writable', 'its path leads to a place of another user'],
  ENOTFILE: ['file_unreadable', 'it is not a regular file']
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
  const [cause, words] = MEANING[code] ?? ['file_unreadable', `the system reported ${code}`];
  return failed('write_failed', cause, `${path} could not be written: ${words}. Nothing was changed.`, {
    path,
    code
  });
}

/** The same for a call that only read. */
export function readFailed(error: unknown, path: string) {
  const code = codeOf(error);
  if (!code) {
    throw error;
  }
  const words = MEANING[code]?.[1] ?? `the system reported ${code}`;
  return failed(
    'write_failed',
    'file_unreadable',
    `${path} could not be read: ${words}. Nothing was changed.`,
    {
      path,
      code
    }
  );
}

/** A file that is not any more as it was read, so that nothing was written. */
export const fileChanged = (path: string) =>
  failed('write_failed', 'file_changed', `${path} was changed by somebody else meanwhile.`, { path });
