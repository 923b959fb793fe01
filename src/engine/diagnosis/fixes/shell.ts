import type { Snippet } from '../../../protocol/fix';

/** Text that goes into a command as it is: a variable, a file of the snippet's own. Never a value from outside. */
export interface Raw {
  readonly raw: string;
}

export const raw = (text: string): Raw => ({ raw: text });

/** The value of a shell variable, quoted. */
export const variable = (name: string): Raw => raw(`"$${name}"`);

/**
 * One word for bash. Values come from settings and from AWS's texts, so whatever is not plainly
 * harmless is quoted: an administrator will paste this.
 */
export function word(value: string): string {
  return /^[A-Za-z0-9_][A-Za-z0-9_.:/@%+=,-]*$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}

export type Value = string | Raw | true | readonly (string | Raw)[];

const rendered = (value: Exclude<Value, true>): string =>
  typeof value === 'string'
    ? word(value)
    : 'raw' in value
      ? value.raw
      : value.map(v => (typeof v === 'string' ? word(v) : v.raw)).join(' ');

/** Lines up to here stay whole; the panel is narrow, so longer commands get one option a line. */
const WIDTH = 72;

/** `aws SERVICE OPERATION --option value …`; `true` makes a flag; what is not known is left out. */
export function aws(operation: string, options: Readonly<Record<string, Value>>): string {
  const parts = Object.entries(options)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => (value === true ? `--${name}` : `--${name} ${rendered(value)}`));
  const line = [`aws ${operation}`, ...parts].join(' ');
  return line.length <= WIDTH ? line : [`aws ${operation}`, ...parts].join(' \\\n  ');
}

/** `NAME=$(command)`. */
export const into = (name: string, command: string): string => `${name}=$(${command})`;

/**
 * `NAME=$(command)`, and the end with a sentence where the command finds none or several: what follows would be done
 * to the wrong one, or to `None`. The command prints one a line; the same one twice is one.
 */
export const exactlyOne = (name: string, what: string, command: string): string =>
  [
    `${name}=$(${command} | sort -u)`,
    `[ "$(printf '%s' "$${name}" | wc -w)" = 1 ] || {`,
    `  echo "Exactly one is needed: ${what.replace(/["$`\\\r\n]/g, ' ')}. Found: $${name}" >&2`,
    '  exit 1',
    '}'
  ].join('\n');

/** A comment; line ends in a value must not end it. */
export const comment = (text: string): string => `# ${text.replace(/[\r\n]+/g, ' ')}`;

/** Pasted commands stop at the first that fails, and the administrator's own shell stays as it was. */
export const guarded = (lines: readonly string[]): string => ['(', 'set -eu', ...lines, ')'].join('\n');

export const bash = (title: string, lines: readonly string[]): Snippet => ({
  title,
  language: 'bash',
  text: `${lines.join('\n')}\n`
});

/** Where a value must be filled in by hand: what cannot be known from inside the notebook. */
export interface Blank {
  readonly name: string;
  readonly value: string;
  readonly what: string;
}

/** The variables at the top of a snippet, each with a word on what it is. */
export const blanks = (list: readonly Blank[]): readonly string[] =>
  list.length === 0
    ? []
    : [comment('Fill in once:'), ...list.map(b => `${b.name}=${b.value}  # ${b.what}`), ''];
