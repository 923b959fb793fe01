import { countLines, type Line, splitLines } from './lines';
import { parsed, type Parsed, type ParseProblem, stopped } from './parse-result';
import { indentOf, strip, stripEnd } from '../../core/python-whitespace';
import { trans } from '../../core/say';

/** A piece of a value: the part of one line that Python's reader takes. */
export interface Piece {
  readonly line: Line;
  readonly start: number;
  readonly text: string;
}

export interface Option {
  /** As Python's reader names it: lower case. */
  readonly name: string;
  readonly section: string;
  readonly line: Line;
  /** The white space the line begins with. */
  readonly indent: string;
  /** First the rest of the option's own line (may be empty), then one for each continuation line. */
  readonly pieces: Piece[];
  /** What Python's reader returns. */
  value: string;
}

export interface Section {
  readonly name: string;
  readonly line: Line;
  readonly options: Option[];
}

export interface Ini {
  readonly lines: readonly Line[];
  /** In the file's order. `[DEFAULT]` may stand there more than once; no other may. */
  readonly sections: readonly Section[];
}

// A configuration file has some ten lines, one of a program's making some hundred. A longer one is refused before any
// work is done with it; 20,000 lines are read in some 50 ms.
const MOST_LINES = 20_000;

const NO_HEADER = trans.__(
  'Put a section header such as [global] above this line, and make sure that the file does not begin with a byte-order mark.'
);

/**
 * Reads a file as Python's `configparser.RawConfigParser()` does (strict, no inline comments,
 * `=` and `:`, empty lines allowed in values), keeping where everything stands; stops where it
 * raises. https://github.com/python/cpython/blob/3.13/Lib/configparser.py (`_read`)
 */
export function readIni(text: string): Parsed<Ini> {
  const count = countLines(text);
  if (count > MOST_LINES) {
    return stopped(
      MOST_LINES + 1,
      trans.__('the file has %1 lines, and no more than %2 are read', count, MOST_LINES),
      trans.__('Remove the lines that are not needed.')
    );
  }
  const lines = splitLines(text);
  const sections: Section[] = [];
  const headers = new Set<string>(['DEFAULT']);
  const names = new Map<string, Set<string>>();
  let section: Section | undefined;
  let option: Option | undefined;
  let values: string[] = [];
  let indentLevel = 0;
  let problem: ParseProblem | undefined;
  const close = () => {
    if (option) {
      option.value = stripEnd(values.join('\n'));
    }
  };

  for (const line of lines) {
    const value = strip(line.text);
    if (value.startsWith('#') || value.startsWith(';')) {
      continue;
    }
    if (!value) {
      values.push('');
      continue;
    }
    const indent = indentOf(line.text);
    if (option?.name && indent > indentLevel) {
      values.push(value);
      option.pieces.push({ line, start: line.start + indent, text: value });
      continue;
    }
    indentLevel = indent;
    const header = /^\[(.+)\]/s.exec(value)?.[1];
    if (header !== undefined) {
      if (header !== 'DEFAULT' && headers.has(header)) {
        return stopped(
          line.number,
          trans.__('its section stands there twice'),
          trans.__('Join the two sections into one.')
        );
      }
      headers.add(header);
      names.set(header, names.get(header) ?? new Set());
      close();
      option = undefined;
      section = { name: header, line, options: [] };
      sections.push(section);
      continue;
    }
    if (!section) {
      return stopped(line.number, trans.__('no section header stands above it'), NO_HEADER);
    }
    const at = value.search(/[=:]/);
    const name = stripEnd(value.slice(0, Math.max(at, 0)));
    if (at < 0 || !name) {
      problem ??= stopped(
        line.number,
        trans.__('it is not "name = value"'),
        trans.__('Complete the line or remove it.')
      ).problem;
    }
    if (at < 0) {
      continue;
    }
    const key = name.toLowerCase();
    const taken = names.get(section.name)!;
    if (taken.has(key)) {
      return stopped(
        line.number,
        trans.__('its option stands twice in the section'),
        trans.__('Remove one of the two lines.')
      );
    }
    taken.add(key);
    close();
    const rest = value.slice(at + 1);
    const piece = { line, start: line.start + indent + at + 1 + indentOf(rest), text: strip(rest) };
    option = {
      name: key,
      section: section.name,
      line,
      indent: line.text.slice(0, indent),
      pieces: [piece],
      value: ''
    };
    values = [piece.text];
    section.options.push(option);
  }
  close();
  return problem ? { ok: false, problem } : parsed({ lines, sections });
}
