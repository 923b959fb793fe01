import type { Settings } from '../../protocol/settings';
import { done, failed, type Outcome } from '../core/failure';
import type { ToolsDeps } from './tools-deps';

const join = (...parts: string[]): string => parts.join('/').replace(/\/{2,}/g, '/');

const noHome = failed('no_home', { variable: 'HOME' });

const inHome = (deps: ToolsDeps, ...parts: string[]): Outcome<string> =>
  deps.runtime.home ? done(join(deps.runtime.home, ...parts)) : noHome;

/** `~` as Python's os.path.expanduser takes it, for the one form people write. */
const expand = (deps: ToolsDeps, path: string): string =>
  path.startsWith('~/') && deps.runtime.home ? join(deps.runtime.home, path.slice(2)) : path;

/** XDG_CONFIG_HOME, or ~/.config when it is unset or blank (platformdirs). */
export const configHome = (deps: ToolsDeps): Outcome<string> => {
  const xdg = deps.runtime.env['XDG_CONFIG_HOME'] ?? '';
  return xdg.trim() ? done(xdg) : inHome(deps, '.config');
};

/** pip's per-user file. https://pip.pypa.io/en/stable/topics/configuration/#location */
export async function pipUserFile(deps: ToolsDeps): Promise<Outcome<string>> {
  if (deps.runtime.platform === 'darwin') {
    const library = inHome(deps, 'Library/Application Support/pip');
    if (library.ok && (await deps.disk.isFolder(library.value))) {
      return done(join(library.value, 'pip.conf'));
    }
    return inHome(deps, '.config/pip/pip.conf');
  }
  const home = configHome(deps);
  return home.ok ? done(join(home.value, 'pip/pip.conf')) : home;
}

export const pipLegacyFile = (deps: ToolsDeps): Outcome<string> => inHome(deps, '.pip/pip.conf');

/** pip's machine-wide files, the weakest first. */
export function pipGlobalFiles(deps: ToolsDeps): string[] {
  const root = deps.systemRoot ?? '';
  if (deps.runtime.platform === 'darwin') {
    return [`${root}/Library/Application Support/pip/pip.conf`];
  }
  const dirs = deps.runtime.env['XDG_CONFIG_DIRS'] ?? '';
  return [
    ...(dirs.trim() ? dirs.split(':') : [`${root}/etc/xdg`]).map(dir => join(dir, 'pip/pip.conf')),
    `${root}/etc/pip.conf`
  ];
}

export const pipSiteFile = (deps: ToolsDeps): string | null =>
  deps.pythonPrefix ? join(deps.pythonPrefix, 'pip.conf') : null;

/** The pip file that a scope writes. */
export async function pipFile(deps: ToolsDeps, scope: Settings['scope']): Promise<Outcome<string>> {
  switch (scope) {
    case 'user':
      return pipUserFile(deps);
    case 'global':
      return done(pipGlobalFiles(deps).at(-1)!);
    case 'site': {
      const site = pipSiteFile(deps);
      return site
        ? done(site)
        : failed('invalid_settings', {
            message: 'The scope "site" needs a Python environment, and none is known.',
            setting: 'scope'
          });
    }
  }
}

/**
 * The netrc that pip (requests) and uv read: NETRC alone when it is set, else ~/.netrc, else ~/_netrc.
 * A new ~/.netrc beside an existing ~/_netrc would hide the latter from pip.
 * https://github.com/psf/requests/blob/main/src/requests/utils.py (`get_netrc_auth`)
 */
export async function netrcFile(deps: ToolsDeps): Promise<Outcome<string>> {
  const named = deps.runtime.env['NETRC'];
  if (named) {
    return done(expand(deps, named));
  }
  const usual = inHome(deps, '.netrc');
  const other = inHome(deps, '_netrc');
  if (!usual.ok || !other.ok) {
    return usual;
  }
  const [first, second] = await Promise.all([deps.disk.read(usual.value), deps.disk.read(other.value)]);
  return first.ok && !first.value.file && second.ok && second.value.file ? other : usual;
}

/** uv.toml of this user. uv passes over an XDG_CONFIG_HOME that is not absolute (etcetera's Xdg). */
export const uvFile = (deps: ToolsDeps): Outcome<string> => {
  const xdg = deps.runtime.env['XDG_CONFIG_HOME'] ?? '';
  return xdg.startsWith('/') ? done(join(xdg, 'uv/uv.toml')) : inHome(deps, '.config/uv/uv.toml');
};

export const pypircFile = (deps: ToolsDeps): Outcome<string> => inHome(deps, '.pypirc');
