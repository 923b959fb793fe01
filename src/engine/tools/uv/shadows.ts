import type { Settings } from '../../../protocol/settings';
import { redactUrl, sameIndex } from '../text/url-credentials';
import { words } from '../../core/python-whitespace';
import type { Shadow } from '../shadow';
import type { ToolsDeps } from '../tools-deps';
import {
  indexesOf,
  lineOf,
  readUvToml,
  strongest,
  tableOf,
  type UvFile,
  uvFiles,
  type UvIndexSetting
} from './configuration';
import { refusedVariables, switchOf } from './variables';
import { trans } from '../../core/say';

/** The variables with indexes, which come before every file, in uv's order; a default is one URL, the others are lists. */
const VARIABLES = [
  ['UV_DEFAULT_INDEX', true],
  ['UV_INDEX', false],
  ['UV_EXTRA_INDEX_URL', false],
  ['UV_INDEX_URL', true]
] as const;

// `name=url` names it; https://docs.astral.sh/uv/concepts/indexes/
const NAMED = /^([\w.-]+)=/;

/** What uv takes: every index in its order, and what stops it. */
export interface UvEffective {
  /** Undefined: PyPI. */
  readonly default?: UvIndexSetting;
  /** Those that are asked before the default. */
  readonly others: readonly UvIndexSetting[];
  /** Every index that is named anywhere, asked or not, in uv's order: it keeps the logins of all. */
  readonly all: readonly UvIndexSetting[];
  /** What keeps uv from every index, whatever they are. */
  readonly stopped: readonly Shadow[];
  /** Pages and folders of packages (`find-links`), which it looks at before any index. */
  readonly links: readonly UvIndexSetting[];
  readonly files: readonly UvFile[];
}

/**
 * What uv will really take for `uv pip install`. `uv pip install --show-settings` tells the same.
 * https://docs.astral.sh/uv/concepts/configuration-files/ and https://docs.astral.sh/uv/reference/environment/
 */
export async function uvEffective(deps: ToolsDeps): Promise<UvEffective> {
  const { env } = deps.runtime;
  const stopped = refusedVariables(deps);
  const files = await filesOf(deps, stopped);
  for (const { path, problem } of files) {
    if (problem) {
      const { line, what } = problem;
      stopped.push({
        by: trans.__('%1, which uv cannot read: on line %2, %3', path, line, what),
        path,
        line
      });
    }
  }
  stopped.push(...switchedOff(files, env));
  const seen = new Set<string>();
  const all = [...fromVariables(env), ...indexesOf(files)];
  const indexes = all.filter(({ name }) => {
    const first = name === undefined || !seen.has(name);
    seen.add(name ?? '');
    return first;
  });
  return {
    default: indexes.find(({ isDefault }) => isDefault),
    others: indexes.filter(({ isDefault, explicit }) => !isDefault && !explicit),
    all,
    stopped,
    links: linksOf(files, env),
    files
  };
}

function linksOf(files: readonly UvFile[], env: ToolsDeps['runtime']['env']): UvIndexSetting[] {
  const variable = 'UV_FIND_LINKS';
  const link = { isDefault: false, explicit: false };
  const said = (env[variable] ?? '').split(/[\s,]+/).filter(Boolean);
  const all = [
    ...files.map(file => ({ file, value: tableOf(file.data['pip'])?.['find-links'] })),
    ...files.map(file => ({ file, value: file.data['find-links'] }))
  ];
  return [
    ...said.map(url => ({ ...link, url, key: 'variable' as const, variable })),
    ...all.flatMap(({ file, value }) =>
      Array.isArray(value)
        ? value.flatMap(url =>
            typeof url === 'string' ? [{ ...link, url, key: 'find-links' as const, file }] : []
          )
        : []
    )
  ];
}

async function filesOf(deps: ToolsDeps, stopped: Shadow[]): Promise<readonly UvFile[]> {
  const { UV_NO_CONFIG: off = '', UV_CONFIG_FILE: named } = deps.runtime.env;
  if (named !== undefined) {
    const path = named.startsWith('/') ? named : `${deps.runtime.cwd ?? ''}/${named}`;
    const file = named === '' ? null : await readUvToml(deps, path);
    if (!file) {
      const by = trans.__(
        'the variable UV_CONFIG_FILE (%1), with which uv stops: there is no such file',
        named || trans.__('empty')
      );
      stopped.push({ by, variable: 'UV_CONFIG_FILE' });
    }
    return file ? [file] : [];
  }
  return switchOf(off) ? [] : uvFiles(deps);
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
  return VARIABLES.flatMap(([name, isDefault]) => {
    const said = env[name] ?? '';
    const urls = isDefault ? [said].filter(Boolean) : words(said).map(({ text }) => text);
    return urls.map(url => setting(name, url, isDefault));
  });
}

/** What keeps uv from every package, whatever its indexes are. */
function switchedOff(files: readonly UvFile[], env: ToolsDeps['runtime']['env']): Shadow[] {
  const inFile = (file: UvFile, key: string, why: string): Shadow => {
    const line = lineOf(file, new RegExp(`^[ \\t]*(?:pip\\.)?["']?${key}["']?[ \\t]*=`));
    return { by: trans.__('%1 in %2, line %3, %4', key, file.path, line, why), path: file.path, line };
  };
  const byVariable = (variable: string, why: string): Shadow => ({
    by: trans.__('the variable %1, %2', variable, why),
    variable
  });
  const hashes = strongest(files, 'require-hashes', true, false);
  const offline = strongest(files, 'offline', false, true);
  const noIndex = strongest(files, 'no-index', true, true);
  const newer = strongest(files, 'exclude-newer', true, true);
  return [
    ...(noIndex?.value === true ? [inFile(noIndex.file, 'no-index', FROM_EVERY_INDEX)] : []),
    ...(switchOf(env['UV_OFFLINE'])
      ? [byVariable('UV_OFFLINE', FROM_EVERY_INDEX)]
      : offline?.value === true && switchOf(env['UV_OFFLINE']) === undefined
        ? [inFile(offline.file, 'offline', FROM_EVERY_INDEX)]
        : []),
    // The variable switches on only.
    ...(switchOf(env['UV_REQUIRE_HASHES'])
      ? [byVariable('UV_REQUIRE_HASHES', WITHOUT_HASH)]
      : hashes?.value === true
        ? [inFile(hashes.file, 'require-hashes', WITHOUT_HASH)]
        : []),
    ...(env['UV_EXCLUDE_NEWER'] !== undefined
      ? [byVariable('UV_EXCLUDE_NEWER', WITHOUT_TIME)]
      : newer
        ? [inFile(newer.file, 'exclude-newer', WITHOUT_TIME)]
        : [])
  ];
}

const FROM_EVERY_INDEX = trans.__('which keeps uv from every index');
const WITHOUT_HASH = trans.__('with which uv refuses every package that comes without a hash');
const WITHOUT_TIME = trans.__('with which uv takes only files whose time of upload the index tells');

/** What keeps uv from our index. As an index beside others (`extra-index-url`) ours is asked whatever the default is. */
export async function uvIndexShadows(
  deps: ToolsDeps,
  uv: UvEffective,
  mode: Settings['indexMode'],
  indexUrl: string
): Promise<Shadow[]> {
  const { env } = deps.runtime;
  const isOurs = (index: UvIndexSetting | undefined) => index !== undefined && sameIndex(index.url, indexUrl);
  if ([uv.default, ...(mode === 'index-url' ? [] : uv.others)].some(isOurs)) {
    return [...uv.stopped];
  }
  if (switchOf(env['UV_NO_CONFIG']) && env['UV_CONFIG_FILE'] === undefined && !uv.default?.variable) {
    const variable = 'UV_NO_CONFIG';
    return [
      ...uv.stopped,
      { by: trans.__('the variable %1, which keeps uv from every configuration file', variable), variable }
    ];
  }
  const named = env['UV_CONFIG_FILE'];
  if (named && uv.stopped.length === 0 && !uv.default?.variable) {
    const by = trans.__(
      'the variable UV_CONFIG_FILE (%1), which uv reads in place of the file with our index',
      named
    );
    return [{ by, variable: 'UV_CONFIG_FILE' }];
  }
  const found = uv.default ? [told(uv.default)] : await sameName(deps, indexUrl);
  return [...uv.stopped, ...(mode === 'index-url' || uv.default === undefined ? found : [])];
}

/** Another index with the name of ours, which uv meets first. */
async function sameName(deps: ToolsDeps, indexUrl: string): Promise<Shadow[]> {
  const all = [...fromVariables(deps.runtime.env), ...indexesOf(await uvFiles(deps))];
  const ours = all.find(({ url, isDefault }) => isDefault && sameIndex(url, indexUrl));
  const first = ours?.name === undefined ? undefined : all.find(({ name }) => name === ours.name);
  if (!ours || !first || first === ours) {
    return [];
  }
  const { by, ...where } = told(first);
  return [
    { by: trans.__('%1, which has the name %2 of our index and comes before it', by, ours.name), ...where }
  ];
}

/** An index as a setting, with where it stands. */
export function told({ variable, url, key, file }: UvIndexSetting): Shadow {
  if (!file) {
    return { by: trans.__('the variable %1 (%2)', variable, redactUrl(url)), variable };
  }
  const line = lineOf(file, url);
  return {
    by: trans.__('%1 in %2, line %3 (%4)', key, file.path, line, redactUrl(url)),
    path: file.path,
    line
  };
}

/** Whether this uv.toml has the index. */
export async function namesIndex(deps: ToolsDeps, path: string, indexUrl: string): Promise<boolean> {
  const file = await readUvToml(deps, path);
  return file !== null && indexesOf([file]).some(({ url }) => sameIndex(url, indexUrl));
}
