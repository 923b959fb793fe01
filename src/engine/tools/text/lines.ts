/** One line of a text, with where it stands. */
export interface Line {
  /** Counted from 1. */
  readonly number: number;
  readonly start: number;
  /** Without its line end. */
  readonly text: string;
  /** `\n`, `\r\n`, `\r`, or empty on a last line that has none. */
  readonly eol: string;
  /** Offset behind the line end. */
  readonly end: number;
}

/** Splits as Python's text mode does: CRLF, LF and a lone CR each end a line. */
export function splitLines(text: string): Line[] {
  const lines: Line[] = [];
  const ends = /\r\n|\n|\r/g;
  let start = 0;
  for (let end = ends.exec(text); end; end = ends.exec(text)) {
    lines.push(line(lines.length + 1, start, text.slice(start, end.index), end[0]));
    start = end.index + end[0].length;
  }
  if (start < text.length) {
    lines.push(line(lines.length + 1, start, text.slice(start), ''));
  }
  return lines;
}

/** How many lines `splitLines` would give, without making them: a file that is too long is refused at once. */
export function countLines(text: string): number {
  let ends = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    ends += Number(code === LF || (code === CR && text.charCodeAt(i + 1) !== LF));
  }
  return ends + Number(text !== '' && !/[\r\n]/.test(text[text.length - 1] as string));
}

const LF = 10;
const CR = 13;

const line = (number: number, start: number, text: string, eol: string): Line => ({
  number,
  start,
  text,
  eol,
  end: start + text.length + eol.length
});

/** The line end to use for lines we add: the file's own, LF for an empty file. */
export const lineEnd = (text: string): string => /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';

/** The number of the line that holds `offset`. */
export const lineAt = (text: string, offset: number): number =>
  (text.slice(0, offset).match(/\r\n|\n|\r/g)?.length ?? 0) + 1;

/** The same for many offsets, each behind the last: reads the text once. */
export function lineCounter(text: string): (offset: number) => number {
  const breaks = /\r\n|\n|\r/g;
  let line = 1;
  let next = breaks.exec(text);
  return offset => {
    while (next && next.index + next[0].length <= offset) {
      line++;
      next = breaks.exec(text);
    }
    return line;
  };
}
