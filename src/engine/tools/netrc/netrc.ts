import { lineCounter } from '../text/lines';
import { parsed, type Parsed, stopped } from '../text/parse-result';
import { createLexer, createShlexLexer, type Lexer, type Token } from './lexer';
import { trans } from '../../core/say';

/** The word behind `login`, `account` or `password`. */
export interface Field extends Token {
  /** Where that keyword begins. */
  readonly keyStart: number;
}

export interface NetrcEntry {
  /** The host, or `default`. */
  readonly host: string;
  /** Where it begins, counted from 1. */
  readonly line: number;
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

const FIX = trans.__(
  'Complete the line or remove it; an entry reads: machine HOST login USER password PASSWORD.'
);

/** Python's reader was written anew in 3.11. */
export type NetrcRules = 'since 3.11' | 'before 3.11';

/**
 * Reads a file as Python's `netrc` does, which is what pip asks; stops where it raises.
 * https://github.com/python/cpython/blob/3.13/Lib/netrc.py and https://github.com/python/cpython/blob/3.10/Lib/netrc.py
 */
export function readNetrc(text: string, rules: NetrcRules = 'since 3.11'): Parsed<Netrc> {
  const old = rules === 'before 3.11';
  const lexer = old ? createShlexLexer(text) : createLexer(text);
  const lineAt = lineCounter(text);
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
      const body = macro(lexer, old);
      if (body === null) {
        return stopped(
          lineAt(word.start),
          trans.__('its macdef does not end'),
          trans.__('Put an empty line behind the last line of the macro.')
        );
      }
      macros.set(name, body);
      continue;
    }
    if (word.text !== 'machine' && word.text !== 'default') {
      return stopped(lineAt(word.start), trans.__('a word stands where "machine" was expected'), FIX);
    }
    const name = word.text === 'machine' ? lexer.token() : word;
    if (!name.text) {
      return stopped(lineAt(word.start), trans.__('the name of the machine is missing'), FIX);
    }
    const entry = old ? followOld(lexer, word, name) : follow(lexer, word, name);
    if (entry === null) {
      const what = trans.__(
        "an entry has no password, which this Python's reader (before 3.11) does not accept"
      );
      return stopped(lineAt(word.start), what, FIX);
    }
    if (entries.length === MOST_ENTRIES) {
      return stopped(
        lineAt(word.start),
        trans.__('it is entry number %1, and no more are read', MOST_ENTRIES + 1),
        trans.__('Remove entries that are not needed.')
      );
    }
    if ('host' in entry) {
      entries.push({ ...entry, line: lineAt(word.start) });
    } else {
      return stopped(
        lineAt(entry.start),
        trans.__('a word stands where "login" or "password" was expected'),
        FIX
      );
    }
  }
}

/** The old reader takes the end of the file for the end of the macro. */
function macro(lexer: Lexer, old: boolean): string | null {
  for (let body = ''; ;) {
    const line = lexer.line();
    if (line === '' || line === '\n') {
      return line || old ? body : null;
    }
    body += line;
  }
}

type Found = Omit<NetrcEntry, 'line'>;

function follow(lexer: Lexer, word: Token, name: Token): Found | Token {
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

/** As 3.10 does: a comment ends an entry too, and one without a password is an error (null). */
function followOld(lexer: Lexer, word: Token, name: Token): Found | Token | null {
  const entry: { login?: Field; account?: Field; password?: Field } = {};
  const secrets: Token[] = [];
  let end = name.end;
  for (;;) {
    const key = lexer.token();
    if (key.text.startsWith('#') || ['', 'machine', 'default', 'macdef'].includes(key.text)) {
      lexer.push(key);
      return entry.password?.text
        ? { host: name.text, start: word.start, end, name, secrets, ...entry }
        : null;
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
