import type { ToolsDeps } from '../tools-deps';
import { readNpmrc } from './npmrc';
import { projectRoot } from './project';

/** One setting as npm sees it, and where it comes from. */
export interface NpmValue {
  readonly key: string;
  readonly value: unknown;
  readonly variable?: string;
  readonly path?: string;
  readonly line?: number;
  /** As it was written, before variables were filled in. */
  readonly raw: unknown;
  /** Its name or value holds a variable, `${NAME}`. */
  readonly expanded?: boolean;
}

/** One place that npm reads. */
export interface NpmLayer {
  readonly kind: 'environment' | 'project' | 'user' | 'global';
  /** By name; of two the later counts. */
  readonly values: ReadonlyMap<string, NpmValue>;
  readonly path?: string;
  /** Where npm's reader breaks. */
  readonly problem?: { readonly line: number };
}

type Env = ToolsDeps['runtime']['env'];

/** npm's variables, in every case and with `_` for `-`; empty ones do not count (`loadEnv` of @npmcli/config). */
export function npmVariables(env: Env): Map<string, NpmValue> {
  const found = new Map<string, NpmValue>();
  for (const [variable, value] of Object.entries(env)) {
    if (!/^npm_config_/i.test(variable) || !value) {
      continue;
    }
    const name = variable.slice('npm_config_'.length);
    const key = name.startsWith('//') ? name : name.replace(/(?!^)_/g, '-').toLowerCase();
    found.set(key, { key, value: filled(value.trim(), env), raw: value, variable });
  }
  return found;
}

/** `${NAME}` filled in; one that is not set stays, `${NAME?}` becomes nothing (env-replace.js). */
export const filled = (text: string, env: Env): string =>
  text.replace(
    /(?<!\\)(\\*)\$\{([^${}?]+)(\?)?\}/g,
    (all: string, escapes: string, name: string, may?: string) =>
      escapes.length % 2 === 1
        ? all.slice((escapes.length + 1) / 2)
        : escapes.slice(escapes.length / 2) + (env[name] ?? (may ? '' : `\${${name}}`))
  );

/** A path as npm takes it: `~/` is the home, and others begin in the folder that npm was called in. */
export function pathOf(text: string, { runtime: { env, home, cwd = '' } }: ToolsDeps): string {
  const path = filled(text.trim(), env).replace(/^~\//, `${env['HOME'] || home}/`);
  return normal(path.startsWith('/') ? path : `${cwd}/${path}`);
}

/** Without `.`, `..` and doubled slashes, as Node's `path.resolve` has it. */
function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') {
      parts.pop();
    } else if (part !== '' && part !== '.') {
      parts.push(part);
    }
  }
  return `/${parts.join('/')}`;
}

/** npm's file of this user: NPM_CONFIG_USERCONFIG, else ~/.npmrc; null when the home is not known. */
export function npmUserFile(deps: ToolsDeps): string | null {
  const named = npmVariables(deps.runtime.env).get('userconfig');
  const home = deps.runtime.env['HOME'] || deps.runtime.home;
  return named ? pathOf(String(named.value), deps) : home ? normal(`${home}/.npmrc`) : null;
}

/**
 * All that npm reads in the folder we were called from, the strongest first.
 * https://docs.npmjs.com/cli/v11/configuring-npm/npmrc#files
 */
export async function npmLayers(deps: ToolsDeps): Promise<NpmLayer[]> {
  const variables = npmVariables(deps.runtime.env);
  const user = npmUserFile(deps);
  const global = variables.get('global');
  const isGlobal = (global && isOn(global)) || variables.get('location')?.value === 'global';
  const projectFile = `${await projectRoot(deps, isGlobal)}/.npmrc`;
  const stronger: NpmLayer[] = [
    { kind: 'environment', values: variables },
    ...(isGlobal || projectFile === user ? [] : [await layerOf(deps, 'project', projectFile)]),
    ...(user === null ? [] : [await layerOf(deps, 'user', user)])
  ];
  const globalFile = await globalConfig(deps, stronger);
  return globalFile === null ? stronger : [...stronger, await layerOf(deps, 'global', globalFile)];
}

/** The strongest value of a setting. npm takes a worthless one as well, and then breaks. */
export const strongest = (layers: readonly NpmLayer[], key: string): NpmValue | undefined =>
  layers.map(({ values }) => values.get(key)).find(value => value !== undefined);

/** `globalconfig`, else `etc/npmrc` in `prefix`, which is beside the first Node.js of PATH: npm starts with that. */
async function globalConfig(deps: ToolsDeps, layers: readonly NpmLayer[]): Promise<string | null> {
  const named = strongest(layers, 'globalconfig');
  if (named) {
    return pathOf(String(named.value), deps);
  }
  const { env } = deps.runtime;
  const prefix = strongest(layers, 'prefix')?.value ?? env['PREFIX'];
  if (prefix) {
    return pathOf(`${String(prefix)}/etc/npmrc`, deps);
  }
  for (const folder of (env['PATH'] ?? '').split(':').filter(one => one.startsWith('/'))) {
    const node = await deps.disk.resolve(`${folder}/node`);
    if (await isFile(deps, node)) {
      return normal(`${node}/../../etc/npmrc`);
    }
  }
  return null;
}

/** Whether something stands there that is no folder: a program may be too large to be read. */
async function isFile(deps: ToolsDeps, path: string): Promise<boolean> {
  const read = await deps.disk.read(path);
  return read.ok ? read.value.file !== null : !(await deps.disk.isFolder(path));
}

async function layerOf(deps: ToolsDeps, kind: NpmLayer['kind'], path: string): Promise<NpmLayer> {
  const { env } = deps.runtime;
  const read = await deps.disk.read(path);
  // npm takes what is not UTF-8 for a replacement character and reads on.
  const npmrc =
    read.ok && read.value.file ? readNpmrc(Buffer.from(read.value.file.bytes).toString('utf8')) : null;
  if (!npmrc?.ok) {
    const problem = npmrc?.problem;
    return { kind, path, values: new Map(), ...(problem && { problem: { line: problem.line } }) };
  }
  const values = new Map<string, NpmValue>();
  for (const { key: raw, adds, value: given, line } of npmrc.value.settings) {
    const key = filled(raw, env);
    const value = typeof given === 'string' ? filled(given.trim(), env) : given;
    const before = values.get(key)?.value;
    const expanded = key !== raw || value !== given;
    const list = adds ? (before === undefined ? [] : [before].flat()) : before;
    const now = Array.isArray(list) ? [...(list as unknown[]), value] : value;
    values.set(key, { key, value: now, raw: given, path, line: line.number, ...(expanded && { expanded }) });
  }
  return { kind, path, values };
}

/**
 * Whether a switch is on. npm makes its options before it checks them, so that even `0` and `no` are on; a switch
 * alone, or with nothing behind it, is on as well (parse-field.js).
 */
export const isOn = ({ raw, value }: Pick<NpmValue, 'raw' | 'value'>): boolean =>
  typeof raw === 'string' ? !/^(false|null|undefined)$/.test(raw.trim()) : Boolean(value);
