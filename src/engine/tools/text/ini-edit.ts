import type { Edit } from './edit';
import type { Ini, Option, Section } from './ini';
import { type Line, lineEnd } from './lines';
import { indentOf, words } from '../../core/python-whitespace';

const last = <T>(items: readonly T[]): T => items[items.length - 1];

/** Gives an option one value on its own line; comments between the old lines stay. */
export function replaceValue(option: Option, value: string): Edit[] {
  const [first, ...rest] = option.pieces;
  const before = first.line.text[first.start - first.line.start - 1];
  return [
    {
      offset: first.start,
      length: first.text.length,
      text: first.text || before === ' ' ? value : ` ${value}`
    },
    ...rest.map(({ line }) => removeLine(line))
  ];
}

/** Puts one more word behind those of a value; a value of several lines gets one more line. */
export function appendWord(text: string, option: Option, word: string): Edit[] {
  const end = last(option.pieces);
  const offset = end.start + end.text.length;
  if (option.pieces.length === 1) {
    return [{ offset, length: 0, text: ` ${word}` }];
  }
  const indent = end.line.text.slice(0, indentOf(end.line.text));
  return [{ offset, length: 0, text: `${lineEnd(text)}${indent}${word}` }];
}

/** Where a word stands in an option's value, if it does. */
export function findWord(
  option: Option,
  is: (word: string) => boolean
): { offset: number; text: string } | undefined {
  for (const piece of option.pieces) {
    const found = words(piece.text).find(w => is(w.text));
    if (found) {
      return { offset: piece.start + found.start, text: found.text };
    }
  }
  return undefined;
}

/** Takes a word out of a value: its whole line when it stands alone on a continuation line. */
export function removeWord(option: Option, offset: number, word: string): Edit {
  const piece = option.pieces.find(p => offset >= p.start && offset < p.start + p.text.length)!;
  if (piece.text === word && piece !== option.pieces[0]) {
    return removeLine(piece.line);
  }
  const text = piece.line.text;
  const at = offset - piece.line.start;
  const space = at > 0 && /\s/.test(text[at - 1]) ? 1 : 0;
  return { offset: offset - space, length: word.length + space, text: '' };
}

/** Takes an option out with its lines; comments between them stay. */
export const removeOption = (option: Option): Edit[] => option.pieces.map(({ line }) => removeLine(line));

export const removeLine = (line: Line): Edit => ({
  offset: line.start,
  length: line.end - line.start,
  text: ''
});

/** Puts an option's old lines (`optionText`) in the place of the present ones; null: it was not there. */
export function giveBack(option: Option, old: string | null): Edit[] {
  const [first, ...rest] = removeOption(option);
  return [{ ...first, text: old ?? '' }, ...rest];
}

/** An option's own lines, without comments and blank lines between them. */
export const optionText = (option: Option): string =>
  option.pieces.map(({ line }) => line.text + (line.eol || '\n')).join('');

/**
 * Adds lines to the end of a section. They take the indentation of what stands above (or, in an
 * empty section, below): a lesser one would turn the next indented line into a continuation of ours.
 */
export function addLines(text: string, ini: Ini, section: Section, lines: readonly string[]): Edit {
  const above = section.options.length ? last(section.options) : undefined;
  const line = above ? last(above.pieces).line : section.line;
  const next = ini.sections[ini.sections.indexOf(section) + 1];
  const indent = above ? above.indent : next ? next.line.text.slice(0, indentOf(next.line.text)) : '';
  const eol = lineEnd(text);
  const block = lines.map(l => indent + l + eol).join('');
  // A last line without an end stays without one: what was last gets it from us, ours does not.
  return line.eol
    ? { offset: line.end, length: 0, text: block }
    : { offset: line.end, length: 0, text: eol + block.slice(0, -eol.length) };
}

/** Adds a section with its lines at the end of the file. */
export function addSection(text: string, name: string, lines: readonly string[]): Edit {
  const eol = lineEnd(text);
  const block = [`[${name}]`, ...lines].map(l => l + eol).join('');
  const apart = text === '' ? '' : /[\r\n]$/.test(text) ? eol : eol + eol;
  return { offset: text.length, length: 0, text: apart + block };
}
