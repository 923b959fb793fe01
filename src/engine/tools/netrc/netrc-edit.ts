import { applyEdits, type Edit } from '../text/edit';
import { lineEnd } from '../text/lines';
import type { Ownership, Replaced } from '../text/ownership';
import { type Field, type Netrc, type NetrcEntry, readNetrc } from './netrc';
import { parsed, type Parsed, stopped } from '../text/parse-result';
import { trans } from '../../core/say';

/** Whether a token can stand in a netrc file unquoted, for every reader (Python 3.8+, uv, curl). */
export const fitsNetrc = (token: string): boolean => /^[\x21-\x7e]+$/.test(token) && !/^#|["'\\]/.test(token);

/** Whether the file already holds credentials for this host. */
export const knowsHost = (netrc: Netrc, host: string): boolean => netrc.entries.some(e => e.host === host);

/**
 * The edits that make every reader take `aws` and the token for this host. An entry of the same
 * host keeps its place and gets our values; otherwise ours comes before a `default` entry, behind
 * which some readers look no further (ftp(1)).
 */
export function putMachine(
  text: string,
  host: string,
  token: string
): Parsed<{ edits: readonly Edit[]; was: Replaced }> {
  const before = readNetrc(text);
  if (!before.ok) {
    return before;
  }
  const same = before.value.entries.filter(e => e.host === host);
  const ways = same.length
    ? [plainly, asQuoted].map(written => same.flatMap(e => revalue(text, e, token, written)))
    : insertions(text, before.value, host, token);
  const right = ways.filter(edits => {
    const after = readNetrc(applyEdits(text, edits));
    return after.ok && onlyChanges(before.value, after.value, host, token);
  });
  // The first that Python 3.10's reader takes too, where the rest of the file lets it.
  const best = right.find(edits => givesOldReader(applyEdits(text, edits), host, token)) ?? right[0];
  if (best) {
    const raw = (field: Field | undefined) => (field ? text.slice(field.start, field.end) : null);
    const was = same.length ? JSON.stringify(same.map(e => [raw(e.login), raw(e.password)])) : null;
    return parsed({
      edits: best.filter(e => text.slice(e.offset, e.offset + e.length) !== e.text),
      was: { text: was, added: null }
    });
  }
  return stopped(
    1,
    trans.__('no entry can be added without changing another'),
    trans.__('Put an empty line behind the last entry.')
  );
}

type Written = (text: string, word: { start: number }, value: string) => string;

// Python before 3.11 takes quotes for part of the word.
const plainly: Written = (_text, _word, value) => value;

// Python since 3.11 ends a quoted word at the quote and another behind the line end, and takes a comment on the next
// line differently after each: where that matters, a quoted word stays one.
const asQuoted: Written = (text, word, value) => (text[word.start] === '"' ? `"${value}"` : value);

function givesOldReader(text: string, host: string, token: string): boolean {
  const old = readNetrc(text, 'before 3.11');
  const ours = old.ok ? old.value.entries.findLast(e => e.host === host) : undefined;
  return ours?.login?.text === 'aws' && ours.password?.text === token;
}

function revalue(text: string, entry: NetrcEntry, token: string, written: Written): Edit[] {
  const set = (
    word: { start: number; end: number } | undefined,
    key: string,
    value: string,
    at: number
  ): Edit =>
    word
      ? { offset: word.start, length: word.end - word.start, text: written(text, word, value) }
      : { offset: at, length: 0, text: ` ${key} ${value}` };
  const [login, password] = [
    set(entry.login, 'login', 'aws', entry.name.end),
    set(entry.password, 'password', token, entry.name.end)
  ];
  // Neither was there: two insertions at one place are one.
  return login.length === 0 && password.length === 0 && login.offset === password.offset
    ? [{ offset: login.offset, length: 0, text: login.text + password.text }]
    : [login, password];
}

function insertions(text: string, netrc: Netrc, host: string, token: string): Edit[][] {
  const eol = lineEnd(text);
  const line = `machine ${host} login aws password ${token}${eol}`;
  const fallback = netrc.entries.find(e => e.name.text === 'default' && e.start === e.name.start);
  const end = text === '' || /[\r\n]$/.test(text) ? line : eol + line;
  return [
    ...(fallback
      ? [[{ offset: fallback.start, length: 0, text: line }]]
      : [[{ offset: text.length, length: 0, text: end }]]),
    [{ offset: 0, length: 0, text: line }]
  ];
}

const view = (netrc: Netrc): Map<string, string> =>
  new Map([
    ...netrc.entries.map(
      e =>
        [
          e.host,
          JSON.stringify([e.login?.text ?? '', e.account?.text ?? '', e.password?.text ?? ''])
        ] as const
    ),
    ...[...netrc.macros].map(([name, body]) => [`macdef ${name}`, body] as const)
  ]);

function onlyChanges(before: Netrc, after: Netrc, host: string, token: string): boolean {
  const [old, now] = [view(before), view(after)];
  const ours = after.entries.findLast(e => e.host === host);
  if (ours?.login?.text !== 'aws' || ours.password?.text !== token) {
    return false;
  }
  return [...new Set([...old.keys(), ...now.keys()])].every(
    key => key === host || old.get(key) === now.get(key)
  );
}

/** The edits that take our entry out of a file edited since, or give a replaced entry its values back. */
export function takeMachine(
  text: string,
  host: string,
  mark: Ownership,
  was: Replaced
): Parsed<readonly Edit[]> {
  const netrc = readNetrc(text);
  if (!netrc.ok) {
    return netrc;
  }
  const ours = netrc.value.entries.filter(
    e =>
      e.host === host && e.login?.text === 'aws' && e.password !== undefined && mark.isOurs(e.password.text)
  );
  const old = was.text === null ? [] : (JSON.parse(was.text) as [string | null, string | null][]);
  return parsed(ours.flatMap((entry, i) => (old[i] ? giveBack(text, entry, old[i]) : [remove(text, entry)])));
}

function giveBack(
  text: string,
  entry: NetrcEntry,
  [login, password]: [string | null, string | null]
): Edit[] {
  const set = (field: Field, raw: string | null): Edit => {
    const start = raw === null ? blanksBefore(text, field.keyStart) : field.start;
    return { offset: start, length: field.end - start, text: raw ?? '' };
  };
  return [set(entry.login!, login), set(entry.password!, password)];
}

function remove(text: string, entry: NetrcEntry): Edit {
  const before = blanksBefore(text, entry.start);
  const alone = before === 0 || '\r\n'.includes(text[before - 1]);
  const rest = /[ \t]*(\r\n|\n|\r|$)/y;
  rest.lastIndex = entry.end;
  const line = rest.exec(text)?.[0];
  return {
    offset: entry.start,
    length: entry.end - entry.start + (alone && line !== undefined ? line.length : 0),
    text: ''
  };
}

/** Where the blanks and tabs begin that stand before `offset`. */
function blanksBefore(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && (text[at - 1] === ' ' || text[at - 1] === '\t')) {
    at--;
  }
  return at;
}

/** Spans of every password and account, for showing a file without its secrets. */
export const secretSpans = (netrc: Netrc): { start: number; end: number }[] =>
  netrc.entries.flatMap(entry => entry.secrets);
