import type { File } from '../../../protocol/file';
import { decodeUtf8 } from '../text/decode';
import { type PipValue, readPipConfig } from './config';
import { atLeast, type InstalledPip } from './installed-pip';
import { exists } from './os-path';
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

/** The files that pip loads, and those that PIP_CONFIG_FILE keeps it from. */
export interface Layers {
  /** The weakest first. */
  readonly loaded: readonly Layer[];
  readonly skipped: readonly Layer[];
}

/**
 * The files that the pip of one environment (`deps.pythonPrefix`) loads, in its order: global < user (legacy, then new) < site < PIP_CONFIG_FILE.
 * A PIP_CONFIG_FILE that exists, be it a folder, keeps the user's files out; /dev/null, spelled so, keeps all out.
 * https://github.com/pypa/pip/blob/main/src/pip/_internal/configuration.py (`iter_config_files`, `_load_config_files`)
 */
export async function pipLayers(deps: ToolsDeps, { pip }: InstalledPip): Promise<Layers> {
  const named = deps.runtime.env['PIP_CONFIG_FILE'] ?? '';
  const path = named === '' || named.startsWith('/') ? named : `${deps.runtime.cwd ?? ''}/${named}`;
  const user = await pipUserFile(deps);
  const legacy = pipLegacyFile(deps);
  const site = pipSiteFile(deps);
  const oneSpelling = atLeast(pip, 26, 3);
  const load = async (paths: readonly string[], scope: File['scope']): Promise<Layer[]> =>
    (await Promise.all(paths.map(path => layer(deps, path, scope, oneSpelling)))).filter(l => l !== null);
  const [globals, users, sites, environment, namedExists] = await Promise.all([
    load(pipGlobalFiles(deps), 'global'),
    load(
      [legacy, user].flatMap(p => (p.ok ? [p.value] : [])),
      'user'
    ),
    load(site ? [site] : [], 'site'),
    load(path && named !== '/dev/null' ? [path] : [], 'environment'),
    path !== '' && exists(deps, path)
  ]);
  if (named === '/dev/null') {
    return { loaded: [], skipped: [...globals, ...users, ...sites] };
  }
  const onlyNamed = namedExists;
  const loaded = [...globals, ...(onlyNamed ? [] : users), ...sites, ...environment];
  return { loaded: once(loaded, pip), skipped: onlyNamed ? users : [] };
}

/** A file that is loaded in two places has the first one's rank since pip 25.2, which keeps values by file, and the last one's before. */
function once(loaded: readonly Layer[], pip: InstalledPip['pip']): Layer[] {
  return loaded.filter((layer, i) => {
    const same = (other: Layer) => other.path === layer.path;
    return atLeast(pip, 25, 2) ? loaded.findIndex(same) === i : loaded.findLastIndex(same) === i;
  });
}

/** Null for a file that is not there, and for one that cannot be opened: Python's configparser passes over both. */
async function layer(
  deps: ToolsDeps,
  path: string,
  scope: File['scope'],
  oneSpelling: boolean
): Promise<Layer | null> {
  const read = await deps.disk.read(path);
  if (!read.ok || !read.value.file) {
    return null;
  }
  const text = decodeUtf8(read.value.file.bytes);
  const plain = text.ok && !/^[^\S\r\n\u2028\u2029]*[#;]|^\[DEFAULT\]/m.test(text.value);
  const base = { path, scope, mode: read.value.file.mode, plain };
  const values = text.ok ? readPipConfig(text.value, oneSpelling) : text;
  return values.ok
    ? { ...base, values: values.value }
    : { ...base, values: new Map(), problem: values.problem };
}
