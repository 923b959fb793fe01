/** One statement of Python, or one line that IPython takes for itself. */
export interface ILine {
  readonly start: number;
  /** Behind its last character; the end of the line is not part of it. */
  readonly end: number;
  readonly indent: string;
  /** The same length, with what stands in strings and comments blanked out. */
  readonly plain: string;
  /** A line that begins with `!`, `%` or `?`, or assigns what such a line gives. */
  readonly magic: boolean;
}

const MAGIC = /[ \t]*(?:[\w.]+(?:[ \t]*,[ \t]*[\w.]+)*[ \t]*=[ \t]*)?(?:!|%{1,2}[A-Za-z!])/y;
const STRING = /(?:[rbuft]|br|rb|fr|rf|tr|rt)?("""|'''|"|')/iy;
const LARGEST = 200_000;

/** The statements of a cell, of which IPython's own lines are told apart before Python reads the rest. */
export function pythonLines(source: string): ILine[] {
  const lines: ILine[] = [];
  if (source.length > LARGEST) {
    return lines;
  }
  for (let at = 0; at < source.length;) {
    const indent = /[ \t]*/y;
    indent.lastIndex = at;
    const blanks = indent.exec(source)?.[0] ?? '';
    MAGIC.lastIndex = at;
    const magic = MAGIC.test(source) && !/^[ \t]*\w+[ \t]*=[ \t]*%[ \t]/.test(source.slice(at, at + 80));
    const [end, plain] = magic ? [endOfMagic(source, at), ''] : endOfStatement(source, at);
    if (source.slice(at, end).trim() !== '') {
      lines.push({ start: at, end, indent: blanks, plain, magic });
    }
    at = end + (source.startsWith('\r\n', end) ? 2 : 1);
  }
  return lines;
}

/** IPython goes on below a line that ends with a backslash. */
function endOfMagic(source: string, at: number): number {
  for (let from = at; ;) {
    const end = source.indexOf('\n', from);
    if (end < 0) {
      return source.length;
    }
    if (!/\\\r?$/.test(source.slice(Math.max(at, end - 2), end))) {
      return source[end - 1] === '\r' ? end - 1 : end;
    }
    from = end + 1;
  }
}

/** Python's: brackets, strings of three quotes and backslashes hold lines together. */
function endOfStatement(source: string, at: number): [number, string] {
  let plain = '';
  let depth = 0;
  let i = at;
  const blank = (to: number): void => {
    plain += source.slice(i, to).replace(/[^\n]/g, ' ');
    i = to;
  };
  while (i < source.length) {
    const char = source[i];
    if (char === '\n' || (char === '\r' && source[i + 1] === '\n')) {
      if (depth <= 0) {
        return [i, plain];
      }
    } else if (char === '\\') {
      const length = source[i + 1] === '\r' ? 3 : 2;
      blank(Math.min(i + length, source.length));
      continue;
    } else if (char === '#') {
      const end = source.indexOf('\n', i);
      blank(end < 0 ? source.length : source[end - 1] === '\r' ? end - 1 : end);
      continue;
    } else if ('([{'.includes(char)) {
      depth += 1;
    } else if (')]}'.includes(char)) {
      depth -= 1;
    } else {
      STRING.lastIndex = i;
      const open = /[\w]/.test(source[i - 1] ?? '') ? null : STRING.exec(source);
      if (open) {
        const end = endOfString(source, i + open[0].length, open[1]);
        // The first character stays, so that an expression is seen to stand here.
        plain += '"';
        i += 1;
        blank(end);
        continue;
      }
    }
    plain += char;
    i += 1;
  }
  return [source.length, plain];
}

/** Behind the string whose text begins at `at`. */
export function endOfString(source: string, at: number, quote: string): number {
  for (let i = at; i < source.length; i++) {
    if (source[i] === '\\') {
      i += 1;
    } else if (source.startsWith(quote, i)) {
      return i + quote.length;
    } else if (source[i] === '\n' && quote.length === 1) {
      return i;
    }
  }
  return source.length;
}
