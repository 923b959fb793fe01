import type { File } from '../../../protocol/file';
import { decodeUtf8 } from '../../pure/text/decode';
import { type PipValue, readPipConfig } from '../../pure/text/pip-config';
import type { Problem } from '../../pure/text/problem';
import { pipGlobalFiles, pipLegacyFile, pipSiteFile, pipUserFile } from './paths';
import type { ToolsDeps } from './target';

/** One configuration file that pip loads. */
export interface Layer {
  readonly path: string;
  readonly scope: File['scope'];
  readonly mode: number;
  readonly values: ReadonlyMap<string, PipValue>;
  /** Why pip stops at this file, for every command. */
  readonly problem?: Problem;
}

/** A file that pip would load if a variable did not keep it from that. */
export interface Layers {
  /** The weakest first. */
  readonly loaded: readonly Layer[];
  readonly skipped: readonly Layer[];
}

/**
 * The files pip loads, in its order: global < user (legacy, then new) < site < PIP_CONFIG_FILE.
 * An existing PIP_CONFIG_FILE keeps the user's files out; /dev/null keeps all out.
 * https://github.com/pypa/pip/blob/main/src/pip/_internal/configuration.py (`iter_config_files`)
 */
export async function pipLayers(deps: ToolsDeps): Promise<Layers> {
  const named = deps.world.env['PIP_CONFIG_FILE'];
  const user = await pipUserFile(deps);
  const legacy = pipLegacyFile(deps);
  const load = async (paths: readonly string[], scope: File['scope']): Promise<Layer[]> =>
    (await Promise.all(paths.map(path => layer(deps, path, scope)))).filter(l => l !== null);
  const [globals, users, sites, environment] = await Promise.all([
    load(pipGlobalFiles(deps), 'global'),
    load(
      [legacy, user].flatMap(p => (p.ok ? [p.value] : [])),
      'user'
    ),
    load(siteFiles(deps), 'site'),
    load(named && named !== '/dev/null' ? [named] : [], 'environment')
  ]);
  if (named === '/dev/null') {
    return { loaded: [], skipped: [...globals, ...users, ...sites] };
  }
  return environment.length > 0
    ? { loaded: [...globals, ...sites, ...environment], skipped: users }
    : { loaded: [...globals, ...users, ...sites], skipped: [] };
}

/** The site files of every environment we know of: each has its own pip. */
function siteFiles(deps: ToolsDeps): string[] {
  const { VIRTUAL_ENV, CONDA_PREFIX } = deps.world.env;
  const others = [VIRTUAL_ENV, CONDA_PREFIX].flatMap(prefix => (prefix ? [`${prefix}/pip.conf`] : []));
  return [...new Set([...others, ...[pipSiteFile(deps)].filter(p => p !== null)])];
}

async function layer(deps: ToolsDeps, path: string, scope: File['scope']): Promise<Layer | null> {
  const read = await deps.disk.read(path);
  if (!read.ok || !read.value.file) {
    return null;
  }
  const base = { path, scope, mode: read.value.file.mode };
  const text = decodeUtf8(read.value.file.bytes);
  const values = text.ok ? readPipConfig(text.value) : text;
  return values.ok
    ? { ...base, values: values.value }
    : { ...base, values: new Map(), problem: values.problem };
}
