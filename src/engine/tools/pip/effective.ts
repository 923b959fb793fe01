import { sameIndex } from '../text/url-credentials';
import { words } from '../../core/python-whitespace';
import { environmentShadows } from './environment-rules';
import { atLeast, type InstalledPip, installedPip } from './installed-pip';
import { type Layer, pipLayers } from './layers';
import { COMMANDS, type Command } from './option-table';
import {
  type CommandSettings,
  inSection,
  isOn,
  readSettings,
  type Setting,
  settingsOf,
  shadowOf
} from './settings-read';
import type { Shadow } from '../shadow';
import type { ToolsDeps } from '../tools-deps';
import { trans } from '../../core/say';

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
  readonly installed: InstalledPip;
  /** What each command takes. */
  readonly commands: ReadonlyMap<Command, CommandSettings>;
}

/** pip's own default (--index-url). */
export const PYPI = 'https://pypi.org/simple';

type Key = 'index-url' | 'extra-index-url';

const DESTS = { 'index-url': 'index_url', 'extra-index-url': 'extra_index_urls' } as const;

/** What pip will really use for the key our setting writes, and what stands in its way. */
export async function pipEffective(deps: ToolsDeps, key: Key, indexUrl: string): Promise<PipEffective> {
  const installed = await installedPip(deps);
  const { loaded, skipped } = await pipLayers(deps, installed);
  const { env } = deps.runtime;
  const sections = readSettings(loaded, env);
  const commands = new Map(COMMANDS.map(name => [name, settingsOf(sections, name, installed)]));
  const program = settingsOf(sections, 'pip', installed);
  // Before 24.2 pip takes white space around a variable's URL for part of it.
  const isUrl = (value: string): boolean => value === value.trim() || atLeast(installed.pip, 24, 2);
  const ours = (value: string): boolean =>
    key === 'index-url'
      ? isUrl(value) && sameIndex(value, indexUrl)
      : words(value).some(w => sameIndex(w.text, indexUrl));

  const shadows: Shadow[] = loaded.flatMap(({ path, problem }) =>
    problem
      ? [
          {
            by: trans.__('%1, which pip cannot read: on line %2, %3', path, problem.line, problem.what),
            path,
            line: problem.line
          }
        ]
      : []
  );
  const install = commands.get('install')!;
  const inForce = install.of.get(DESTS[key]);
  if (!(inForce && ours(inForce.value)) && skipped.some(layer => [...layer.values].some(isOurs))) {
    const by = trans.__(
      'PIP_CONFIG_FILE (%1), which keeps pip from reading the file with our line',
      env['PIP_CONFIG_FILE']
    );
    shadows.push({ by, variable: 'PIP_CONFIG_FILE' });
  }
  function isOurs([name, { value }]: readonly [string, { readonly value: string }]): boolean {
    return name === `global.${key}` && ours(value);
  }
  for (const settings of commands.values()) {
    shadows.push(...winners(settings, key, ours), ...noIndex(settings), ...settings.refused);
  }
  shadows.push(...program.refused, ...(await environmentShadows(deps, installed, program, commands)));

  const url = install.of.get('index_url')?.value.trim() || (key === 'index-url' ? PYPI : '');
  const extra = words(install.of.get('extra_index_urls')?.value ?? '').map(w => w.text);
  return {
    url,
    source: sourceOf(inForce ?? install.all(DESTS[key]).at(0)),
    extra,
    used: key === 'index-url' ? [url] : extra,
    loaded,
    shadows: [...new Map(shadows.map(shadow => [shadow.by, shadow])).values()],
    installed,
    commands
  };
}

const sourceOf = (setting: Setting | undefined): PipEffective['source'] =>
  setting === undefined
    ? null
    : setting.variable !== undefined
      ? { variable: setting.variable }
      : { path: setting.file!.layer.path, line: setting.file!.line };

/** What wins over our line for one command. An empty value wins over a weaker file of the same section, and says nothing itself. */
function winners(settings: CommandSettings, key: Key, ours: (value: string) => boolean): Shadow[] {
  const inForce = settings.of.get(DESTS[key]);
  if (inForce && ours(inForce.value)) {
    return [];
  }
  const all = settings.all(DESTS[key]);
  const before = all.findIndex(setting => ours(setting.value));
  const stronger = before < 0 ? all : all.slice(0, before);
  const filled = stronger.filter(setting => setting.value !== '');
  return (filled.length > 0 ? filled : stronger).map(setting => shadowOf(setting));
}

function noIndex(settings: CommandSettings): Shadow[] {
  const setting = settings.of.get('no_index');
  if (!setting || !isOn(setting)) {
    return [];
  }
  const { by: _, ...where } = shadowOf(setting);
  const by = setting.variable
    ? trans.__('the variable %1, which keeps pip from every index', setting.variable)
    : trans.__('%1 in %2, line %3', inSection(setting), where.path, where.line);
  return [{ by, ...where }];
}
