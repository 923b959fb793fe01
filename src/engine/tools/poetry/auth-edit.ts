import { isDeepStrictEqual } from 'node:util';
import { parse, TomlError } from 'smol-toml';
import { applyEdits, type Edit } from '../text/edit';
import { type Line, lineEnd, splitLines } from '../text/lines';
import type { Ownership, Replaced } from '../text/ownership';
import { parsed, type Parsed, stopped } from '../text/parse-result';
import { tableOf, type Toml } from './configuration';
import { trans } from '../../core/say';

/** The name under which a project lists the repository, as `aws codeartifact login` calls it for twine. */
export const SOURCE = 'codeartifact';

const BEGIN = '# >>> jupyterlab-codeartifact: written by Connect, removed by Disconnect';
const END = '# <<< jupyterlab-codeartifact';

const HEADER =
  /^[ \t]*\[[ \t]*(?:http-basic|"http-basic"|'http-basic')[ \t]*\.[ \t]*(?:codeartifact|"codeartifact"|'codeartifact')[ \t]*\][ \t]*(?:#.*)?$/;
const VALUE = /^([ \t]*(username|password)[ \t]*=[ \t]*)("(?:[^"\\]|\\.)*"|'[^']*')/;

const KEYS = ['username', 'password'] as const;
type Key = (typeof KEYS)[number];

/** The values that ours took the place of, as they were written; null when the table was not there. */
type Before = Partial<Record<Key, string>> | null;

function read(text: string): Parsed<Toml> {
  try {
    return parsed(parse(text));
  } catch (error) {
    if (error instanceof TomlError) {
      return stopped(error.line, trans.__('it is not valid TOML'), trans.__('Correct the line.'));
    }
    throw error;
  }
}

const credentialsIn = (toml: Toml): Toml | undefined => tableOf(tableOf(toml['http-basic'])?.[SOURCE]);

/** The edits that give Poetry the token for the source of our name. Accepted only when a TOML reader finds just that. */
export function putCredentials(
  text: string,
  indexUrl: string,
  token: string
): Parsed<{ edits: readonly Edit[]; was: Replaced }> {
  const before = read(text);
  if (!before.ok) {
    return before;
  }
  const values: Record<Key, string> = { username: 'aws', password: token };
  const had = credentialsIn(before.value);
  const basic = tableOf(before.value['http-basic']);
  const wanted = { ...before.value, 'http-basic': { ...basic, [SOURCE]: { ...had, ...values } } };
  const ways: { edits: Edit[]; was: Before }[] = had
    ? tablesIn(text).map(table => ({
        edits: setValues(text, table, values),
        was: Object.fromEntries(table.values.map(({ key, raw }) => [key, raw]))
      }))
    : [{ edits: [addedTable(text, indexUrl, values)], was: null }];
  const way = ways.find(({ edits }) => isSame(applyEdits(text, edits), wanted));
  return way
    ? parsed({ edits: way.edits, was: { text: JSON.stringify(way.was), added: null } })
    : stopped(
        lineOfBasic(text),
        trans.__('no table for the source can be put beside what stands here'),
        trans.__('Write each source as a table of its own, such as [http-basic.%1].', SOURCE)
      );
}

const lineOfBasic = (text: string): number =>
  Math.max(1, splitLines(text).find(line => /^\W*http-basic/.test(line.text))?.number ?? 1);

function isSame(text: string, wanted: Toml): boolean {
  const found = read(text);
  return found.ok && isDeepStrictEqual(plain(found.value), plain(wanted));
}

const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? `${v}n` : v)));

interface Table {
  readonly header: Line;
  /** Our keys' lines in it. */
  readonly values: readonly {
    readonly key: Key;
    readonly line: Line;
    readonly offset: number;
    readonly raw: string;
  }[];
  /** The lines with our marks around it. */
  readonly marks: readonly Line[];
  /** Whether the table holds nothing but our keys. */
  readonly isOnlyOurs: boolean;
}

/** What looks like our source's table; which one does not stand inside a string of several lines, a TOML reader tells. */
function tablesIn(text: string): Table[] {
  const lines = splitLines(text);
  return lines.flatMap((line, at) => (HEADER.test(line.text) ? tableAt(lines, at) : []));
}

function tableAt(lines: readonly Line[], at: number): Table {
  let end = at + 1;
  while (end < lines.length && !/^[ \t]*\[/.test(lines[end].text)) {
    end++;
  }
  const body = lines.slice(at + 1, end);
  const values = body.flatMap(line => {
    const match = VALUE.exec(line.text);
    return match ? [{ key: match[2] as Key, line, offset: line.start + match[1].length, raw: match[3] }] : [];
  });
  const mark = body.find(line => line.text.startsWith(END));
  let first = at;
  while (first > 0 && lines[first - 1].text.startsWith('#') && !lines[first].text.startsWith(BEGIN)) {
    first--;
  }
  const begun = lines[first].text.startsWith(BEGIN) ? lines.slice(first, at) : [];
  const others = body.filter(
    line => !/^[ \t]*(#|$)/.test(line.text) && !values.some(value => value.line === line)
  );
  return {
    header: lines[at],
    values,
    marks: [...begun, ...(begun.length > 0 && mark ? [mark] : [])],
    isOnlyOurs: others.length === 0
  };
}

function setValues(text: string, { header, values }: Table, wanted: Readonly<Record<Key, string>>): Edit[] {
  const eol = lineEnd(text);
  const missing = KEYS.filter(key => !values.some(value => value.key === key));
  const block = missing.map(key => `${key} = ${JSON.stringify(wanted[key])}${eol}`).join('');
  return [
    ...values.map(({ key, offset, raw }) => ({
      offset,
      length: raw.length,
      text: JSON.stringify(wanted[key])
    })),
    ...(block === ''
      ? []
      : [{ offset: header.end, length: 0, text: header.eol ? block : eol + block.slice(0, -eol.length) }])
  ];
}

function addedTable(text: string, indexUrl: string, { username, password }: Record<Key, string>): Edit {
  const eol = lineEnd(text);
  const block = [
    BEGIN,
    `# for ${indexUrl}`,
    `[http-basic.${SOURCE}]`,
    `username = ${JSON.stringify(username)}`,
    `password = ${JSON.stringify(password)}`,
    END
  ];
  const apart = text === '' ? '' : /[\r\n]$/.test(text) ? eol : eol + eol;
  return { offset: text.length, length: 0, text: apart + block.map(line => line + eol).join('') };
}

/** The edits that take our token out of an auth.toml edited since, or give the source its old password back. */
export function takeCredentials(text: string, mark: Ownership, was: Replaced): Parsed<readonly Edit[]> {
  const found = read(text);
  if (!found.ok) {
    return found;
  }
  const password = credentialsIn(found.value)?.['password'];
  if (typeof password !== 'string' || !mark.isOurs(password)) {
    return parsed([]);
  }
  const before = was.text === null ? null : (JSON.parse(was.text) as Before);
  const ways = tablesIn(text)
    .filter(table => !mark.byLooks || table.marks.length > 0)
    .map(table => takenOut(table, before));
  const isRight = (edits: readonly Edit[]): boolean => {
    const left = read(applyEdits(text, edits));
    return (
      left.ok &&
      credentialsIn(left.value)?.['password'] !== password &&
      isDeepStrictEqual(plain(others(left.value)), plain(others(found.value)))
    );
  };
  return parsed(ways.find(isRight) ?? []);
}

/** Everything but our source's credentials. */
function others(toml: Toml): Toml {
  const { [SOURCE]: _, ...sources } = tableOf(toml['http-basic']) ?? {};
  return { ...toml, 'http-basic': sources };
}

function takenOut(table: Table, before: Before): Edit[] {
  const edits = table.values.map(({ key, line, offset, raw }) => {
    const old = before?.[key];
    return old === undefined ? removed(line) : { offset, length: raw.length, text: old };
  });
  const isEmpty = before === null && table.isOnlyOurs;
  return [...edits, ...(isEmpty ? [removed(table.header)] : []), ...table.marks.map(removed)];
}

const removed = (line: Line): Edit => ({ offset: line.start, length: line.end - line.start, text: '' });

/** Every password of the file, of whichever source. */
export function passwordsIn(text: string): string[] {
  const toml = read(text);
  const sources = toml.ok ? Object.values(tableOf(toml.value['http-basic']) ?? {}) : [];
  return sources.flatMap(source => {
    const password = tableOf(source)?.['password'];
    return typeof password === 'string' ? [password] : [];
  });
}
