import { isDeepStrictEqual } from 'node:util';
import { parse, TomlError } from 'smol-toml';
import { applyEdits, type Edit } from '../text/edit';
import { readIndexUrl, sameIndex } from '../text/url-credentials';
import { type Ownership, NOTHING_REPLACED, type Replaced } from '../text/ownership';
import { parsed, type Parsed, stopped } from '../text/parse-result';
import { putBlock, takeBlock, type UvIndex } from './index-blocks';
import { trans } from '../../core/say';

type Toml = Record<string, unknown>;
type Put = Parsed<{ readonly edits: readonly Edit[]; readonly was: Replaced }>;

// uv lets a byte-order mark pass, which TOML readers refuse.
const BOM = '\ufeff';

/** Edits a text with its byte-order mark, if it has one, left in front. */
function behindMark<T>(text: string, edit: (rest: string) => T, shift: (result: T, by: number) => T): T {
  const by = text.startsWith(BOM) ? BOM.length : 0;
  return shift(edit(text.slice(by)), by);
}

const moved = (edits: readonly Edit[], by: number): Edit[] =>
  edits.map(e => ({ ...e, offset: e.offset + by }));

/** Reads uv.toml as data, only to judge. */
function read(text: string): Parsed<Toml> {
  try {
    return parsed(parse(text));
  } catch (error) {
    if (error instanceof TomlError) {
      return stopped(
        error.line,
        trans.__('it is not valid TOML'),
        trans.__('Correct the line; "uv help" names the file it reads.')
      );
    }
    throw error;
  }
}

const indexesOf = (toml: Toml): unknown[] => (Array.isArray(toml['index']) ? toml['index'] : []);

/** uv takes the first of two indexes with one name, so ours needs a name that is free. */
const NAMES = ['codeartifact', 'jupyterlab-codeartifact'];

/**
 * The edit that makes uv use the index; accepted only when a TOML reader then finds what it found
 * before, and ours.
 */
export const putUvIndex = (text: string, wish: { url: string; isDefault: boolean }): Put =>
  behindMark(
    text,
    rest => put(rest, wish),
    (result, by) => (result.ok ? parsed({ ...result.value, edits: moved(result.value.edits, by) }) : result)
  );

function put(text: string, wish: { url: string; isDefault: boolean }): Put {
  const before = read(text);
  if (!before.ok) {
    return before;
  }
  if ('index' in before.value && !/^[ \t]*\[\[[ \t]*["']?index/m.test(text)) {
    return stopped(
      lineOf(text, /^[ \t]*["']?index["']?[ \t]*=/),
      trans.__('its indexes stand in one inline list, "index = [...]"'),
      trans.__('Write each index as an [[index]] block of its own.')
    );
  }
  const taken = indexesOf(before.value).map(i => (i as Toml)['name']);
  const name = NAMES.find(n => !taken.includes(n)) ?? NAMES[0];
  const index: UvIndex = { name, ...wish };
  const edit = putBlock(text, index);
  const after = read(applyEdits(text, [edit]));
  const ours = { name, url: wish.url, ...(wish.isDefault ? { default: true } : {}) };
  const old = indexesOf(before.value);
  const wanted = { ...before.value, index: wish.isDefault ? [ours, ...old] : [...old, ours] };
  return after.ok && isDeepStrictEqual(plain(after.value), plain(wanted))
    ? parsed({ edits: [edit], was: NOTHING_REPLACED })
    : stopped(
        1,
        trans.__('no [[index]] block can be added to it safely'),
        trans.__('Add the index by hand, or choose pip only.')
      );
}

const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? `${v}n` : v)));

const lineOf = (text: string, what: RegExp): number =>
  Math.max(1, text.split(/\r\n|\n|\r/).findIndex(line => what.test(line)) + 1);

/** The edits that take our index out of a uv.toml edited since. */
export const takeUvIndex = (text: string, mark: Ownership): Parsed<readonly Edit[]> =>
  behindMark(
    text,
    rest => take(rest, mark),
    (result, by) => (result.ok ? parsed(moved(result.value, by)) : result)
  );

function take(text: string, mark: Ownership): Parsed<readonly Edit[]> {
  const before = read(text);
  if (!before.ok) {
    return before;
  }
  const isOurs = (url: string): boolean => {
    const found = readIndexUrl(url);
    return sameIndex(url, mark.indexUrl) && (found?.password == null || mark.isOurs(found.password));
  };
  const edits = takeBlock(text, isOurs);
  const after = read(applyEdits(text, edits));
  const left = indexesOf(before.value).filter(i => !isOurs(String((i as Toml)['url'])));
  const { index: _, ...rest } = before.value;
  const wanted = left.length > 0 ? { ...rest, index: left } : rest;
  return parsed(after.ok && isDeepStrictEqual(plain(after.value), plain(wanted)) ? edits : []);
}
