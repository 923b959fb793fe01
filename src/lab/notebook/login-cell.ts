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

/** Whether a cell logs in (null when it does not), and the repository, unless its names are variables. */
export function loginOf(source: string): { choice: IChoice | null } | null {
  // A quick test, which most cells end with.
  if (!LOGIN.test(source.replace(/\\\s*\n/g, ' '))) {
    return null;
  }
  const lines = source.split('\n');
  const [block] = logins(lines);
  if (!block) {
    return null;
  }
  const choice = readInstructions(lines.slice(block.first, block.last + 1).join('\n'));
  const literal = choice && !/[${}]/.test(Object.values(choice).join(''));
  return { choice: literal ? choice : null };
}

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
