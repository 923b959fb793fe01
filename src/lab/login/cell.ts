import { pythonLines, type ILine } from './python-lines';
import { type Lists, shellCommands, ValueReader } from './python-values';
import { type IShellCommand, readShell } from './shell-reader';
import type { IWord, Variables } from './shell-words';

/** A command that a cell starts, and the lines it stands in. */
export interface ICellCommand {
  readonly words: readonly IWord[];
  /** How it can be taken out of the cell. */
  readonly place:
    | { readonly kind: 'shell'; readonly command: IShellCommand }
    | {
        readonly kind: 'magic';
        readonly line: ILine;
        readonly command: IShellCommand;
        readonly offset: number;
      }
    /** `whole`: the statement is this call and nothing else. */
    | { readonly kind: 'call'; readonly line: ILine; readonly whole: boolean };
}

const SHELL_CELL =
  /^%%(?:bash|sh|zsh|(?:script[ \t]+(?:--\S+[ \t]+)*(?:\S*\/)?(?:ba|z|k)?sh)|sx|system|!)(?![\w-])/;
/** Magics that run their cell as any other. */
const PLAIN_CELL = /^%%(?:capture|time|timeit|prun|memit|notify)(?![\w-])/;
const SHELL_LINE =
  /^[ \t]*(?:[\w.]+(?:[ \t]*,[ \t]*[\w.]+)*[ \t]*=[ \t]*)?(!{1,2}|%(?:sx|system|!)(?![\w-]))/;
const SET_ENV = /^[ \t]*%(?:env|set_env)[ \t]+([A-Za-z_]\w*)([ \t=].*)$/;
const ENVIRON = /^os\.environ\[(["'])(\w+)\1\][ \t]*=(?!=)/;
const CALL =
  /(?<![\w.])(?:os\.(?:system|popen)|(?:subprocess|sp)\.(?:run|call|check_call|check_output|Popen|getoutput|getstatusoutput)|get_ipython\(\)\.(?:system|getoutput|run_line_magic|run_cell_magic)|run|check_call|check_output|call|Popen|system)\(/g;

/** A longer statement is not looked into for what it changes, or for more calls than these. */
const LONGEST_STATEMENT = 5000;
const MOST_CALLS = 50;

/** The commands that a notebook's cell starts, in the shell, by `!` and its like, or from Python. */
export function readCell(source: string): ICellCommand[] {
  const first = /^\s*/.exec(source)![0].length;
  const head = /^[^\n]*/.exec(source.slice(first))![0];
  if (SHELL_CELL.test(head)) {
    const blanks = ' '.repeat(first + head.length);
    const variables: Variables = new Map();
    return readShell(blanks + source.slice(first + head.length), { variables }).map(command => ({
      words: command.words,
      place: { kind: 'shell', command }
    }));
  }
  if (PLAIN_CELL.test(head)) {
    // The same places, so that what is found there is found in the cell.
    const inner = `${' '.repeat(first + head.length)}${source.slice(first + head.length)}`;
    return readCell(inner);
  }
  return head.startsWith('%%') ? [] : readPython(source);
}

function readPython(source: string): ICellCommand[] {
  const found: ICellCommand[] = [];
  const variables: Variables = new Map();
  const environment: Variables = new Map();
  const lists: Lists = new Map();
  const scope = { variables, lists };
  for (const line of pythonLines(source)) {
    const text = source.slice(line.start, line.end);
    if (line.magic) {
      const set = SET_ENV.exec(text);
      const shell = SHELL_LINE.exec(text);
      if (set) {
        const value = set[2].trim().replace(/^=/, '').trim();
        environment.set(set[1], /[{$]/.test(value) || line.indent !== '' ? null : value);
      } else if (shell) {
        const offset = shell[0].length;
        const script = text.slice(offset).replace(/\\\r?\n/g, joint => ' '.repeat(joint.length));
        const both = new Map([...environment, ...variables]);
        for (const command of readShell(script, { variables: both, braces: true })) {
          found.push({ words: command.words, place: { kind: 'magic', line, command, offset } });
        }
      }
      continue;
    }
    for (const match of [...line.plain.matchAll(CALL)].slice(0, MOST_CALLS)) {
      const reader = new ValueReader(source, line.start + match.index + match[0].length, scope, 1);
      const words = wordsOf(reader, match[0], environment);
      const whole = line.plain.slice(0, match.index).trim() === '' && endsWithCall(line.plain, match.index);
      words.forEach(each => found.push({ words: each, place: { kind: 'call', line, whole } }));
    }
    assign(source, line, scope, environment);
  }
  return found;
}

/** Whether the statement is the call that begins at `at`, and nothing behind its last bracket. */
function endsWithCall(plain: string, at: number): boolean {
  let depth = 0;
  for (let i = plain.indexOf('(', at); i < plain.length; i++) {
    if ('([{'.includes(plain[i])) {
      depth += 1;
    } else if (')]}'.includes(plain[i]) && --depth === 0) {
      // `get_ipython().system(…)` has a pair of its own.
      if (plain.startsWith('.', i + 1) && plain.slice(at).startsWith('get_ipython()')) {
        continue;
      }
      return plain.slice(i + 1).trim() === '';
    }
  }
  return false;
}

/** The commands in the arguments of a call that starts a program. */
function wordsOf(reader: ValueReader, call: string, environment: Variables): (readonly IWord[])[] {
  const values = [reader.read()];
  if (/run_(?:line|cell)_magic/.test(call)) {
    while (/[\s,]/.test(reader.next) && values.length < 3) {
      reader.skip();
      values.push(reader.read());
    }
    const [magic] = values;
    const name = magic.kind === 'text' ? magic.word.text : '';
    if (!/^(?:bash|sh|sx|system|!|script)$/.test(name)) {
      return [];
    }
  }
  const given = values[values.length - 1];
  if (given.kind === 'list') {
    return readsAShell(given.words) ?? [given.words];
  }
  if (given.kind === 'unknown') {
    return [];
  }
  return shellCommands(given.word, environment);
}

/** `["bash", "-c", "aws …"]`. */
function readsAShell(words: readonly IWord[]): (readonly IWord[])[] | undefined {
  const option = words.findIndex(({ text }) => /^-[a-z]*c$/.test(text));
  const shell = /(?:^|\/)(?:ba|z|k)?sh$/.test(words[0]?.text ?? '');
  return shell && option > 0 ? readShell(words[option + 1]?.text ?? '').map(each => each.words) : undefined;
}

/** Keeps what a statement gives to a name, and forgets what it changes in another way. */
function assign(
  source: string,
  line: ILine,
  scope: { readonly variables: Variables; readonly lists: Lists },
  environment: Variables
): void {
  const { plain, start, indent } = line;
  const text = source.slice(start, line.end);
  const body = text.slice(indent.length);
  const environ = ENVIRON.exec(body);
  const simple = /^([A-Za-z_]\w*)[ \t]*(?::[^=]*)?=(?!=)/.exec(plain.slice(indent.length));
  if (environ || simple) {
    const name = environ?.[2] ?? simple![1];
    const length = environ?.[0].length ?? simple![0].length;
    const value = new ValueReader(source, start + indent.length + length, scope).read();
    const certain = indent === '' && value.kind === 'text' && value.word.missing.length === 0;
    (environ ? environment : scope.variables).set(
      name,
      certain && value.kind === 'text' ? value.word.text : null
    );
    if (!environ) {
      scope.lists.delete(name);
      if (value.kind === 'list' && indent === '') {
        scope.lists.set(name, value.words);
      }
    }
    return;
  }
  for (const name of [...scope.variables.keys(), ...scope.lists.keys()]) {
    const changed = new RegExp(
      `(?:^|[^\\w.])${name}\\s*(?:[-+*/|&%]?=(?!=)|:=|,[^()]*=(?!=))|\\b(?:for|as|import|del|global)\\b[^:]*\\b${name}\\b`
    );
    if (plain.length > LONGEST_STATEMENT || changed.test(plain)) {
      scope.variables.set(name, null);
      scope.lists.delete(name);
    }
  }
}
