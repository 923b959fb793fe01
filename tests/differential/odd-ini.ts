import type { Chance } from '../files/random-file';

type Change = (text: string) => string;

const atFirst =
  (what: RegExp, change: string): Change =>
  text =>
    text.replace(what, change);

/** What editors, other programs and hands make of a file's bytes; U+DC80 to U+DCFF stand for bytes that are no UTF-8. */
const CHANGES: readonly Change[] = [
  text => `\ufeff${text}`,
  text => text.replaceAll('\n', '\r\n'),
  text => text.replaceAll('\n', '\r'),
  text => text.replace(/\n$/, ''),
  text => `\udcff\udcfe${[...text].join('\0')}\0`,
  text => `# \udce9t\udce9\n${text}`,
  text => `# été\n${text}`,
  text => `${text}comment = \udce9\n`,
  text => `stray = 1\n${text}`,
  text => `\n\n; a note\n${text}`,
  text => `  \n${text}`,
  text => `${text}[global]\n`,
  text => `${text}[list]\nformat = columns\n`,
  text => `${text}no-index\n`,
  text => `${text}  # indented\n`,
  text => `${text}= x\n`,
  text => text + (/^[^[\n]+ = .*\n/m.exec(text)?.[0] ?? ''),
  text => text.replaceAll(' = ', '='),
  text => text.replaceAll(' = ', ': '),
  text => text.replaceAll(' = ', '\t=\t'),
  text => text.replace(/^(?=[a-z])/gm, '  '),
  text => text.replace(/$/gm, ' '),
  atFirst(/\n(?=[a-z])/, '\n# a note\n'),
  atFirst(/\n(?=[a-z])/, '\n  ; a note\n'),
  atFirst(/(?<=[a-z/])\n/, ' # a note\n'),
  atFirst(/(?<=[a-z/])\n/, ' ; a note\n'),
  atFirst(/(?<=[a-z/])\n/, '\n  # a note\n'),
  atFirst(/(?<=[a-z/])\n/, '\n\n  more\n'),
  atFirst(/\[(\w+)\]/, '[$1] ; a note'),
  atFirst(/\[(\w+)\]/, '[ $1 ]'),
  atFirst(/\[(\w+)\]/, '  [$1]'),
  atFirst(/\[(\w+)\]/, '[$1'),
  atFirst(/\[(\w+)\]/, '[$1]]'),
  atFirst(/\[global\]/, '[Global]'),
  atFirst(/\[global\]/, '[GLOBAL]'),
  atFirst(/https:/, '\n  https:'),
  atFirst(/ = /, ' = \0')
];

/** One file of ten, and of them one of four once more. */
export function oddlyWritten({ pick, often }: Chance, text: string): string {
  const changed = often(0.12) ? pick(CHANGES)(text) : text;
  return changed !== text && often(0.25) ? pick(CHANGES)(changed) : changed;
}
