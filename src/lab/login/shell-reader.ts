import { expandWord, type IWord, type Variables } from './shell-words';
import { type IToken, shellTokens } from './shell-lexer';

/** One command of a script, with the words it is called with. */
export interface IShellCommand {
  readonly words: readonly IWord[];
  readonly start: number;
  readonly end: number;
  /** Nothing else is in its lines, nothing waits for what it comes to, and no block is empty without it. */
  readonly alone: boolean;
  /** Its redirections, as they are written; null where one has a body below the command. */
  readonly redirections: string | null;
}

export interface IShellOptions {
  readonly variables?: Variables;
  readonly braces?: boolean;
}

const OPENING = ['if', 'while', 'until', 'for', 'select', 'case', '{'];
const CLOSING = ['fi', 'done', 'esac', '}'];
const BETWEEN = ['then', 'do', 'elif', 'else', '!', 'time', 'coproc'];
const ASSIGNMENT = /^([A-Za-z_]\w*)(\+?)=/;
const DECLARE = ['export', 'declare', 'typeset', 'local', 'readonly'];
const SHELLS = /^(?:.*\/)?(?:ba|da|z|k)?sh$/;

/** A text with more openings than this is no script that somebody pasted. */
const MOST_OPENINGS = 1000;
const LARGEST = 200_000;

/** The commands of a script in their order, those within `$(…)`, `bash -c '…'` and here-documents of a shell too. */
export function readShell(text: string, options: IShellOptions = {}): IShellCommand[] {
  if (text.length > LARGEST || (text.match(/[({`]/g)?.length ?? 0) > MOST_OPENINGS) {
    return [];
  }
  const variables: Variables = options.variables ?? new Map<string, string | null>();
  return new Reader(text, { ...options, variables }, 0).read(0, text.length, true);
}

class Reader {
  constructor(
    private readonly text: string,
    private readonly options: IShellOptions & { readonly variables: Variables },
    private readonly depth: number
  ) {}

  read(from: number, to: number, top: boolean): IShellCommand[] {
    const found: IShellCommand[] = [];
    const tokens = shellTokens(this.text, from, to);
    // Each open block, with what it has assigned: afterwards nobody knows whether it has.
    const blocks: { readonly kind: string; readonly before: Map<string, string | null | undefined> }[] = [];
    let joint = '';
    let i = 0;
    const close = (last: boolean): void => {
      const block = last ? blocks.pop() : blocks[blocks.length - 1];
      for (const [name, value] of block?.before ?? []) {
        if (block?.kind === '(') {
          this._set(name, value);
        } else if (block?.kind !== '{') {
          this._set(name, null);
          blocks.forEach(outer => outer.before.has(name) || outer.before.set(name, value));
        }
      }
      if (!last) {
        block?.before.clear();
      }
    };
    const skipTo = (...raws: string[]): void => {
      while (i < tokens.length && !raws.includes(tokens[i].raw)) {
        i += 1;
      }
    };
    while (i < tokens.length) {
      const token = tokens[i];
      if (token.kind === 'newline' || token.raw === ';') {
        joint = token.raw === ';' ? ';' : ['', ';', '&'].includes(joint) ? '' : joint;
        i += 1;
      } else if (token.raw === '(') {
        blocks.push({ kind: '(', before: new Map() });
        joint = '(';
        i += 1;
      } else if (token.raw === ')') {
        close(true);
        joint = ')';
        i += 1;
      } else if (token.raw.startsWith(';;')) {
        close(false);
        i += 1;
        this._pattern(
          () => tokens[i],
          () => (i += 1)
        );
        joint = 'case';
      } else if (token.kind === 'operator') {
        joint = token.raw;
        i += 1;
      } else if (OPENING.includes(token.raw)) {
        blocks.push({ kind: token.raw, before: new Map() });
        joint = token.raw;
        i += 1;
        if (token.raw === 'for' || token.raw === 'select') {
          this._assign(tokens[i]?.raw ?? '', null, blocks);
          skipTo(';', '\n', 'do');
        } else if (token.raw === 'case') {
          skipTo('in');
          i += 1;
          this._pattern(
            () => tokens[i],
            () => (i += 1)
          );
        }
      } else if (CLOSING.includes(token.raw)) {
        close(true);
        joint = token.raw;
        i += 1;
      } else if (BETWEEN.includes(token.raw)) {
        if (/^el/.test(token.raw)) {
          close(false);
        }
        joint = token.raw;
        i += 1;
      } else if (token.raw === '[[') {
        skipTo(']]');
        i += 1;
        joint = ']]';
      } else {
        const first = i;
        while (i < tokens.length && (tokens[i].kind === 'word' || tokens[i].kind === 'redirection')) {
          i += 1;
          // `NAME=(…)` is a list, `NAME()` a function.
          if (tokens[i]?.raw === '(' && tokens[i].start === tokens[i - 1].end) {
            const list = /=$/.test(tokens[i - 1].raw);
            skipTo(')');
            i += list ? 1 : 0;
            if (list) {
              this._assign(ASSIGNMENT.exec(tokens[first].raw)?.[1] ?? '', null, blocks);
            }
          }
        }
        const next = tokens[i];
        const pipe = next?.raw.startsWith('|') === true && next.raw !== '||';
        const alone = top && blocks.length === 0 && joint === '' && (!next || next.kind === 'newline');
        const certain = !pipe && !['||', '|', '|&'].includes(joint);
        found.push(...this._command(tokens.slice(first, i), { alone, certain }, blocks));
        joint = joint === '' ? ';' : joint;
        // What follows on the same line, such as a comment, leaves the command alone.
        if (tokens[i]?.kind === 'newline') {
          joint = '';
        }
      }
    }
    return found;
  }

  /** A branch's pattern, up to its bracket. */
  private _pattern(at: () => IToken | undefined, next: () => void): void {
    while (at() && at()?.kind !== 'word' && at()?.raw !== '(') {
      next();
    }
    if (at()?.raw === 'esac') {
      return;
    }
    while (at() && at()?.raw !== ')') {
      next();
    }
    next();
  }

  private _set(name: string, value: string | null | undefined): void {
    if (value === undefined) {
      this.options.variables.delete(name);
    } else {
      this.options.variables.set(name, value);
    }
  }

  private _assign(
    name: string,
    value: string | null,
    blocks: readonly { readonly before: Map<string, string | null | undefined> }[]
  ): void {
    const block = blocks[blocks.length - 1];
    if (block && !block.before.has(name)) {
      block.before.set(name, this.options.variables.get(name));
    }
    this._set(name, value);
  }

  private _command(
    tokens: readonly IToken[],
    { alone, certain }: { readonly alone: boolean; readonly certain: boolean },
    blocks: readonly { readonly before: Map<string, string | null | undefined> }[]
  ): IShellCommand[] {
    const found: IShellCommand[] = [];
    const { variables, braces } = this.options;
    const inner = (start: number, end: number): void => {
      // A process of its own: what it assigns is lost with it.
      const reader = new Reader(this.text, { braces, variables: new Map(variables) }, this.depth + 1);
      found.push(...reader.read(start, end, false));
    };
    const expand = (start: number, end: number): IWord[] =>
      expandWord(this.text, start, end, { variables, braces, inner });
    const one = (words: readonly IWord[]): string | null =>
      words.some(word => word.missing.length > 0) ? null : words.map(word => word.text).join(' ');
    const value = (token: IToken): [string, string | null] => {
      const [all, name, plus] = ASSIGNMENT.exec(token.raw) ?? ['', '', ''];
      const given = one(expand(token.start + all.length, token.end));
      const before = variables.get(name);
      return [
        name,
        plus === '' ? given : given === null || typeof before !== 'string' ? null : before + given
      ];
    };
    const words = tokens.filter(token => token.kind === 'word');
    const redirections = tokens.filter(token => token.kind === 'redirection');
    const begin = words.findIndex(token => !ASSIGNMENT.test(token.raw));
    const assignments = (begin < 0 ? words : words.slice(0, begin)).map(value);
    if (begin < 0) {
      assignments.forEach(([name, given]) => this._assign(name, certain ? given : null, blocks));
      return found;
    }
    const called: IWord[] = words.slice(begin).flatMap(token => {
      const declared = DECLARE.includes(words[begin].raw) && ASSIGNMENT.test(token.raw);
      if (declared) {
        const [name, given] = value(token);
        this._assign(name, certain ? given : null, blocks);
        return [];
      }
      return expand(token.start, token.end);
    });
    if (words[begin].raw === 'unset') {
      words.slice(begin + 1).forEach(token => this._assign(token.raw, certain ? '' : null, blocks));
    } else if (words[begin].raw === 'read') {
      words.slice(begin + 1).forEach(token => this._assign(token.raw, null, blocks));
    }
    const bodies = redirections.filter(token => token.body !== undefined);
    const start = tokens[0].start;
    const end = tokens[tokens.length - 1].end;
    const command: IShellCommand = {
      words: called,
      start,
      end,
      alone,
      redirections: bodies.length > 0 ? null : redirections.map(token => token.raw).join(' ')
    };
    const script = this._script(called);
    if (script !== null && this.depth < 5) {
      const reader = new Reader(script, { variables: new Map(variables) }, this.depth + 1);
      // Places within the script's own text mean nothing here.
      found.push(
        ...reader
          .read(0, script.length, false)
          .map(each => ({ ...each, start, end, alone, redirections: command.redirections }))
      );
    } else {
      found.push(command);
    }
    if (called.some(({ text }) => SHELLS.test(text) || text === 'su' || text === 'ssh' || text === 'sudo')) {
      for (const { body } of bodies) {
        const reader = new Reader(this.text, { variables: new Map(variables) }, this.depth + 1);
        found.push(...reader.read(body!.start, body!.end, true));
      }
    }
    return found;
  }

  /** The script in `bash -c '…'`, `su user -c '…'` and `eval …`. */
  private _script(words: readonly IWord[]): string | null {
    const shell = words.findIndex(({ text }) => SHELLS.test(text) || text === 'su' || text === 'runuser');
    if (words[0]?.text === 'eval') {
      return words
        .slice(1)
        .map(({ text }) => text)
        .join(' ');
    }
    if (shell < 0 || shell > 4) {
      return null;
    }
    const option = words.findIndex(({ text }, index) => index > shell && /^-[a-z]*c$/.test(text));
    return option < 0 ? null : (words[option + 1]?.text ?? null);
  }
}
