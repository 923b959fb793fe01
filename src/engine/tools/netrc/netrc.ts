import { lineAt } from '../text/lines';
import { parsed, type Parsed, stopped } from '../text/parse-result';

/** A word of a netrc file as its reader takes it, and the raw span it stands in (with quotes). */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The word behind `login`, `account` or `password`. */
export interface Field extends Token {
  /** Where that keyword begins. */
  readonly keyStart: number;
}

export interface NetrcEntry {
  /** The host, or `default`. */
  readonly host: string;
  /** From the word `machine` or `default` to the end of the last value. */
  readonly start: number;
  readonly end: number;
  /** Of the host's name; for `default`, of the word itself. */
  readonly name: Token;
  /** The last of each wins, as in the file's readers. */
  readonly login?: Field;
  readonly account?: Field;
  readonly password?: Field;
  /** Every password and account, also those a later one overrides. */
  readonly secrets: readonly Token[];
}

export interface Netrc {
  readonly entries: readonly NetrcEntry[];
  readonly macros: ReadonlyMap<string, string>;
}

// People have some ten entries: a file with this many was made by a program that went wrong.
const MOST_ENTRIES = 10_000;

const FIX = 'Complete the line or remove it; an entry reads: machine HOST login USER password PASSWORD.';

/**
 * Reads a file as Python's `netrc` (3.11 and later) does, which is what pip asks; stops where it
 * raises. https://github.com/python/cpython/blob/3.13/Lib/netrc.py
 */
export function readNetrc(text: string): Parsed<Netrc> {
  const lexer = createLexer(text);
  const entries: NetrcEntry[] = [];
  const macros = new Map<string, string>();
  for (;;) {
    const word = lexer.token();
    if (!word.text) {
      return parsed({ entries, macros });
    }
    if (word.text.startsWith('#')) {
      // "# words" is a comment; "#words" ends where the word ends. So it is, since 3.11.
      if (!lexer.endedLine() && word.text.length === 1) {
        lexer.line();
      }
      continue;
    }
    if (word.text === 'macdef') {
      const name = lexer.token().text;
      const body = macro(lexer);
      if (body === null) {
        return stopped(
          lineAt(text, word.start),
          'its macdef does not end',
          'Put an empty line behind the last line of the macro.'
        );
      }
      macros.set(name, body);
      continue;
    }
    if (word.text !== 'machine' && word.text !== 'default') {
      return stopped(lineAt(text, word.start), 'a word stands where "machine" was expected', FIX);
    }
    const name = word.text === 'machine' ? lexer.token() : word;
    if (!name.text) {
      return stopped(lineAt(text, word.start), 'the name of the machine is missing', FIX);
    }
    const entry = follow(lexer, word, name);
    if (entries.length === MOST_ENTRIES) {
      return stopped(
        lineAt(text, word.start),
        `it is entry number ${MOST_ENTRIES + 1}, and no more are read`,
        'Remove entries that are not needed.'
      );
    }
    if ('host' in entry) {
      entries.push(entry);
    } else {
      return stopped(
        lineAt(text, entry.start),
        'a word stands where "login" or "password" was expected',
        FIX
      );
    }
  }
}

type Lexer = ReturnType<typeof createLexer>;

function macro(lexer: Lexer): string | null {
  for (let body = ''; ;) {
    const line = lexer.line();
    if (line === '' || line === '\n') {
      return line ? body : null;
    }
    body += line;
  }
}

function follow(lexer: Lexer, word: Token, name: Token): NetrcEntry | Token {
  const entry: { login?: Field; account?: Field; password?: Field } = {};
  const secrets: Token[] = [];
  let end = name.end;
  for (;;) {
    const key = lexer.token();
    if (key.text.startsWith('#')) {
      if (!lexer.endedLine()) {
        lexer.line();
      }
      continue;
    }
    if (['', 'machine', 'default', 'macdef'].includes(key.text)) {
      lexer.push(key);
      return { host: name.text, start: word.start, end, name, secrets, ...entry };
    }
    if (!['login', 'user', 'account', 'password'].includes(key.text)) {
      return key;
    }
    const value = { ...lexer.token(), keyStart: key.start };
    entry[key.text === 'user' ? 'login' : (key.text as 'login')] = value;
    end = Math.max(end, value.end);
    if (key.text === 'password' || key.text === 'account') {
      secrets.push(value);
    }
  }
}

// Neither a word's end, nor a line's, nor an escape.
const PLAIN = /[^\n\t\r \\]+/y;
const QUOTED = /[^"\n\r\\]+/y;

function createLexer(text: string) {
  let at = 0;
  let newline = false;
  let pushed: Token | undefined;

  // Python reads in text mode: CRLF and a lone CR arrive as LF.
  const read = (): string => {
    const ch = text.charAt(at);
    at += ch === '\r' && text.charAt(at + 1) === '\n' ? 2 : 1;
    newline ||= ch === '\n' || ch === '\r';
    return ch === '\r' ? '\n' : ch;
  };
  const escaped = (ch: string): string => (ch === '\\' ? read() : ch);
  // A token has a thousand characters and more: what means nothing by itself is taken in one piece.
  const run = (plain: RegExp): string => {
    plain.lastIndex = at;
    const found = plain.exec(text)?.[0] ?? '';
    at += found.length;
    return found;
  };
  const isSpace = (ch: string): boolean => ch !== '' && '\n\t\r '.includes(ch);

  const token = (): Token => {
    newline = false;
    if (pushed) {
      const again = pushed;
      pushed = undefined;
      return again;
    }
    let start = at;
    let ch = read();
    while (isSpace(ch)) {
      start = at;
      ch = read();
    }
    let word = '';
    if (ch === '"') {
      for (ch = read(); ch !== '' && ch !== '"'; ch = read()) {
        word += escaped(ch) + run(QUOTED);
      }
      return { text: word, start, end: Math.min(at, text.length) };
    }
    let end = Math.min(at, text.length);
    for (; ch !== '' && !isSpace(ch); ch = read()) {
      word += escaped(ch) + run(PLAIN);
      end = Math.min(at, text.length);
    }
    return { text: word, start, end };
  };

  return {
    token,
    /** Gives a word back, to be read again. */
    push: (word: Token) => {
      pushed = word;
    },
    /** Whether the last word took a line end with it. */
    endedLine: () => newline,
    /** The rest of the line with its end as LF; empty at the end of the file. */
    line: (): string => {
      if (at >= text.length) {
        return '';
      }
      const rest = /[^\r\n]*/y;
      rest.lastIndex = at;
      const found = rest.exec(text)![0];
      at += found.length;
      return found + read();
    }
  };
}
