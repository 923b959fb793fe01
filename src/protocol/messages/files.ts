import { cause } from './cause';
import type { Evidence } from './evidence';
import { said, sentences, type Trans } from './trans';

/** What each code of open(2), rename(2) and fsync(2) means for a person who wants the file written. */
function fileProblem(code: string | undefined, trans: Trans): string {
  switch (code) {
    case 'ENOSPC':
      return trans.__('the disk is full');
    case 'EDQUOT':
      return trans.__('your disk quota is used up');
    case 'EFBIG':
      return trans.__('the file would be larger than allowed');
    case 'EACCES':
      return trans.__('permission is denied');
    case 'EPERM':
      return trans.__('the operation is not permitted');
    case 'EROFS':
      return trans.__('the file system is read-only');
    case 'EBUSY':
      return trans.__('the file is mounted by itself, so it cannot be replaced');
    case 'EXDEV':
      return trans.__('the file system cannot rename a new file over it');
    case 'ETXTBSY':
      return trans.__('the file is in use');
    case 'EISDIR':
      return trans.__('a folder stands where a file was expected');
    case 'ENOTDIR':
      return trans.__('a file stands where a folder was expected');
    case 'EEXIST':
      return trans.__('something stands there already');
    case 'ELOOP':
      return trans.__('its symbolic links lead in a circle');
    case 'ENAMETOOLONG':
      return trans.__('its path is too long');
    case 'ESTALE':
      return trans.__('the network file system lost it');
    case 'EIO':
      return trans.__('the disk reported an error');
    case 'EMFILE':
    case 'ENFILE':
      return trans.__('too many files are open');
    // Ours (owner.ts, snapshot.ts)
    case 'EREADONLY':
      return trans.__('it is read-only');
    case 'EOWNER':
      return trans.__('it belongs to another user');
    case 'ELINK':
      return trans.__('its path leads to a place of another user');
    case 'ENOTFILE':
      return trans.__('it is not a regular file');
    default:
      return trans.__('the system reported %1', code ?? '?');
  }
}

const unchanged = (trans: Trans): string => trans.__('Nothing was changed.');

const headline = (e: Evidence, trans: Trans): string =>
  e.path === undefined
    ? trans.__('pip’s files were left unchanged')
    : trans.__('%1 was left unchanged', e.path.split('/').pop() ?? e.path);

const notPutBack = (e: Evidence, trans: Trans): string =>
  trans.__('This file could not be put back: %1.', (e.notPutBack ?? []).join(', '));

const failedCall = (e: Evidence & { readonly path: string }, trans: Trans): string =>
  sentences(
    e.access === 'read'
      ? trans.__('`%1` could not be read: %2.', e.path, fileProblem(e.code, trans))
      : trans.__('`%1` could not be written: %2.', e.path, fileProblem(e.code, trans)),
    e.notPutBack === undefined ? unchanged(trans) : notPutBack(e, trans)
  );

const partly = (e: Evidence, trans: Trans): string =>
  e.notPutBack === undefined ? headline(e, trans) : trans.__('Not all files could be put back');

const CALL = ['access', 'code', 'notPutBack'] as const;

/** Package tools' files and our own. */
export const FILE_CAUSES = {
  file_unreadable: cause({
    verdict: 'write_failed',
    needs: ['path', 'code'],
    may: CALL,
    headline: partly,
    sentence: failedCall
  }),
  not_writable: cause({
    verdict: 'write_failed',
    needs: ['path', 'code'],
    may: CALL,
    headline: partly,
    sentence: failedCall
  }),
  disk_full: cause({
    verdict: 'write_failed',
    needs: ['path', 'code'],
    may: CALL,
    headline: partly,
    sentence: failedCall
  }),
  /** A file that its own reader refuses. */
  file_unparsable: cause({
    verdict: 'write_failed',
    needs: ['path', 'line', 'what', 'fix', 'reader'],
    may: ['excerpt'],
    headline,
    sentence: (e, trans) =>
      trans.__(
        'Line %1 is not valid, so %2 cannot read the file either. Nothing was changed.',
        e.line,
        e.reader
      ),
    detail: (e, trans) => trans.__('Line %1 of `%2`: %3.', e.line, e.path, e.what)
  }),
  /** A file of ours that is not JSON. */
  record_damaged: cause({
    verdict: 'write_failed',
    needs: ['path'],
    headline,
    sentence: (e, trans) => trans.__('`%1` is damaged. Nothing was changed.', e.path)
  }),
  file_changed: cause({
    verdict: 'write_failed',
    needs: ['path'],
    headline,
    sentence: (e, trans) =>
      trans.__('`%1` was changed by another program in the meantime. Nothing was changed here.', e.path)
  }),
  locked: cause({
    verdict: 'write_failed',
    needs: ['path'],
    sentence: (_, trans) =>
      trans.__('Another process of this extension is writing the files. Nothing was changed here.'),
    detail: (e, trans) => trans.__('Lock or record: `%1`.', e.path)
  }),
  /** A package tool is kept from the connection, or cannot install, by something else that it reads; `trouble` is the sentence. */
  tool_shadowed: cause({
    verdict: 'write_failed',
    needs: ['trouble'],
    may: ['path', 'line'],
    headline: (_, trans) => trans.__('A package tool cannot use the connection'),
    label: trans => trans.__('not in use'),
    sentence: (e, trans) => said(e.trouble, trans)
  }),
  /** The same by credentials that the index refuses. */
  tool_login_refused: cause({
    verdict: 'expired_credentials',
    needs: ['trouble'],
    may: ['path', 'line'],
    headline: (_, trans) => trans.__('The index refuses a password'),
    label: trans => trans.__('refused'),
    sentence: (e, trans) => said(e.trouble, trans)
  }),
  /** The token that stands in the package tools' files. */
  stored_token_ended: cause({
    verdict: 'expired_credentials',
    needs: ['expiresAt'],
    headline: (_, trans) => trans.__('The token has ended'),
    sentence: (e, trans) =>
      trans.__(
        'The token in the package tools’ files ended at %1: the index refuses it until it is renewed.',
        e.expiresAt
      )
  }),
  no_home: cause({
    verdict: 'write_failed',
    needs: ['variable'],
    who: 'platform team',
    sentence: (e, trans) =>
      trans.__('The home directory is not known: `%1` is not set. Nothing was changed.', e.variable)
  })
};
