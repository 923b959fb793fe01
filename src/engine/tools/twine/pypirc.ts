import { applyEdits, type Edit } from '../text/edit';
import { type Ini, type Option, readIni, type Section } from '../text/ini';
import {
  addLines,
  addSection,
  appendWord,
  findWord,
  giveBack,
  optionText,
  removeLine,
  removeOption,
  removeWord,
  replaceValue
} from '../text/ini-edit';
import type { Ownership, Replaced } from '../text/ownership';
import { parsed, type Parsed, stopped } from '../text/parse-result';
import { words } from '../../core/python-whitespace';
import { trans } from '../../core/say';

/** The name under which twine knows the repository, as `aws codeartifact login --tool twine` has it. */
const SERVER = 'codeartifact';

// What twine takes for a missing index-servers; naming one server must not lose these.
// https://github.com/pypa/twine/blob/main/twine/utils.py (`get_config`)
const USUAL_SERVERS = ['pypi', 'testpypi'];

const KEYS = ['repository', 'username', 'password'] as const;
const NOTHING: Before = { values: null, servers: 'had', names: [] };

type Values = Record<(typeof KEYS)[number], string>;

/** What stood in a file before: the values replaced, and which parts we had to add. */
interface Before {
  readonly values: Partial<Values> | null;
  readonly servers: 'had' | 'appended' | 'added' | 'section';
  /** The servers we named beside ours, when we had to add the list. */
  readonly names: readonly string[];
}

const sectionOf = (ini: Ini, name: string): Section | undefined => ini.sections.find(s => s.name === name);
const optionOf = (section: Section | undefined, name: string): Option | undefined =>
  section?.options.find(o => o.name === name);

/** The edits that let twine upload to the repository by `-r codeartifact`. */
export function putServer(
  text: string,
  repository: string,
  token: string
): Parsed<{ edits: readonly Edit[]; was: Replaced }> {
  const ini = readIni(text);
  if (!ini.ok) {
    return ini;
  }
  const { servers, names, edits: list } = listServer(text, ini.value);
  const wish: Values = { repository, username: 'aws', password: token };
  const [values, section] = setValues(text, ini.value, wish);
  // Where both come to the end of the file, the lines for a section there come before a new section.
  const edits = servers === 'section' && values !== null ? [...section, ...list] : [...list, ...section];
  const was = JSON.stringify({ values, servers, names } satisfies Before);
  return onlyOurs(text, applyEdits(text, edits), wish)
    ? parsed({ edits, was: { text: was, added: null } })
    : stopped(
        1,
        trans.__('our lines would change other options'),
        trans.__('Move the options of [DEFAULT] into the sections that need them.')
      );
}

function listServer(text: string, ini: Ini): Omit<Before, 'values'> & { edits: Edit[] } {
  const section = sectionOf(ini, 'distutils');
  const option = optionOf(section, 'index-servers');
  if (option) {
    return findWord(option, w => w === SERVER)
      ? { servers: 'had', names: [], edits: [] }
      : { servers: 'appended', names: [], edits: appendWord(text, option, SERVER) };
  }
  const fallback = section && optionOf(sectionOf(ini, 'DEFAULT'), 'index-servers');
  const names = (fallback ? words(fallback.value).map(w => w.text) : USUAL_SERVERS).filter(n => n !== SERVER);
  // Inherited words stay on one line: on a line of its own, one that begins with # is a comment.
  const lines = fallback
    ? [`index-servers = ${[...names, SERVER].join(' ')}`]
    : ['index-servers =', ...[...names, SERVER].map(name => `    ${name}`)];
  return section
    ? { servers: 'added', names, edits: [addLines(text, ini, section, lines)] }
    : { servers: 'section', names, edits: [addSection(text, 'distutils', lines)] };
}

function setValues(text: string, ini: Ini, wish: Values): [Partial<Values> | null, Edit[]] {
  const section = sectionOf(ini, SERVER);
  if (!section) {
    return [
      null,
      [
        addSection(
          text,
          SERVER,
          KEYS.map(key => `${key} = ${wish[key]}`)
        )
      ]
    ];
  }
  const options = KEYS.map(key => [key, optionOf(section, key)] as const);
  const had = options.flatMap(([key, option]) => (option ? [[key, optionText(option)] as const] : []));
  const missing = options.flatMap(([key, option]) => (option ? [] : [`${key} = ${wish[key]}`]));
  const changed = options.flatMap(([key, option]) =>
    option && option.value !== wish[key] ? replaceValue(option, wish[key]) : []
  );
  const added = missing.length > 0 ? addLines(text, ini, section, missing) : null;
  return [Object.fromEntries(had), added ? [...changed, added] : changed];
}

const view = (ini: Ini): Map<string, string> =>
  new Map(ini.sections.flatMap(s => s.options.map(o => [`${s.name}\n${o.name}`, o.value] as const)));

function onlyOurs(before: string, after: string, wish: Values): boolean {
  const [old, now] = [readIni(before), readIni(after)];
  if (!old.ok || !now.ok) {
    return false;
  }
  const [had, has] = [view(old.value), view(now.value)];
  const list = 'distutils\nindex-servers';
  const ours = (key: string) => key === list || KEYS.some(k => key === `${SERVER}\n${k}`);
  return (
    KEYS.every(key => has.get(`${SERVER}\n${key}`) === wish[key]) &&
    words(has.get(list) ?? '').some(w => w.text === SERVER) &&
    [...new Set([...had.keys(), ...has.keys()])].every(key => ours(key) || had.get(key) === has.get(key))
  );
}

/** The edits that take our server out of a file edited since, or give it its old values back. */
export function takeServer(text: string, mark: Ownership, was: Replaced): Parsed<readonly Edit[]> {
  const ini = readIni(text);
  if (!ini.ok) {
    return ini;
  }
  const section = sectionOf(ini.value, SERVER);
  const password = optionOf(section, 'password');
  if (!section || !password || !mark.isOurs(password.value)) {
    return parsed([]);
  }
  const before: Before = was.text === null ? NOTHING : (JSON.parse(was.text) as Before);
  const { values } = before;
  const ours = KEYS.flatMap(key => optionOf(section, key) ?? []);
  const edits = ours.flatMap(option => giveBack(option, values?.[option.name as keyof Values] ?? null));
  if (values === null && ours.length === section.options.length) {
    edits.push(removeLine(section.line));
  }
  return parsed([...edits, ...unlist(ini.value, before)]);
}

function unlist(ini: Ini, { servers, names }: Before): Edit[] {
  const section = sectionOf(ini, 'distutils');
  const option = optionOf(section, 'index-servers');
  const word = option && findWord(option, w => w === SERVER);
  if (!section || !option || !word || servers === 'had') {
    return [];
  }
  const others = words(option.value).filter(w => w.text !== SERVER);
  if (servers === 'appended' || others.map(w => w.text).join(' ') !== names.join(' ')) {
    return [removeWord(option, word.offset, word.text)];
  }
  const alone = servers === 'section' && section.options.length === 1;
  return [...removeOption(option), ...(alone ? [removeLine(section.line)] : [])];
}
