import { PageConfig, PathExt } from '@jupyterlab/coreutils';

/**
 * Where JupyterLab sees a file of the server: its path below the server's root, or null for what lies
 * outside of it or behind a dot (jupyter_server hides such files unless `allow_hidden` is set).
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
