import type { File } from '../../protocol/file';
import type { Trans } from './trans';
import { plain } from './trans';

/** A file's row: which tool it is for, and what is to be known about it. */
export function fileTitle(trans: Trans, file: File): string {
  switch (file.tool) {
    case 'netrc':
      return trans.__('Token file');
    default:
      return file.scope === 'user' ? file.tool : trans.__('%1, %2', file.tool, file.scope);
  }
}

/** `/home/me/.netrc` as `~/.netrc`, where the home can be told from the path. */
export const shortPath = (path: string): string =>
  path.replace(/^\/(?:home|Users)\/[^/]+(?=\/)|^\/root(?=\/)/, '~');

export function fileDetail(trans: Trans, file: File): string {
  const path = shortPath(file.path);
  if (file.shadowedBy.length) {
    return trans.__('%1, but %2 wins', path, plain(file.shadowedBy[0]));
  }
  const privately = file.mode === '0600' || file.mode === '600';
  return file.tool === 'netrc' && privately ? trans.__('%1, readable by you only', path) : path;
}
