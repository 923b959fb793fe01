import { readIni, type Ini, type Option } from '../text/ini';
import { parsed, type Parsed, stopped } from '../text/parse-result';

/** What pip takes for one key of a file, and where it stands. */
export interface PipValue {
  readonly value: string;
  readonly line: number;
  readonly option: Option;
}

/**
 * pip's own name of an option: `Index_URL` and `--index-url` are `index-url`.
 * https://github.com/pypa/pip/blob/main/src/pip/_internal/configuration.py (`_normalize_name`)
 */
export const pipName = (name: string): string => name.toLowerCase().replaceAll('_', '-').replace(/^--/, '');

/**
 * A section's options as pip walks them: `[DEFAULT]` first, and an option of the section takes
 * the place of the default with the same spelling; of two spellings of one name, the last wins.
 */
function optionsOf(ini: Ini, section: string): Option[] {
  const bySpelling = new Map<string, Option>();
  for (const name of ['DEFAULT', section]) {
    for (const option of ini.sections.filter(s => s.name === name).flatMap(s => s.options)) {
      bySpelling.set(option.name, option);
    }
  }
  return [...bySpelling.values()];
}

/** What pip takes for `name` in `[section]`; undefined when the file does not say. */
export function pipOption(ini: Ini, section: string, name: string): Option | undefined {
  if (!ini.sections.some(s => s.name === section)) {
    return undefined;
  }
  return optionsOf(ini, section).findLast(option => pipName(option.name) === name);
}

/**
 * Everything pip reads in a file, by `section.name`, in pip's order. With `oneSpelling`, as since pip 26.3, two
 * spellings of one name in a section stop pip (configuration.py, `_RawConfigParser.optionxform`).
 */
export function readPipConfig(text: string, oneSpelling = false): Parsed<Map<string, PipValue>> {
  const ini = readIni(text);
  if (!ini.ok) {
    return ini;
  }
  const twice = oneSpelling ? spelledTwice(ini.value) : undefined;
  if (twice) {
    return stopped(
      twice.line.number,
      `${pipName(twice.name)} stands twice in the section, in two spellings`,
      'Remove one of the two lines.'
    );
  }
  const values = new Map<string, PipValue>();
  for (const section of new Set(ini.value.sections.map(s => s.name))) {
    if (section !== 'DEFAULT') {
      for (const option of inOrder(ini.value, section, oneSpelling)) {
        values.set(`${section}.${pipName(option.name)}`, {
          value: option.value,
          line: option.line.number,
          option
        });
      }
    }
  }
  return parsed(values);
}

/** Where names are made one before they are stored, a default and an option of the section meet whatever their spelling. */
function inOrder(ini: Ini, section: string, oneSpelling: boolean): Option[] {
  if (!oneSpelling) {
    return optionsOf(ini, section);
  }
  const byName = new Map<string, Option>();
  for (const name of ['DEFAULT', section]) {
    for (const option of ini.sections.filter(s => s.name === name).flatMap(s => s.options)) {
      byName.set(pipName(option.name), option);
    }
  }
  return [...byName.values()];
}

function spelledTwice(ini: Ini): Option | undefined {
  const seen = new Set<string>();
  return ini.sections
    .flatMap(section => section.options)
    .find(option => {
      const key = `${option.section}.${pipName(option.name)}`;
      const again = seen.has(key);
      seen.add(key);
      return again;
    });
}
