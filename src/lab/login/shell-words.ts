import { endOfDollar, endOfGroup } from './shell-lexer';

/** A word as the command gets it. */
export interface IWord {
  readonly text: string;
  /** What of it only the running shell knows: `$DOMAIN`, `$(…)`. */
  readonly missing: readonly string[];
}

/** Values that the text itself gives; null for one that it changes in a way that depends on what happens. */
export type Variables = Map<string, string | null>;

/** A process in a word, as `$(aws …)`: where its text begins and ends. */
export type Inner = (start: number, end: number) => void;

export interface IExpansion {
  readonly variables: Variables;
  /** IPython replaces `{name}` before the shell sees the line. */
  readonly braces?: boolean;
  readonly inner?: Inner;
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/**
 * What bash makes of a word: quotes are taken away, variables are replaced, and an unquoted one falls apart at its
 * blanks. Patterns of file names stay as they are. `from` and `to` are places in `text`.
 */
export function expandWord(text: string, from: number, to: number, options: IExpansion): IWord[] {
  const words: IWord[] = [];
  let present: string | undefined;
  let missing: string[] = [];
  const add = (piece: string): void => {
    present = (present ?? '') + piece;
  };
  const end = (): void => {
    if (present !== undefined || missing.length > 0) {
      words.push({ text: present ?? '', missing });
    }
    present = undefined;
    missing = [];
  };
  const value = (found: IWord, quoted: boolean): void => {
    missing.push(...found.missing);
    if (quoted) {
      add(found.text);
      return;
    }
    const parts = found.text.split(/[ \t\n]+/);
    parts.forEach((part, index) => {
      if (index > 0) {
        end();
      }
      if (part !== '') {
        add(part);
      }
    });
  };
  const scan = (at: number, stop: number, quoted: boolean): void => {
    for (let i = at; i < stop; i++) {
      const char = text[i];
      if (char === '\\') {
        const next = text[i + 1];
        const newline = /\r?\n/y;
        newline.lastIndex = i + 1;
        const ended = newline.exec(text)?.[0].length ?? 0;
        if (ended === 0 && next !== undefined) {
          add(quoted && !'$`"\\'.includes(next) ? `\\${next}` : next);
        }
        i += ended || 1;
      } else if (char === "'" && !quoted) {
        const close = text.indexOf("'", i + 1);
        const last = close < 0 || close > stop ? stop : close;
        add('');
        if (options.braces) {
          // IPython replaces `{name}` within single quotes too, and leaves `$name` there.
          value(bracesIn(text.slice(i + 1, last), options.variables), true);
        } else {
          add(text.slice(i + 1, last));
        }
        i = last;
      } else if (char === '"' && !quoted) {
        let close = i + 1;
        while (close < stop && text[close] !== '"') {
          close =
            text[close] === '\\'
              ? close + 2
              : '$`'.includes(text[close])
                ? endOfDollar(text, close, stop)
                : close + 1;
        }
        add('');
        scan(i + 1, Math.min(close, stop), true);
        i = close;
      } else if (char === '$' || char === '`') {
        const last = endOfDollar(text, i, stop);
        const dollar = text.slice(i, last);
        if (dollar.startsWith("$'") && !quoted) {
          add(ansi(dollar.slice(2, -1)));
          i = last - 1;
        } else if (char === '$' && text[i + 1] === '"' && !quoted) {
          continue;
        } else if (dollar.length > 1) {
          value(ofDollar(text, i, last, options), quoted);
          i = last - 1;
        } else {
          const name = /^(?:[A-Za-z_]\w*|[0-9@*#?$!-])/.exec(text.slice(i + 1, Math.min(stop, i + 120)))?.[0];
          if (name === undefined) {
            add('$');
          } else {
            value(named(name, options.variables), quoted);
            i += name.length;
          }
        }
      } else if (char === '{' && options.braces && /^\{\w+\}/.test(text.slice(i, i + 80))) {
        const last = endOfGroup(text, i, stop, '{', '}');
        const name = text.slice(i + 1, last - 1);
        const found = options.variables.get(name);
        // Of another name, IPython leaves the whole line to the shell; its value is missing either way.
        value(
          typeof found === 'string' ? { text: found, missing: [] } : { text: '', missing: [`{${name}}`] },
          quoted
        );
        i = last - 1;
      } else {
        add(char);
      }
    }
  };
  scan(from, to, false);
  end();
  return words;
}

function bracesIn(text: string, variables: Variables): IWord {
  const missing: string[] = [];
  const replaced = text.replace(/\{(\w+)\}/g, (all, name: string) => {
    const known = variables.get(name);
    if (typeof known !== 'string') {
      missing.push(all);
    }
    return known ?? '';
  });
  return { text: replaced, missing };
}

function named(name: string, variables: Variables): IWord {
  const known = variables.get(name);
  return typeof known === 'string' ? { text: known, missing: [] } : { text: '', missing: [`$${name}`] };
}

/** `${NAME}`, with a default or without, `$(…)` or `` `…` ``. */
function ofDollar(text: string, from: number, to: number, options: IExpansion): IWord {
  if (text[from] === '`' || text[from + 1] === '(') {
    const open = text[from] === '`' ? 1 : 2;
    if (!text.startsWith('$((', from)) {
      options.inner?.(from + open, to - 1);
    }
    return { text: '', missing: ['$(…)'] };
  }
  const match = /^\$\{([A-Za-z_]\w*)(?:(:?[-=+?])([\s\S]*))?\}$/.exec(text.slice(from, to));
  if (!match) {
    const name = /^\$\{[!#]?(\w+)/.exec(text.slice(from, to))?.[1];
    return { text: '', missing: [name === undefined ? '${…}' : `$${name}`] };
  }
  const [, name, operator = '', rest = ''] = match;
  const known = options.variables.get(name);
  const set = typeof known === 'string' && (known !== '' || !operator.startsWith(':'));
  const alternative = (): IWord => {
    const start = to - 1 - rest.length;
    const words = expandWord(text, start, to - 1, options);
    return { text: words.map(word => word.text).join(' '), missing: words.flatMap(word => word.missing) };
  };
  if (operator.endsWith('+')) {
    return set ? alternative() : { text: '', missing: [] };
  }
  if (set || !/[-=]$/.test(operator) || known === null) {
    return named(name, options.variables);
  }
  const other = alternative();
  if (operator.endsWith('=') && other.missing.length === 0) {
    options.variables.set(name, other.text);
  }
  return other;
}

/** `$'…'`, with the escapes that names are written with. */
const ansi = (text: string): string =>
  text.replace(/\\(x[0-9A-Fa-f]{1,2}|[\s\S])/g, (_, code: string) =>
    code.length > 1 ? String.fromCharCode(parseInt(code.slice(1), 16)) : (SIMPLE_ESCAPES[code] ?? code)
  );
