/** A piece of a shell's text: a word as it is written, an operator, or the end of a line. */
export interface IToken {
  readonly kind: 'word' | 'operator' | 'newline' | 'redirection';
  readonly start: number;
  readonly end: number;
  /** The operator, or the word as it is written. */
  readonly raw: string;
  /** The body of a here-document that this redirection opens. */
  readonly body?: { readonly start: number; readonly end: number };
}

const OPERATORS = ['&&', '||', ';;&', ';;', ';&', '|&', ';', '&', '|', '(', ')'];
const REDIRECTION = /(?:\d*(?:<<<|<<-?|<>|<&|>>|>&|>\||<|>)|&>>?)/y;
const BLANK = /(?:[ \t\r]|\\\r?\n)+/y;
const META = /[\s;&|()<>]/;

/** Behind the quoted text that begins at `at`; at the end where it is never closed. */
function endOfQuote(text: string, at: number, to: number): number {
  const quote = text[at];
  for (let i = at + 1; i < to; i++) {
    if (text[i] === quote) {
      return i + 1;
    }
    if (quote === '"') {
      if (text[i] === '\\') {
        i += 1;
      } else if (text[i] === '$' || text[i] === '`') {
        i = endOfDollar(text, i, to) - 1;
      }
    }
  }
  return to;
}

/** Behind `$(…)`, `${…}`, `$'…'` or `` `…` `` at `at`; behind the one character where it is none of them. */
export function endOfDollar(text: string, at: number, to: number): number {
  if (text[at] === '`') {
    for (let i = at + 1; i < to; i++) {
      if (text[i] === '\\') {
        i += 1;
      } else if (text[i] === '`') {
        return i + 1;
      }
    }
    return to;
  }
  switch (text[at + 1]) {
    case '(':
      return endOfGroup(text, at + 1, to, '(', ')');
    case '{':
      return endOfGroup(text, at + 1, to, '{', '}');
    case "'":
      for (let i = at + 2; i < to; i++) {
        if (text[i] === '\\') {
          i += 1;
        } else if (text[i] === "'") {
          return i + 1;
        }
      }
      return to;
    default:
      return at + 1;
  }
}

/** Behind the bracket that closes the one at `at`. */
export function endOfGroup(text: string, at: number, to: number, open: string, close: string): number {
  let depth = 0;
  for (let i = at; i < to; i++) {
    const char = text[i];
    if (char === '\\') {
      i += 1;
    } else if (char === "'" || char === '"') {
      i = endOfQuote(text, i, to) - 1;
    } else if (char === '`' || (char === '$' && i > at)) {
      i = endOfDollar(text, i, to) - 1;
    } else if (char === '#' && open === '(' && /[\s;(]/.test(text[i - 1] ?? ' ')) {
      i = endOfLine(text, i, to) - 1;
    } else if (char === open) {
      depth += 1;
    } else if (char === close && --depth === 0) {
      return i + 1;
    }
  }
  return to;
}

function endOfLine(text: string, at: number, to: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 || end > to ? to : end;
}

function endOfWord(text: string, at: number, to: number): number {
  let i = at;
  while (i < to && !META.test(text[i])) {
    const char = text[i];
    if (char === '\\') {
      i += text[i + 1] === '\r' && text[i + 2] === '\n' ? 3 : 2;
    } else if (char === "'" || char === '"') {
      i = endOfQuote(text, i, to);
    } else if (char === '$' || char === '`') {
      i = endOfDollar(text, i, to);
    } else {
      i += 1;
    }
  }
  return Math.min(i, to);
}

/** A match of a sticky pattern exactly at `at`. */
function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

/**
 * The text of a shell's script between two places, in pieces. Comments are left out, and so are the bodies of
 * here-documents, which are told with the redirection. Text that no shell would take ends in some way.
 */
export function shellTokens(text: string, from = 0, to = text.length): IToken[] {
  const tokens: IToken[] = [];
  let waiting: { at: number; delimiter: string; tabs: boolean }[] = [];
  const push = (kind: IToken['kind'], start: number, end: number): number => {
    tokens.push({ kind, start, end, raw: text.slice(start, end) });
    return end;
  };
  let i = from;
  while (i < to) {
    const blank = matchAt(BLANK, text, i);
    if (blank !== '') {
      i += blank.length;
      continue;
    }
    if (text[i] === '\n') {
      i = push('newline', i, i + 1);
      for (const { at, delimiter, tabs } of waiting) {
        const end = endOfBody(text, i, to, delimiter, tabs);
        tokens[at] = { ...tokens[at], body: { start: i, end: end.body } };
        i = end.behind;
      }
      waiting = [];
      continue;
    }
    if (text[i] === '#') {
      i = endOfLine(text, i, to);
      continue;
    }
    const redirection = matchAt(REDIRECTION, text, i);
    // `<(` and `>(` are a process in place of a file.
    if (redirection !== '' && !(redirection.length === 1 && text[i + 1] === '(')) {
      const start = i;
      i += redirection.length;
      i += matchAt(BLANK, text, i).length;
      const end = endOfWord(text, i, to);
      if (/<<-?$/.test(redirection)) {
        const delimiter = text.slice(i, end).replace(/['"\\]/g, '');
        waiting.push({ at: tokens.length, delimiter, tabs: redirection.endsWith('-') });
      }
      i = push('redirection', start, end);
      continue;
    }
    if (redirection !== '') {
      i = push('word', i, endOfGroup(text, i + 1, to, '(', ')'));
      continue;
    }
    const operator = OPERATORS.find(one => text.startsWith(one, i));
    if (operator !== undefined) {
      i = push('operator', i, i + operator.length);
      continue;
    }
    i = push('word', i, Math.max(endOfWord(text, i, to), i + 1));
  }
  return tokens;
}

function endOfBody(
  text: string,
  from: number,
  to: number,
  delimiter: string,
  tabs: boolean
): { body: number; behind: number } {
  for (let at = from; at < to;) {
    const end = endOfLine(text, at, to);
    const line = text.slice(at, end).replace(/\r$/, '');
    if ((tabs ? line.replace(/^\t+/, '') : line) === delimiter) {
      return { body: at, behind: Math.min(end + 1, to) };
    }
    at = end + 1;
  }
  return { body: to, behind: to };
}
