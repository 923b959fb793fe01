import { redactUrl } from '../text/url-credentials';
import type { Option } from '../text/ini';
import { pipName } from './config';
import type { InstalledPip } from './installed-pip';
import type { Layer } from './layers';
import { type Command, optionNamed, type PipOption } from './option-table';
import type { Shadow } from '../shadow';
import { trans } from '../../core/say';

type Env = Readonly<Record<string, string | undefined>>;

/** One value that pip finds, and where. */
export interface Setting {
  /** pip's name of the option, such as `index-url`. */
  readonly name: string;
  readonly section: string;
  readonly value: string;
  /** Where it stands: a variable, or a line of a file. */
  readonly variable?: string;
  readonly file?: { readonly layer: Layer; readonly line: number; readonly option: Option };
}

/** The section whose values win over every other; pip calls the variables so too. */
export const VARIABLES = ':env:';

/**
 * pip's configuration by section: of each name the value of the strongest file, empty ones included, in pip's
 * order, and the variables, each of which takes the place of a line in a section [:env:].
 * https://github.com/pypa/pip/blob/main/src/pip/_internal/cli/parser.py (`_get_ordered_configuration_items`)
 */
export function readSettings(
  loaded: readonly Layer[],
  env: Env
): ReadonlyMap<string, ReadonlyMap<string, Setting>> {
  const sections = new Map<string, Map<string, Setting>>();
  const put = (section: string, setting: Setting) => {
    const names = sections.get(section) ?? new Map<string, Setting>();
    sections.set(section, names.set(setting.name, setting));
  };
  for (const layer of loaded) {
    for (const [key, { value, line, option }] of layer.values) {
      // pip cuts its own key at the first dot, wherever the section's name ends.
      const [section] = key.split('.', 1);
      put(section, { name: key.slice(section.length + 1), section, value, file: { layer, line, option } });
    }
  }
  for (const [variable, value] of Object.entries(env)) {
    const name = variable.startsWith('PIP_') ? variable.slice(4).toLowerCase() : '';
    // configuration.py, ENV_NAMES_IGNORED
    if (value !== undefined && variable.startsWith('PIP_') && name !== 'version' && name !== 'help') {
      put(VARIABLES, { name: pipName(name), section: VARIABLES, value, variable });
    }
  }
  return sections;
}

/** What one command takes, and what stops it. */
export interface CommandSettings {
  /** The value in force of each option, by pip's `dest`. */
  readonly of: ReadonlyMap<string, Setting>;
  /** Every value that the command reads for an option, the strongest first; empty ones included. */
  readonly all: (dest: string) => readonly Setting[];
  /** Values that pip refuses, also where another wins over them. */
  readonly refused: readonly Shadow[];
}

/** Resolves the settings for one command as pip does: [global] < [command] < variables. `pip` is what runs before the command. */
export function settingsOf(
  sections: ReadonlyMap<string, ReadonlyMap<string, Setting>>,
  command: Command | 'pip',
  installed: InstalledPip
): CommandSettings {
  const names = command === 'pip' ? ['global', VARIABLES] : ['global', command, VARIABLES];
  const found: { setting: Setting; option: PipOption }[] = names.flatMap(section =>
    [...(sections.get(section)?.values() ?? [])].flatMap(setting => {
      const option = optionNamed(setting.name, command, installed);
      return option ? [{ setting, option }] : [];
    })
  );
  const filled = found.filter(({ setting }) => setting.value !== '');
  return {
    of: new Map(filled.map(({ setting, option }) => [option.dest, setting])),
    all: dest => found.flatMap(({ setting, option }) => (option.dest === dest ? [setting] : [])).reverse(),
    refused: filled.flatMap(({ setting, option }) => {
      const why = whyRefused(setting.value, option, installed);
      return why === null ? [] : [shadowOf(setting, trans.__(', with which pip stops: %1', why))];
    })
  };
}

const SWITCH = /^(y|yes|t|true|on|1|n|no|f|false|off|0)$/i;
const ON = /^(y|yes|t|true|on|1)$/i;

/** Whether a switch is on. */
export const isOn = (setting: Setting | undefined): boolean => ON.test(setting?.value ?? '');

// optparse's `_parse_int`: hexadecimal, binary, octal by a leading 0, else decimal.
const INT = /^(?:0x[\da-f]+|0b[01]+|0[0-7]*|[1-9]\d*|[+-]\d+)$/i;
const FLOAT = /^[+-]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?|nan)$/i;
const PYTHON_VERSION = /^\s*[+-]?\d+\s*(?:\.\s*[+-]?\d+\s*){0,2}$/;
const COUNT = /^(?:\+?\d+|-0+)$/;

/** Python's int() and float() pass over white space around a number, and over underscores between its digits. */
const digits = (value: string): string => value.trim().replace(/(?<=[\da-f])_(?=[\da-f])/gi, '');

/** Why pip stops at a value (`_update_defaults`, optparse's `check_value`); null when it takes it. */
function whyRefused(value: string, { kind, choices }: PipOption, { pip }: InstalledPip): string | null {
  const words = kind === 'words' ? value.split(/\s+/).filter(Boolean) : [value];
  const strange = choices && words.find(word => !choices(pip).includes(word));
  if (strange !== undefined) {
    return trans.__('it takes only %1', choices!(pip).join(', '));
  }
  switch (kind) {
    case 'switch':
    case 'cacheSwitch':
      return SWITCH.test(value) ? null : trans.__('it takes only yes or no');
    case 'count':
      return SWITCH.test(value) || COUNT.test(digits(value))
        ? null
        : trans.__('it takes only yes, no or a number');
    case 'int':
      return INT.test(digits(value)) ? null : trans.__('it takes only a whole number');
    case 'float':
      return FLOAT.test(digits(value)) ? null : trans.__('it takes only a number');
    case 'keyValue':
      return value.includes('=') ? null : trans.__('it takes only KEY=VALUE');
    case 'packages':
      return value.startsWith('-') ? trans.__('it takes names of packages') : null;
    case 'pythonVersion':
      return PYTHON_VERSION.test(value) ? null : trans.__('it takes a version such as 3.12');
    case 'never':
      return trans.__('it takes no value here');
    case 'text':
    case 'path':
    case 'words':
      return null;
  }
}

/** An option's name, with its section where that is not the usual one. */
export const inSection = ({ name, section }: Setting): string =>
  section === 'global' ? name : trans.__('%1 in [%2]', name, section);

/** A setting in words, as what it says and where, with what to run or remove; never with a password. */
export function shadowOf(setting: Setting, more = ''): Shadow {
  const { name, section, value, variable, file } = setting;
  if (variable !== undefined) {
    return {
      by: trans.__('%1%2', trans.__('the variable %1 (%2)', variable, redactUrl(value)), more),
      variable
    };
  }
  const { layer, line, option } = file!;
  const shown = redactUrl(value.trim()) || trans.__('empty');
  return {
    by: trans.__(
      '%1%2',
      trans.__('%1 in %2, line %3 (%4)', inSection(setting), layer.path, line, shown),
      more
    ),
    path: layer.path,
    line,
    ...unsettable(layer, section, name, option)
  };
}

/** pip itself can only unset a key that is spelled as pip spells it (`Configuration.unset_value`), and only in the section it stands in. */
const unsettable = (
  layer: Layer,
  section: string,
  name: string,
  option: Option
): Pick<Shadow, 'unset' | 'fileScope'> =>
  layer.plain && name === option.name && option.section === section && section !== VARIABLES
    ? { unset: `${section}.${name}`, fileScope: layer.scope }
    : {};
