import type { File } from '../../../protocol/file';
import { decodeUtf8 } from '../text/decode';
import { type PipValue, readPipConfig } from './config';
import type { ParseProblem } from '../text/parse-result';
import { pipGlobalFiles, pipLegacyFile, pipSiteFile, pipUserFile } from '../paths';
import type { ToolsDeps } from '../tools-deps';

/** One configuration file that pip loads. */
export interface Layer {
  readonly path: string;
  readonly scope: File['scope'];
  readonly mode: number;
  readonly values: ReadonlyMap<string, PipValue>;
  /** `pip config unset` writes the whole file anew, as Python's configparser: without its comments. */
  readonly plain: boolean;
  /** Why pip stops at this file, for every command. */
  readonly problem?: ParseProblem;
}

/** A file that pip would load if a variable did not keep it from that. */
export interface Layers {
  /** The weakest first. */
  readonly loaded: readonly Layer[];
  readonly skipped: readonly Layer[];
}

/**
 * The files that the pip of one environment (`deps.pythonPrefix`) loads, in its order: global < user (legacy, then new) < site < PIP_CONFIG_FILE.
 * An existing PIP_CONFIG_FILE keeps the user's files out; /dev/null keeps all out.
 * https://github.com/pypa/pip/blob/main/src/pip/_internal/configuration.py (`iter_config_files`)
 */
export async function pipLayers(deps: ToolsDeps): Promise<Layers> {
  const named = deps.runtime.env['PIP_CONFIG_FILE'];
  const user = await pipUserFile(deps);
  const legacy = pipLegacyFile(deps);
  const site = pipSiteFile(deps);
  const load = async (paths: readonly string[], scope: File['scope']): Promise<Layer[]> =>
    (await Promise.all(paths.map(path => layer(deps, path, scope)))).filter(l => l !== null);
  const [globals, users, sites, environment] = await Promise.all([
    load(pipGlobalFiles(deps), 'global'),
    load(
      [legacy, user].flatMap(p => (p.ok ? [p.value] : [])),
      'user'
    ),
    load(site ? [site] : [], 'site'),
    load(named && named !== '/dev/null' ? [named] : [], 'environment')
  ]);
  if (named === '/dev/null') {
    return { loaded: [], skipped: [...globals, ...users, ...sites] };
  }
  return environment.length > 0
    ? { loaded: [...globals, ...sites, ...environment], skipped: users }
    : { loaded: [...globals, ...users, ...sites], skipped: [] };
}

async function layer(deps: ToolsDeps, path: string, scope: File['scope']): Promise<Layer | null> {
  const read = await deps.disk.read(path);
  if (!read.ok || !read.value.file) {
    return null;
  }
  const text = decodeUtf8(read.value.file.bytes);
  const plain = text.ok && !/^[^\S\r\n\u2028\u2029]*[#;]|^\[DEFAULT\]/m.test(text.value);
  const base = { path, scope, mode: read.value.file.mode, plain };
  const values = text.ok ? readPipConfig(text.value) : text;
  return values.ok
    ? { ...base, values: values.value }
    : { ...base, values: new Map(), problem: values.problem };
}
