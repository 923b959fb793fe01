import { endOfString } from './python-lines';
import { readShell } from './shell-reader';
import type { IWord, Variables } from './shell-words';

/** What an expression comes to, as far as it is written there: a text, or a list of texts. */
export type Value =
  | { readonly kind: 'text'; readonly word: IWord; readonly replaced: boolean }
  | { readonly kind: 'list'; readonly words: readonly IWord[] }
  | { readonly kind: 'unknown' };

export type Lists = Map<string, readonly IWord[]>;

interface IScope {
  readonly variables: Variables;
  readonly lists: Lists;
}

const UNKNOWN: Value = { kind: 'unknown' };
const STRING = /([rbuf]|br|rb|fr|rf)?("""|'''|"|')/iy;
const DEEPEST = 20;

/** Reads the expression that begins at `at`, and tells where it ends. */
export class ValueReader {
  constructor(
    private readonly source: string,
    public at: number,
    private readonly scope: IScope,
    /** How many brackets are open: within them, lines go on. */
    private _inside = 0
  ) {}

  /** Stands at a comma, a closing bracket or the end afterwards, unless the expression is not understood. */
  read(depth = 0): Value {
    let left = this._term(depth);
    for (;;) {
      this._blank();
      if (this._take(/\.split\(\s*\)/y)) {
        left = left.kind === 'text' ? { kind: 'list', words: pieces(left.word) } : UNKNOWN;
      } else if (this._take(/\+/y)) {
        left = joined(left, this._term(depth));
      } else {
        const rest = this.source[this.at];
        return rest === undefined || ',)]}:\n;#=\r'.includes(rest) ? left : UNKNOWN;
      }
    }
  }

  /** The character that comes next. */
  get next(): string {
    this._take(/[ \t\r\n]+/y);
    return this.source[this.at] ?? '';
  }

  /** Past what is not understood, and past a comma. */
  skip(): void {
    this._skip();
    this._take(/,/y);
  }

  private _term(depth: number): Value {
    this._blank();
    const { source } = this;
    if (depth > DEEPEST) {
      return UNKNOWN;
    }
    const open = source[this.at];
    if (open === '[' || open === '(') {
      const items: IWord[] = [];
      let only: Value = UNKNOWN;
      let commas = 0;
      this.at += 1;
      this._inside += 1;
      for (;;) {
        this._blank();
        if (this._take(open === '[' ? /\]/y : /\)/y)) {
          this._inside -= 1;
          break;
        }
        const from = this.at;
        this._take(/\*/y);
        only = this.read(depth + 1);
        if (only.kind === 'text') {
          items.push(only.word);
        } else if (only.kind === 'list') {
          items.push(...only.words);
        } else {
          this._skip();
          items.push({ text: '', missing: [shortened(source.slice(from, this.at))] });
        }
        this._blank();
        if (this._take(/,/y)) {
          commas += 1;
        } else if (this.at >= source.length || !/[\])]/.test(source[this.at])) {
          return UNKNOWN;
        }
      }
      return open === '(' && commas === 0 ? only : { kind: 'list', words: items };
    }
    if (this._take(/(?:shlex\.)?split\(/y)) {
      const inner = this.read(depth + 1);
      return this._take(/\s*\)/y) && inner.kind === 'text'
        ? { kind: 'list', words: shellCommands(inner.word)[0] ?? [] }
        : UNKNOWN;
    }
    if (this._take(/str\(/y)) {
      const inner = this.read(depth + 1);
      return this._take(/\s*\)/y) ? inner : UNKNOWN;
    }
    STRING.lastIndex = this.at;
    if (STRING.test(source)) {
      return this._strings();
    }
    const number = this._take(/\d+(?![\w.])/y);
    if (number) {
      return { kind: 'text', word: { text: number, missing: [] }, replaced: false };
    }
    const name = this._take(/[A-Za-z_]\w*(?![\w.([])/y);
    if (name) {
      const list = this.scope.lists.get(name);
      const known = this.scope.variables.get(name);
      if (list) {
        return { kind: 'list', words: list };
      }
      const word = typeof known === 'string' ? { text: known, missing: [] } : { text: '', missing: [name] };
      return { kind: 'text', word, replaced: true };
    }
    return UNKNOWN;
  }

  /** Strings beside each other are one. */
  private _strings(): Value {
    let text = '';
    let replaced = false;
    const missing: string[] = [];
    for (;;) {
      this._blank();
      STRING.lastIndex = this.at;
      const open = STRING.exec(this.source);
      if (!open) {
        return { kind: 'text', word: { text, missing }, replaced };
      }
      const from = this.at + open[0].length;
      const end = endOfString(this.source, from, open[2]);
      const prefix = (open[1] ?? '').toLowerCase();
      const inside = this.source.slice(from, Math.max(from, end - open[2].length));
      const plain = prefix.includes('r') ? inside : unescaped(inside);
      this.at = end;
      if (!prefix.includes('f')) {
        text += plain;
        continue;
      }
      replaced = true;
      text += plain.replace(/\{\{|\}\}|\{([^{}]*)\}/g, (all, inner: string | undefined) => {
        if (inner === undefined) {
          return all[0];
        }
        const known = this.scope.variables.get(inner.trim());
        if (typeof known === 'string') {
          return known;
        }
        missing.push(shortened(`{${inner.trim()}}`));
        // A shell that reads this on finds a value that nobody knows.
        return `\${__${missing.length}}`;
      });
    }
  }

  /** To the comma or bracket that ends what is not understood. */
  private _skip(): void {
    let depth = 0;
    for (; this.at < this.source.length; this.at++) {
      const char = this.source[this.at];
      if ('([{'.includes(char)) {
        depth += 1;
      } else if (')]}'.includes(char) && depth-- === 0) {
        return;
      } else if (char === ',' && depth === 0) {
        return;
      } else if (char === '"' || char === "'") {
        this.at = endOfString(this.source, this.at + 1, char) - 1;
      }
    }
  }

  private _blank(): void {
    const some = this._inside > 0 ? /[\s]+|\\\r?\n|#[^\n]*/y : /[ \t]+|\\\r?\n/y;
    while (this._take(some) !== '') {
      // One piece after the other, so that no text takes longer than it is long.
    }
  }

  private _take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source)?.[0] ?? '';
    this.at += found.length;
    return found;
  }
}

const joined = (left: Value, right: Value): Value => {
  if (left.kind === 'text' && right.kind === 'text') {
    return {
      kind: 'text',
      word: {
        text:
          left.word.text +
          (right.word.missing.length > 0 && right.word.text === '' ? '${__}' : right.word.text),
        missing: [...left.word.missing, ...right.word.missing]
      },
      replaced: true
    };
  }
  return left.kind === 'list' && right.kind === 'list'
    ? { kind: 'list', words: [...left.words, ...right.words] }
    : UNKNOWN;
};

/** The commands in a text that a shell gets, with what an f-string lacks by its own name. */
export const shellCommands = ({ text, missing }: IWord, variables: Variables = new Map()): IWord[][] =>
  readShell(text, { variables: new Map(variables) }).map(({ words }) =>
    words.map(word => ({
      text: word.text,
      missing: word.missing.map(name => missing[Number(/^\$__(\d+)$/.exec(name)?.[1]) - 1] ?? name)
    }))
  );

/** A text at its blanks, each piece with what it misses. */
const pieces = ({ text, missing }: IWord): IWord[] => {
  let next = 0;
  return text
    .split(/\s+/)
    .filter(piece => piece !== '')
    .map(piece => {
      const holes = piece.match(/\$\{__\d*\}/g)?.length ?? 0;
      next += holes;
      return { text: piece.replace(/\$\{__\d*\}/g, ''), missing: missing.slice(next - holes, next) };
    });
};

const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text).trim();

const unescaped = (text: string): string =>
  text.replace(/\\(\r?\n|[\s\S])/g, (all, code: string) =>
    /^\r?\n$/.test(code) ? '' : code === 'n' ? '\n' : code === 't' ? '\t' : `'"\\`.includes(code) ? code : all
  );
