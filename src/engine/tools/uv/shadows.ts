import type { Settings } from '../../../protocol/settings';
import { redactUrl, sameIndex } from '../text/url-credentials';
import { words } from '../../core/python-whitespace';
import type { Shadow } from '../shadow';
import type { ToolsDeps } from '../tools-deps';
import {
  indexesOf,
  lineOf,
  readToml,
  tableOf,
  type UvFile,
  uvFiles,
  type UvIndexSetting
} from './configuration';

/** The variables with an index that wins over every file, the strongest first. */
const DEFAULTS = ['UV_DEFAULT_INDEX', 'UV_INDEX_URL'] as const;
const OTHERS = ['UV_INDEX', 'UV_EXTRA_INDEX_URL'] as const;

// `name=url` names it; https://docs.astral.sh/uv/concepts/indexes/
const NAMED = /^([\w.-]+)=/;

// clap's boolish values; others stop uv.
const ON = /^(1|true|t|yes|y|on)$/i;
const BOOLISH = /^(1|true|t|yes|y|on|0|false|f|no|n|off)$/i;

/** What uv takes: every index in its order, and what stops it. */
export interface UvEffective {
  /** Undefined: PyPI. */
  readonly default?: UvIndexSetting;
  /** Those that are asked before the default. */
  readonly others: readonly UvIndexSetting[];
  /** What keeps uv from every index, whatever they are. */
  readonly stopped: readonly Shadow[];
}

/**
 * What uv will really take for `uv pip install`. `uv pip install --show-settings` tells the same.
 * https://docs.astral.sh/uv/concepts/configuration-files/ and https://docs.astral.sh/uv/reference/environment/
 */
export async function uvEffective(deps: ToolsDeps): Promise<UvEffective> {
  const { env } = deps.runtime;
  const stopped: Shadow[] = [];
  for (const variable of ['UV_NO_CONFIG', 'UV_OFFLINE']) {
    const value = env[variable];
    if (value !== undefined && !BOOLISH.test(value)) {
      stopped.push({
        by: `the variable ${variable}, with which uv stops: it takes only true or false`,
        variable
      });
    }
  }
  const files = await filesOf(deps, stopped);
  for (const { path, problem } of files) {
    if (problem) {
      const { line } = problem;
      stopped.push({
        by: `${path}, which uv cannot read: on line ${line}, it is not valid TOML`,
        path,
        line
      });
    }
  }
  stopped.push(...switchedOff(files, env));
  const seen = new Set<string>();
  const indexes = [...fromVariables(env), ...indexesOf(files)].filter(({ name }) => {
    const first = name === undefined || !seen.has(name);
    seen.add(name ?? '');
    return first;
  });
  return {
    default: indexes.find(({ isDefault }) => isDefault),
    others: indexes.filter(({ isDefault, explicit }) => !isDefault && !explicit),
    stopped
  };
}

async function filesOf(deps: ToolsDeps, stopped: Shadow[]): Promise<readonly UvFile[]> {
  const { UV_NO_CONFIG: off = '', UV_CONFIG_FILE: named } = deps.runtime.env;
  if (named !== undefined) {
    const path = named.startsWith('/') ? named : `${deps.runtime.cwd ?? ''}/${named}`;
    const file = named === '' ? null : await readToml(deps, path);
    if (!file) {
      const by = `the variable UV_CONFIG_FILE (${named || 'empty'}), with which uv stops: there is no such file`;
      stopped.push({ by, variable: 'UV_CONFIG_FILE' });
    }
    return file ? [file] : [];
  }
  return ON.test(off) ? [] : uvFiles(deps);
}

function fromVariables(env: ToolsDeps['runtime']['env']): UvIndexSetting[] {
  const setting = (variable: string, value: string, isDefault: boolean): UvIndexSetting => ({
    ...(NAMED.test(value) ? { name: NAMED.exec(value)![1] } : {}),
    url: value.replace(NAMED, ''),
    isDefault,
    explicit: false,
    key: 'variable',
    variable
  });
  return [
    ...DEFAULTS.flatMap(name => (env[name] ? [setting(name, env[name], true)] : [])),
    ...OTHERS.flatMap(name => words(env[name] ?? '').map(({ text }) => setting(name, text, false)))
  ];
}

/** `no-index` and `offline` of the files; offline also by a variable. Of [pip] and the top, uv takes [pip] first. */
function switchedOff(files: readonly UvFile[], env: ToolsDeps['runtime']['env']): Shadow[] {
  const said = files.flatMap(file => {
    const value = tableOf(file.data['pip'])?.['no-index'];
    return typeof value === 'boolean' ? [{ file, value }] : [];
  });
  const tops = files.map(file => ({ file, value: file.data['no-index'] }));
  const noIndex = [...said, ...tops].find(({ value }) => value !== undefined);
  const offline = files.find(file => file.data['offline'] !== undefined);
  const shadow = (file: UvFile, key: string): Shadow => {
    const line = lineOf(file, new RegExp(`^[ \\t]*["']?${key}["']?[ \\t]*=[ \\t]*true`));
    return {
      by: `${key} in ${file.path}, line ${line}, which keeps uv from every index`,
      path: file.path,
      line
    };
  };
  const variable = 'UV_OFFLINE';
  const byVariable = BOOLISH.test(env[variable] ?? '');
  return [
    ...(noIndex?.value === true ? [shadow(noIndex.file, 'no-index')] : []),
    ...(ON.test(env[variable] ?? '')
      ? [{ by: `the variable ${variable}, which keeps uv from every index`, variable }]
      : !byVariable && offline?.data['offline'] === true
        ? [shadow(offline, 'offline')]
        : [])
  ];
}

/** What keeps uv from using the connection. As an index beside others (`extra-index-url`) ours is asked whatever the default is. */
export async function uvShadows(
  deps: ToolsDeps,
  mode: Settings['indexMode'],
  indexUrl: string
): Promise<Shadow[]> {
  const { env } = deps.runtime;
  const uv = await uvEffective(deps);
  const isOurs = (index: UvIndexSetting | undefined) => index !== undefined && sameIndex(index.url, indexUrl);
  const ours = [uv.default, ...(mode === 'index-url' ? [] : uv.others)].find(isOurs);
  if (ours) {
    return [...uv.stopped, ...credentialShadows(env, ours)];
  }
  if (ON.test(env['UV_NO_CONFIG'] ?? '') && env['UV_CONFIG_FILE'] === undefined && !uv.default?.variable) {
    const variable = 'UV_NO_CONFIG';
    return [
      ...uv.stopped,
      { by: `the variable ${variable}, which keeps uv from every configuration file`, variable }
    ];
  }
  const named = env['UV_CONFIG_FILE'];
  if (named && uv.stopped.length === 0 && !uv.default?.variable) {
    const by = `the variable UV_CONFIG_FILE (${named}), which uv reads in place of the file with our index`;
    return [{ by, variable: 'UV_CONFIG_FILE' }];
  }
  const found = uv.default ? [told(uv.default)] : await sameName(deps, indexUrl);
  return [...uv.stopped, ...(mode === 'index-url' || uv.default === undefined ? found : [])];
}

/** Another index with the name of ours, which uv meets first. */
async function sameName(deps: ToolsDeps, indexUrl: string): Promise<Shadow[]> {
  const all = [...fromVariables(deps.runtime.env), ...indexesOf(await uvFiles(deps))];
  const ours = all.find(({ url }) => sameIndex(url, indexUrl));
  const first = ours?.name === undefined ? undefined : all.find(({ name }) => name === ours.name);
  if (!ours || !first || first === ours) {
    return [];
  }
  const { by, ...where } = told(first);
  return [{ by: `${by}, which has the name ${ours.name} of our index and comes before it`, ...where }];
}

function told({ variable, url, key, file }: UvIndexSetting): Shadow {
  if (!file) {
    return { by: `the variable ${variable} (${redactUrl(url)})`, variable };
  }
  const line = lineOf(file, url);
  return { by: `${key} in ${file.path}, line ${line} (${redactUrl(url)})`, path: file.path, line };
}

/**
 * UV_INDEX_<NAME>_USERNAME and _PASSWORD come before what the URL and the netrc say.
 * https://docs.astral.sh/uv/concepts/indexes/#providing-credentials-directly
 */
function credentialShadows(env: ToolsDeps['runtime']['env'], { name }: UvIndexSetting): Shadow[] {
  const stem = `UV_INDEX_${(name ?? '').toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
  return name === undefined
    ? []
    : ['USERNAME', 'PASSWORD'].flatMap(what => {
        const variable = `${stem}_${what}`;
        const value = env[variable];
        return value === undefined || (what === 'USERNAME' && value === 'aws')
          ? []
          : [{ by: `the variable ${variable}, which uv takes in place of our login`, variable }];
      });
}

/** Whether this uv.toml has the index. */
export async function namesIndex(deps: ToolsDeps, path: string, indexUrl: string): Promise<boolean> {
  const file = await readToml(deps, path);
  return file !== null && indexesOf([file]).some(({ url }) => sameIndex(url, indexUrl));
}
