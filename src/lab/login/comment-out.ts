import { type ICellCommand, readCell } from './cell';
import { signIns } from './read-login';
import { shellTokens } from './shell-lexer';

interface IEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The cell's source with its login commands commented out; all else as it is, and it runs as before: a block that
 * would be empty gets a statement that does nothing, and a condition one that succeeds. Null where a program uses what
 * the command comes to in a way that cannot be kept.
 */
export function commentedOut(source: string): string | null {
  const commands = signIns(readCell(source))
    .filter(({ writes }) => writes)
    .map(({ command }) => command);
  const edits: IEdit[] = [];
  const handled = new Set<unknown>();
  for (const command of commands) {
    const more = edit(source, command, handled);
    if (more === null) {
      return null;
    }
    edits.push(...more);
  }
  // From behind, so that the places stay; at one place the inserted line stands first.
  return edits
    .sort((a, b) => b.start - a.start || b.end - a.end)
    .reduce((text, { start, end, text: by }) => text.slice(0, start) + by + text.slice(end), source);
}

/** Each line of a text behind a `#`, at the same depth. */
const commented = (text: string, indent = ''): string =>
  text
    .split('\n')
    .map(line => `${indent}# ${line.startsWith(indent) ? line.slice(indent.length) : line}`)
    .join('\n');

function edit(source: string, { place }: ICellCommand, handled: Set<unknown>): IEdit[] | null {
  if (place.kind === 'shell') {
    const { command } = place;
    return command.alone
      ? [wholeLines(source, command.start, command.end)]
      : instead(source, command, command.start, lineStart(source, command.start), '');
  }
  const { line } = place;
  const text = source.slice(line.start, line.end);
  if (place.kind === 'call') {
    if (!place.whole) {
      return null;
    }
    return once(handled, line, [
      {
        start: line.start,
        end: line.end,
        text: `${line.indent === '' ? '' : `${line.indent}pass\n`}${commented(text, line.indent)}`
      }
    ]);
  }
  const { command, offset } = place;
  if (!command.alone || command.start < text.slice(offset).search(/\S/)) {
    return instead(source, command, line.start + offset + command.start, line.start, line.indent);
  }
  const target = /^[ \t]*([\w.]+(?:[ \t]*,[ \t]*[\w.]+)*)[ \t]*=/.exec(text)?.[0];
  const kept = target !== undefined ? `${target} !true\n` : line.indent === '' ? '' : `${line.indent}pass\n`;
  return once(handled, line, [
    { start: line.start, end: line.end, text: `${kept}${commented(text, line.indent)}` }
  ]);
}

function once(handled: Set<unknown>, key: unknown, edits: IEdit[]): IEdit[] {
  const done = handled.has(key);
  handled.add(key);
  return done ? [] : edits;
}

/** The lines from the one in which `start` is to the one in which `end` is. */
function wholeLines(source: string, start: number, end: number): IEdit {
  const from = source.lastIndexOf('\n', start - 1) + 1;
  const to = source.indexOf('\n', Math.max(start, end - 1));
  const last = to < 0 ? source.length : to;
  return { start: from, end: last, text: commented(source.slice(from, last)) };
}

/** A command that does nothing in its place, and the command as a comment above. */
function instead(
  source: string,
  command: { readonly start: number; readonly end: number; readonly redirections: string | null },
  at: number,
  above: number,
  indent: string
): IEdit[] | null {
  if (command.redirections === null) {
    return null;
  }
  const end = at + command.end - command.start;
  const words = source.slice(at, end).replace(/\\\r?\n/g, ' ');
  const rest = command.redirections === '' ? '' : ` ${command.redirections}`;
  return [
    { start: at, end, text: `true${rest}` },
    {
      start: above,
      end: above,
      text: `${commented(
        words
          .split('\n')
          .map(line => line.trim())
          .join(' '),
        indent
      )}\n`
    }
  ];
}

/** Where the lines begin that a shell reads together: no comment may stand between them. */
function lineStart(source: string, at: number): number {
  const tokens = shellTokens(source);
  const newline = tokens.map(token => token.kind === 'newline' && token.end <= at).lastIndexOf(true);
  if (newline < 0) {
    return 0;
  }
  // The body of a here-document may stand between the two.
  const next = tokens[newline + 1]?.start ?? source.length;
  return next > at ? tokens[newline].end : source.lastIndexOf('\n', next - 1) + 1;
}
