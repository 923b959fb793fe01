import { isDeepStrictEqual } from 'node:util';
import { applyEdits, type Edit } from '../text/edit';
import { type Line, lineEnd } from '../text/lines';
import type { Ownership, Replaced } from '../text/ownership';
import { parsed, type Parsed, stopped } from '../text/parse-result';
import { type Npmrc, type NpmSetting, readNpmrc, valueOf } from './npmrc';
import { sameRegistry, tokenKey } from './registry-url';
import { registryOf } from '../../core/settings/npm-registry';
import { trans } from '../../core/say';

/** The lines that ours took the place of, by what they set. */
type Before = Readonly<Record<'registry' | 'token', string | null>>;

const NOTHING: Before = { registry: null, token: null };

// What means nothing to npm's reader in a value: no comment, escape, quote, variable or white space.
const PLAIN = /^[\w.+/=~:@%[\]-]+$/;

/** The edits that make npm take its packages from the registry, with the token. */
export function putRegistry(
  text: string,
  registry: string,
  token: string
): Parsed<{ edits: readonly Edit[]; was: Replaced }> {
  const npmrc = readNpmrc(text);
  if (!npmrc.ok) {
    return npmrc;
  }
  if (!PLAIN.test(token) || !PLAIN.test(registry)) {
    return stopped(
      1,
      trans.__('an .npmrc cannot carry the characters of the token'),
      trans.__('Choose other package tools.')
    );
  }
  const wanted = { registry, [tokenKey(registry)]: token };
  const [first, second] = Object.entries(wanted).map(([key, value]) => putLine(npmrc.value, key, value));
  const added = [...first.added, ...second.added];
  const edits = [
    ...first.edits,
    ...second.edits,
    ...(added.length > 0 ? [addedLines(text, npmrc.value, added)] : [])
  ];
  const was = JSON.stringify({ registry: first.was, token: second.was } satisfies Before);
  return onlyOurs(npmrc.value, applyEdits(text, edits), wanted)
    ? parsed({ edits, was: { text: was, added: null } })
    : stopped(
        1,
        trans.__('our lines would change other settings'),
        trans.__('Put the settings on lines of their own.')
      );
}

interface Put {
  readonly edits: readonly Edit[];
  /** Lines for the end of the file's settings. */
  readonly added: readonly string[];
  readonly was: string | null;
}

/** The last line counts with npm, so ours takes its place, and the ones before it go: `key[]` would make a list of it. */
function putLine({ settings }: Npmrc, key: string, value: string): Put {
  const old = settings.filter(setting => setting.key === key);
  const line = `${key}=${value}`;
  if (old.length === 0) {
    return { edits: [], added: [line], was: null };
  }
  const was = old.map(setting => wholeLine(setting.line)).join('');
  if (old.length === 1 && old[0].value === value && !old[0].adds) {
    return { edits: [], added: [], was };
  }
  const last = old[old.length - 1].line;
  const edits = [
    ...old.slice(0, -1).map(setting => removed(setting.line)),
    { offset: last.start, length: last.text.length, text: line }
  ];
  return { edits, added: [], was };
}

const removed = (line: Line): Edit => ({ offset: line.start, length: line.end - line.start, text: '' });
const wholeLine = (line: Line): string => line.text + (line.eol || '\n');

/** Above the first section, else at the end of the file. */
function addedLines(text: string, { firstSection }: Npmrc, lines: readonly string[]): Edit {
  const eol = lineEnd(text);
  const block = lines.map(line => line + eol).join('');
  const offset = firstSection?.start ?? text.length;
  const apart = offset > 0 && !/[\r\n]/.test(text[offset - 1]) ? eol : '';
  return { offset, length: 0, text: apart + block };
}

function onlyOurs(before: Npmrc, text: string, wanted: Readonly<Record<string, string>>): boolean {
  const after = readNpmrc(text);
  const keys = new Set([...before.settings, ...(after.ok ? after.value.settings : [])].map(({ key }) => key));
  return (
    after.ok &&
    [...keys].every(key =>
      Object.hasOwn(wanted, key)
        ? valueOf(after.value.settings, key) === wanted[key]
        : isDeepStrictEqual(valueOf(after.value.settings, key), valueOf(before.settings, key))
    )
  );
}

/** The edits that take our lines out of a file edited since, and put back what they had replaced. */
export function takeRegistry(text: string, mark: Ownership, was: Replaced): Parsed<readonly Edit[]> {
  const npmrc = readNpmrc(text);
  if (!npmrc.ok) {
    return npmrc;
  }
  const { settings } = npmrc.value;
  const before: Before = was.text === null ? NOTHING : (JSON.parse(was.text) as Before);
  const registry = registryOf(mark.indexUrl);
  const ours = settings.filter(
    ({ key, value }) => key === 'registry' && typeof value === 'string' && sameRegistry(value, registry)
  );
  const key = tokenKey(registry);
  const tokens = settings.filter(
    setting => setting.key === key && typeof setting.value === 'string' && mark.isOurs(setting.value)
  );
  return parsed([...givenBack(ours, before.registry), ...givenBack(tokens, before.token)]);
}

function givenBack([first, ...others]: readonly NpmSetting[], old: string | null): Edit[] {
  return first
    ? [{ ...removed(first.line), text: old ?? '' }, ...others.map(({ line }) => removed(line))]
    : [];
}

/** The tokens of the file, of whichever registry. */
export function tokensIn(text: string): string[] {
  const npmrc = readNpmrc(text);
  const settings = npmrc.ok ? npmrc.value.settings : [];
  return settings.flatMap(({ key, value }) =>
    key.endsWith(':_authToken') && typeof value === 'string' ? [value] : []
  );
}
