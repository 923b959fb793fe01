import { redactUrl, sameIndex } from '../text/url-credentials';
import type { Option } from '../text/ini';
import { words } from '../text/python-whitespace';
import { type Layer, pipLayers } from './layers';
import type { Shadow } from '../shadow';
import type { ToolsDeps } from '../tools-deps';

/** What pip will really use. */
export interface PipEffective {
  /** As configured, possibly with credentials: for us only. */
  readonly url: string;
  /** Where that comes from; null for pip's own default. */
  readonly source: { readonly path?: string; readonly variable?: string; readonly line?: number } | null;
  readonly extra: readonly string[];
  /** Those of them that our setting is about: the index, or the extra ones. */
  readonly used: readonly string[];
  readonly loaded: readonly Layer[];
  readonly shadows: readonly Shadow[];
}

// pip's own default (--index-url).
const PYPI = 'https://pypi.org/simple';

// Commands that install from an index; their sections win over [global].
const COMMANDS = ['install', 'download', 'wheel', 'lock'];

// pip's reading of a switch (`strtobool`): anything else is refused or off.
const ON = /^(y|yes|t|true|on|1)$/i;

type Key = 'index-url' | 'extra-index-url';

/** What pip will really use for the key our setting writes, and what stands in its way. */
export async function pipEffective(deps: ToolsDeps, key: Key, indexUrl: string): Promise<PipEffective> {
  const { loaded, skipped } = await pipLayers(deps);
  const { env } = deps.runtime;
  const shadows: Shadow[] = [];
  const ours = (value: string): boolean =>
    key === 'index-url' ? sameIndex(value, indexUrl) : words(value).some(w => sameIndex(w.text, indexUrl));
  const isWrong = (layer: Layer, name: string): boolean => {
    const value = layer.values.get(name)?.value;
    return value !== undefined && !ours(value);
  };
  const told = (layer: Layer, name: string): Shadow => {
    const { line, value, option } = layer.values.get(name)!;
    const where = name.startsWith('global.') ? '' : ` in [${name.split('.')[0]}]`;
    return {
      by: `${key}${where} in ${layer.path}, line ${line} (${redactUrl(value.trim()) || 'empty'})`,
      path: layer.path,
      line,
      ...unsettable(layer, name, option)
    };
  };

  for (const { path, problem } of [...loaded].filter(l => l.problem)) {
    const { line, what } = problem!;
    shadows.push({ by: `${path}, which pip cannot read: on line ${line}, ${what}`, path, line });
  }
  if (skipped.some(layer => ours(layer.values.get(`global.${key}`)?.value ?? ''))) {
    const by = `PIP_CONFIG_FILE (${env['PIP_CONFIG_FILE']}), which keeps pip from reading the file with our line`;
    shadows.push({ by, variable: 'PIP_CONFIG_FILE' });
  }
  const winner = loaded.findLast(layer => layer.values.has(`global.${key}`));
  if (winner && isWrong(winner, `global.${key}`)) {
    shadows.push(told(winner, `global.${key}`));
  }
  for (const command of COMMANDS) {
    const section = loaded.findLast(layer => layer.values.get(`${command}.${key}`)?.value);
    if (section && isWrong(section, `${command}.${key}`)) {
      shadows.push(told(section, `${command}.${key}`));
    }
  }
  const variable = key === 'index-url' ? 'PIP_INDEX_URL' : 'PIP_EXTRA_INDEX_URL';
  const value = env[variable];
  if (value && !ours(value)) {
    shadows.push({ by: `the variable ${variable} (${redactUrl(value)})`, variable });
  }
  shadows.push(...noIndex(deps, loaded));
  const file = winner?.values.get(`global.${key}`);
  const url = value || file?.value.trim() || (key === 'index-url' ? PYPI : '');
  const extra = words(env['PIP_EXTRA_INDEX_URL'] || lastValue(loaded, 'global.extra-index-url')).map(
    w => w.text
  );
  return {
    url,
    source: value ? { variable } : winner ? { path: winner.path, line: file!.line } : null,
    extra,
    used: key === 'index-url' ? [url] : extra,
    loaded,
    shadows
  };
}

/** pip itself can only unset a key that is spelled as pip spells it (`Configuration.unset_value`). */
const unsettable = (layer: Layer, name: string, { name: spelled }: Option): { unset?: string } =>
  layer.plain && name.endsWith(`.${spelled}`) ? { unset: name } : {};

const lastValue = (loaded: readonly Layer[], name: string): string =>
  loaded.findLast(layer => layer.values.has(name))?.values.get(name)?.value ?? '';

function noIndex(deps: ToolsDeps, loaded: readonly Layer[]): Shadow[] {
  const variable = 'PIP_NO_INDEX';
  if (ON.test(deps.runtime.env[variable] ?? '')) {
    return [{ by: `the variable ${variable}, which keeps pip from every index`, variable }];
  }
  return ['global', ...COMMANDS].flatMap(section => {
    const layer = loaded.findLast(l => l.values.has(`${section}.no-index`));
    const found = layer?.values.get(`${section}.no-index`);
    return layer && found && ON.test(found.value)
      ? [
          {
            by: `no-index in ${layer.path}, line ${found.line}`,
            path: layer.path,
            line: found.line,
            ...unsettable(layer, `${section}.no-index`, found.option)
          }
        ]
      : [];
  });
}
