import { readIni, type Ini, type Option } from '../text/ini';
import { parsed, type Parsed, stopped } from '../text/parse-result';
import { trans } from '../../core/say';

// Each section has all of [DEFAULT]: together they are more than the file has lines.
const MOST_DEFAULTS = 200_000;

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

/** The options of each section of the file, in its order; one pass, because a file may have thousands of sections. */
function bySection(ini: Ini): Map<string, Option[]> {
  const found = new Map<string, Option[]>();
  for (const { name, options } of ini.sections) {
    const known = found.get(name);
    if (known) {
      known.push(...options);
    } else {
      found.set(name, [...options]);
    }
  }
  return found;
}

/**
 * A section's options as pip walks them: `[DEFAULT]` first, and an option of the section takes the place of the default
 * with the same spelling, or with the same name where names are made one before they are stored (`nameOf`).
 */
function optionsOf(
  sections: ReadonlyMap<string, readonly Option[]>,
  section: string,
  nameOf: (name: string) => string = name => name
): Option[] {
  const byName = new Map<string, Option>();
  for (const option of [...(sections.get('DEFAULT') ?? []), ...(sections.get(section) ?? [])]) {
    byName.set(nameOf(option.name), option);
  }
  return [...byName.values()];
}

/** What pip takes for `name` in `[section]`; undefined when the file does not say. */
export function pipOption(ini: Ini, section: string, name: string): Option | undefined {
  const sections = bySection(ini);
  return sections.has(section)
    ? optionsOf(sections, section).findLast(option => pipName(option.name) === name)
    : undefined;
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
      trans.__('%1 stands twice in the section, in two spellings', pipName(twice.name)),
      trans.__('Remove one of the two lines.')
    );
  }
  const values = new Map<string, PipValue>();
  const sections = bySection(ini.value);
  const defaults = sections.get('DEFAULT')?.length ?? 0;
  if (defaults * sections.size > MOST_DEFAULTS) {
    return stopped(
      ini.value.sections[0].line.number,
      trans.__('its %1 options of [DEFAULT] would count in each of %2 sections', defaults, sections.size),
      trans.__('Move the options of [DEFAULT] into the sections that need them.')
    );
  }
  for (const section of sections.keys()) {
    if (section !== 'DEFAULT') {
      for (const option of optionsOf(sections, section, oneSpelling ? pipName : undefined)) {
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
