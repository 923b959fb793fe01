import type { IChoice } from '../settings/instructions';
import { readInstructions } from '../settings/instructions';

/** A shell line of a cell: `!aws …`, or any line of a cell whose magic hands it to a shell. */
const SHELL_CELL = /^\s*%%(?:bash|sh|script|sx|system|!)\b/;
const SHELL_LINE = /^\s*(?:\w[\w\s,]*=\s*)?(?:!|%sx\b|%system\b)/;
const LOGIN = /\baws\s+codeartifact\s+login\b/;
const COMMENT = /^\s*#/;
const CONTINUED = /\\\s*$/;

interface IBlock {
  /** Lines of one command, from `first` to `last`. */
  readonly first: number;
  readonly last: number;
}

/** The login commands of a cell, with the lines that continue them. */
function logins(lines: readonly string[]): IBlock[] {
  const shell = SHELL_CELL.test(lines.find(line => line.trim() !== '') ?? '');
  const blocks: IBlock[] = [];
  for (let first = 0; first < lines.length; first++) {
    let last = first;
    while (CONTINUED.test(lines[last]) && last + 1 < lines.length) {
      last++;
    }
    const text = lines
      .slice(first, last + 1)
      .join('\n')
      .replace(/\\\s*\n/g, ' ');
    if (LOGIN.test(text) && !COMMENT.test(lines[first]) && (shell || SHELL_LINE.test(lines[first]))) {
      blocks.push({ first, last });
    }
    first = last;
  }
  return blocks;
}

/** What stands in Python as a list or a string: `subprocess.run(["aws", "codeartifact", "login", …])`, `os.system("aws …")`. */
const PYTHON =
  /\b(?:os\.(?:system|popen)|(?:subprocess\.)?(?:run|call|check_call|check_output|Popen|getoutput))\s*\(/;

/** The other way to log in: the token itself, for `pip config set` or a URL. */
const TOKEN = /\baws\s+codeartifact\s+get-authorization-token\b/;

/** The words of a call in Python; without comments, which run nothing. */
const words = (source: string): string =>
  source
    .split('\n')
    .filter(line => !COMMENT.test(line))
    .join(' ')
    .replace(/[[\]'",()]+/g, ' ');

/** A cell that logs in. */
export interface ILogin {
  /** The repository that it names, unless its names are variables. */
  readonly choice: IChoice | null;
  /** Whether its lines can be commented out: those of a shell can, a call in Python may be part of more. */
  readonly isShell: boolean;
}

/** Whether a cell logs in; null when it does not. */
export function loginOf(source: string): ILogin | null {
  const joined = source.replace(/\\\s*\n/g, ' ');
  // A quick test, which most cells end with.
  if (!joined.includes('codeartifact')) {
    return null;
  }
  const lines = source.split('\n');
  const [block] = logins(lines);
  if (block) {
    const text = lines.slice(block.first, block.last + 1).join('\n');
    return { choice: literal(readInstructions(text)), isShell: true };
  }
  const text = words(joined);
  const inShell = SHELL_CELL.test(joined) || joined.split('\n').some(line => SHELL_LINE.test(line));
  const runs = PYTHON.test(joined) ? LOGIN.test(text) || TOKEN.test(text) : inShell && TOKEN.test(text);
  return runs ? { choice: literal(readInstructions(text)), isShell: false } : null;
}

/** Names that are variables are nobody's. */
const literal = (choice: IChoice | null): IChoice | null =>
  choice && !/[${}]/.test(Object.values(choice).join('')) ? choice : null;

/** The cell's source with its login commands commented out; all else as it is. */
export function commentedOut(source: string): string {
  const lines = source.split('\n');
  const inside = logins(lines);
  return lines
    .map((line, index) =>
      inside.some(({ first, last }) => index >= first && index <= last) ? `# ${line}` : line
    )
    .join('\n');
}
