import { PageConfig, PathExt } from '@jupyterlab/coreutils';
import type { File } from '../../protocol/file';
import { type Tool, TOOLS, toolTitle } from '../../protocol/tools';
import type { Trans } from '../ui/trans';
import { plain } from '../ui/trans';

/** The title of a file's row: the tool that reads it. */
export function fileTitle(trans: Trans, file: File): string {
  switch (file.tool) {
    case 'netrc':
      return trans.__('Token file');
    default:
      return file.scope === 'user'
        ? toolTitle(file.tool)
        : trans.__('%1, %2', toolTitle(file.tool), file.scope);
  }
}

/** The package tools that are set up neither in the settings nor in a file. */
export const missingTools = (tools: readonly string[], files: readonly File[]): Tool[] =>
  TOOLS.filter(tool => !tools.includes(tool) && !files.some(file => file.tool === tool));

/** The user's home: the folder of the token file, or what looks like a home in a path; empty when there is none. */
export const homeOf = (files: readonly File[]): string =>
  files.map(file => /^(.+)\/[._]netrc$/.exec(file.path)?.[1]).find(Boolean) ??
  files.map(file => /^(?:\/(?:home|Users)\/[^/]+|\/root)(?=\/)/.exec(file.path)?.[0]).find(Boolean) ??
  '';

/** `/home/me/.netrc` as `~/.netrc`. */
export const shortPath = (path: string, home: string): string =>
  home !== '' && path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;

/** The second line of a file's row: its path, and what is notable about it. */
export function fileDetail(trans: Trans, file: File, home: string): string {
  const path = shortPath(file.path, home);
  if (file.shadowedBy.length) {
    return trans.__('%1, overridden by %2', path, plain(file.shadowedBy[0]));
  }
  const privately = file.mode === '0600' || file.mode === '600';
  return file.tool === 'netrc' && privately ? trans.__('%1, readable by you only', path) : path;
}

const ORDER: readonly File['tool'][] = [...TOOLS, 'netrc'];

/** Sorted: first the tools, then the file that holds their token. */
export const inOrder = (files: readonly File[]): File[] =>
  [...files].sort((a, b) => ORDER.indexOf(a.tool) - ORDER.indexOf(b.tool));

/**
 * The path by which JupyterLab can open a file of the server: relative to the server's root. Null outside of the root
 * and for hidden files, which jupyter_server does not serve unless `allow_hidden` is set.
 */
export function contentsPath(path: string, root: string = PageConfig.getOption('serverRoot')): string | null {
  const home = /^(\/(?:home|Users)\/[^/]+|\/root)(?=\/|$)/.exec(path)?.[1] ?? '';
  const base = root.startsWith('~') && home ? home + root.slice(1) : root;
  if (!base || !path.startsWith(base.replace(/\/$/, '') + '/')) {
    return null;
  }
  const relative = PathExt.relative(base, path);
  return relative.split('/').some(part => part.startsWith('.')) ? null : relative;
}
