import { indentOf, strip, stripEnd } from '../core/python-whitespace';

/** Names in lower case; the inner keys of an indented block as `KEY.INNER`, and of the block's own key nothing. */
export type Section = Readonly<Record<string, string>>;

/** Where, and by which rule, Python's reader gives up. Never quotes the line: it may hold a secret. */
export interface IniProblem {
  /** From 1. */
  readonly line: number;
  readonly what: 'no_section' | 'no_value' | 'section_twice' | 'option_twice' | 'block_without_value';
}

export type IniResult =
  | { readonly ok: true; readonly sections: ReadonlyMap<string, Section> }
  | { readonly ok: false; readonly problem: IniProblem };

interface Option {
  readonly line: number;
  readonly parts: string[];
}

/**
 * The text of ~/.aws/config or ~/.aws/credentials, read as botocore reads it: `configparser.RawConfigParser()` (strict,
 * no inline comments, `[DEFAULT]` below every section), then one level of indented `name = value` lines.
 * https://github.com/python/cpython/blob/3.13/Lib/configparser.py (`_read`), botocore/configloader.py
 * (`raw_config_parse`). A byte-order mark, at which Python stops, is skipped.
 */
export function readPythonIni(text: string): IniResult {
  const sections = new Map<string, Map<string, Option>>();
  const defaults = new Map<string, Option>();
  let current: Map<string, Option> | undefined;
  let option: Option | undefined;
  let indentLevel = 0;
  let first: IniProblem | undefined;
  const stop = (line: number, what: IniProblem['what']): IniResult => ({
    ok: false,
    problem: { line, what }
  });

  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const number = index + 1;
    const value = strip(line);
    if (value.startsWith('#') || value.startsWith(';')) {
      continue;
    }
    if (value === '') {
      option?.parts.push('');
      continue;
    }
    const indent = indentOf(line);
    if (option && indent > indentLevel) {
      option.parts.push(value);
      continue;
    }
    indentLevel = indent;
    const header = /^\[(.+)\]/s.exec(value)?.[1];
    if (header !== undefined) {
      if (sections.has(header)) {
        return stop(number, 'section_twice');
      }
      current = header === 'DEFAULT' ? defaults : new Map<string, Option>();
      if (header !== 'DEFAULT') {
        sections.set(header, current);
      }
      option = undefined;
      continue;
    }
    if (!current) {
      return stop(number, 'no_section');
    }
    const at = value.search(/[=:]/);
    const name = at < 0 ? '' : stripEnd(value.slice(0, at)).toLowerCase();
    if (name === '') {
      // Python goes on, and raises at the end what it met first.
      first ??= { line: number, what: 'no_value' };
      if (at < 0) {
        continue;
      }
    }
    if (current.has(name)) {
      return stop(number, 'option_twice');
    }
    option = { line: number, parts: [strip(value.slice(at + 1))] };
    current.set(name, option);
    // An option without a name takes no continuation lines.
    option = name === '' ? undefined : option;
  }
  return first ? { ok: false, problem: first } : blocks(sections, defaults);
}

/** The values, with indented blocks taken apart. */
function blocks(
  sections: ReadonlyMap<string, ReadonlyMap<string, Option>>,
  defaults: ReadonlyMap<string, Option>
): IniResult {
  const read = new Map<string, Section>();
  for (const [title, options] of sections) {
    const section = Object.create(null) as Record<string, string>;
    for (const [name, { line, parts }] of [...defaults, ...options]) {
      const value = stripEnd(parts.join('\n'));
      // Only what [DEFAULT] has said as well can be there already.
      const before = defaults.has(name) ? Object.keys(section) : [];
      for (const key of before.filter(key => key === name || key.startsWith(`${name}.`))) {
        delete section[key];
      }
      if (!value.startsWith('\n')) {
        section[name] = value;
        continue;
      }
      for (const [offset, inner] of value.split('\n').entries()) {
        const at = inner.indexOf('=');
        if (inner !== '' && at < 0) {
          return { ok: false, problem: { line: line + offset, what: 'block_without_value' } };
        }
        if (inner !== '') {
          section[`${name}.${strip(inner.slice(0, at))}`] = strip(inner.slice(at + 1));
        }
      }
    }
    read.set(title, section);
  }
  return { ok: true, sections: read };
}
