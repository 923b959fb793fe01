/** A word of a netrc file as its reader takes it, and the raw span it stands in (with quotes). */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Cuts a netrc file into words, and into lines where a macro or a comment begins. */
export interface Lexer {
  /** The next word; empty at the end of the file. */
  readonly token: () => Token;
  /** Gives a word back, to be read again. */
  readonly push: (word: Token) => void;
  /** Whether the last word took a line end with it. */
  readonly endedLine: () => boolean;
  /** The rest of the line with its end as LF; empty at the end of the file. */
  readonly line: () => string;
}

/** Python reads in text mode: CRLF and a lone CR arrive as LF. */
function createReader(text: string) {
  let at = 0;
  let newline = false;
  return {
    at: () => Math.min(at, text.length),
    read: (): string => {
      const ch = text.charAt(at);
      at += ch === '\r' && text.charAt(at + 1) === '\n' ? 2 : 1;
      newline ||= ch === '\n' || ch === '\r';
      return ch === '\r' ? '\n' : ch;
    },
    /** A token has a thousand characters and more: what means nothing by itself is taken in one piece. */
    run: (plain: RegExp): string => {
      plain.lastIndex = at;
      const found = plain.exec(text)?.[0] ?? '';
      at += found.length;
      return found;
    },
    newline: () => newline,
    forgetNewline: () => {
      newline = false;
    },
    line(): string {
      return at >= text.length ? '' : this.run(/[^\r\n]*/y) + this.read();
    }
  };
}

const isSpace = (ch: string): boolean => ch !== '' && '\n\t\r '.includes(ch);

// Neither a word's end, nor a line's, nor an escape.
const PLAIN = /[^\n\t\r \\]+/y;
const QUOTED = /[^"\n\r\\]+/y;

/** The words of Python 3.11 and later: quotes hold a word together, and a backslash escapes. */
export function createLexer(text: string): Lexer {
  const reader = createReader(text);
  const { read, run } = reader;
  let pushed: Token | undefined;
  const escaped = (ch: string): string => (ch === '\\' ? read() : ch);

  const token = (): Token => {
    reader.forgetNewline();
    if (pushed) {
      const again = pushed;
      pushed = undefined;
      return again;
    }
    let start = reader.at();
    let ch = read();
    while (isSpace(ch)) {
      start = reader.at();
      ch = read();
    }
    let word = '';
    if (ch === '"') {
      for (ch = read(); ch !== '' && ch !== '"'; ch = read()) {
        word += escaped(ch) + run(QUOTED);
      }
      return { text: word, start, end: reader.at() };
    }
    let end = reader.at();
    for (; ch !== '' && !isSpace(ch); ch = read()) {
      word += escaped(ch) + run(PLAIN);
      end = reader.at();
    }
    return { text: word, start, end };
  };

  return {
    token,
    push: word => {
      pushed = word;
    },
    endedLine: reader.newline,
    line: () => reader.line()
  };
}

// shlex's letters, digits and underscore, and every other printable ASCII character, which netrc adds.
const WORD = /[\x21-\x7e]+/y;

/**
 * The words of Python 3.10 and earlier, which are shlex's: quotes and backslashes are characters as any other, and
 * what is not printable ASCII is a word of its own. https://github.com/python/cpython/blob/3.10/Lib/shlex.py (`read_token`)
 */
export function createShlexLexer(text: string): Lexer {
  const reader = createReader(text);
  const pushed: Token[] = [];

  const token = (): Token => {
    reader.forgetNewline();
    const again = pushed.pop();
    if (again) {
      return again;
    }
    let start = reader.at();
    let word = reader.run(WORD);
    while (word === '') {
      start = reader.at();
      const ch = reader.read();
      if (ch === '' || !isSpace(ch)) {
        return { text: ch, start, end: reader.at() };
      }
      start = reader.at();
      word = reader.run(WORD);
    }
    const end = reader.at();
    // The character behind a word is taken with it; one that belongs to no word comes next.
    const next = reader.read();
    if (next !== '' && !isSpace(next)) {
      pushed.push({ text: next, start: end, end: reader.at() });
    }
    return { text: word, start, end };
  };

  return {
    token,
    push: word => void pushed.push(word),
    endedLine: reader.newline,
    line: () => reader.line()
  };
}
