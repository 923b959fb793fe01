import type { File } from '../../protocol/file';
import type { Trans } from '../ui/trans';
import { plain } from '../ui/trans';

/** A file's row: which tool it is for, and what is to be known about it. */
export function fileTitle(trans: Trans, file: File): string {
  switch (file.tool) {
    case 'netrc':
      return trans.__('Token file');
    default:
      return file.scope === 'user' ? file.tool : trans.__('%1, %2', file.tool, file.scope);
  }
}

/** The user's home: where the token file lies, as pip and uv look for it; else what the path looks like. */
export const homeOf = (files: readonly File[]): string =>
  files.map(file => /^(.+)\/[._]netrc$/.exec(file.path)?.[1]).find(Boolean) ??
  files.map(file => /^(?:\/(?:home|Users)\/[^/]+|\/root)(?=\/)/.exec(file.path)?.[0]).find(Boolean) ??
  '';

/** `/home/me/.netrc` as `~/.netrc`. */
export const shortPath = (path: string, home: string): string =>
  home !== '' && path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;

export function fileDetail(trans: Trans, file: File, home: string): string {
  const path = shortPath(file.path, home);
  if (file.shadowedBy.length) {
    return trans.__('%1, overridden by %2', path, plain(file.shadowedBy[0]));
  }
  const privately = file.mode === '0600' || file.mode === '600';
  return file.tool === 'netrc' && privately ? trans.__('%1, readable by you only', path) : path;
}

const ORDER: readonly File['tool'][] = ['pip', 'uv', 'twine', 'netrc'];

/** The tools first, then the file that holds their token. */
export const inOrder = (files: readonly File[]): File[] =>
  [...files].sort((a, b) => ORDER.indexOf(a.tool) - ORDER.indexOf(b.tool));
