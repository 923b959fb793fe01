import { applyEdits, type Edit } from '../text/edit';
import { readIndexUrl, sameIndex } from '../text/url-credentials';
import { type Ini, type Option, readIni } from '../text/ini';
import * as edit from '../text/ini-edit';
import type { Ownership, Replaced } from '../text/ownership';
import { pipName, pipOption, readPipConfig } from './config';
import { parsed, type Parsed, stopped } from '../text/parse-result';
import { words } from '../../core/python-whitespace';
import { trans } from '../../core/say';

/** What pip's file shall say; `url` carries credentials when they are inline. */
export interface PipWish {
  readonly url: string;
  readonly key: 'index-url' | 'extra-index-url';
}

export interface Put {
  readonly edits: readonly Edit[];
  readonly was: Replaced;
}

/**
 * The edits that make pip take our index from this file. Only that key changes for pip: what
 * cannot be done so (options of `[DEFAULT]` would suddenly apply) is refused.
 */
export function putIndex(text: string, wish: PipWish): Parsed<Put> {
  const ini = readIni(text);
  if (!ini.ok) {
    return ini;
  }
  const put = plan(text, ini.value, wish);
  const odd = sideEffect(text, applyEdits(text, put.edits), wish);
  return odd === null
    ? parsed(put)
    : stopped(
        odd,
        trans.__('our %1 would change other options for pip', wish.key),
        trans.__(
          'Move the options of [DEFAULT] into the sections that need them, or set %1 in [global] by hand.',
          wish.key
        )
      );
}

function plan(text: string, ini: Ini, wish: PipWish): Put {
  const option = pipOption(ini, 'global', wish.key);
  const here = option?.section === 'global' ? option : undefined;
  if (here && wish.key === 'index-url') {
    return {
      edits: here.value === wish.url ? [] : edit.replaceValue(here, wish.url),
      was: { text: edit.optionText(here), added: null }
    };
  }
  if (here) {
    const word = edit.findWord(here, w => sameIndex(w, wish.url));
    const replaced = word && { offset: word.offset, length: word.text.length, text: wish.url };
    return {
      edits: word?.text === wish.url ? [] : replaced ? [replaced] : edit.appendWord(text, here, wish.url),
      was: { text: word?.text ?? null, added: null }
    };
  }
  const inherited = option && wish.key === 'extra-index-url' ? words(option.value).map(w => w.text) : [];
  const line = `${option?.name ?? wish.key} = ${[...inherited, wish.url].join(' ')}`;
  const section = ini.sections.find(s => s.name === 'global');
  return {
    edits: [section ? edit.addLines(text, ini, section, [line]) : edit.addSection(text, 'global', [line])],
    was: { text: null, added: section ? 'option' : 'section' }
  };
}

/** The line of the first option that would change beside ours; null when none does. */
function sideEffect(before: string, after: string, wish: PipWish): number | null {
  const [old, now] = [readPipConfig(before), readPipConfig(after)];
  if (!old.ok || !now.ok) {
    return 1;
  }
  const key = `global.${wish.key}`;
  const value = now.value.get(key)?.value ?? '';
  const right = wish.key === 'index-url' ? value === wish.url : words(value).some(w => w.text === wish.url);
  if (!right) {
    return now.value.get(key)?.line ?? 1;
  }
  for (const name of new Set([...old.value.keys(), ...now.value.keys()])) {
    if (name !== key && old.value.get(name)?.value !== now.value.get(name)?.value) {
      return (old.value.get(name) ?? now.value.get(name))!.line;
    }
  }
  return null;
}

const isOurs = (url: string, mark: Ownership): boolean => {
  const read = readIndexUrl(url);
  return (
    read !== null &&
    sameIndex(url, mark.indexUrl) &&
    (read.user === null || (read.user === 'aws' && read.password !== null && mark.isOurs(read.password)))
  );
};

/** The edits that take our index out of a file edited since, and put back what it replaced. */
export function takeIndex(text: string, mark: Ownership, was: Replaced): Parsed<readonly Edit[]> {
  const ini = readIni(text);
  if (!ini.ok) {
    return ini;
  }
  const section = ini.value.sections.find(s => s.name === 'global');
  for (const option of section?.options ?? []) {
    const edits = takeOption(option, mark, was);
    if (edits) {
      const alone = was.added === 'section' && section!.options.length === 1;
      return parsed(alone ? [...edits, edit.removeLine(section!.line)] : edits);
    }
  }
  return parsed([]);
}

/** The edits for an option that holds our index; undefined for every other. */
function takeOption(option: Option, mark: Ownership, was: Replaced): Edit[] | undefined {
  if (pipName(option.name) === 'index-url' && isOurs(option.value, mark)) {
    return edit.giveBack(option, was.text);
  }
  const isExtra = pipName(option.name) === 'extra-index-url';
  const word = isExtra ? edit.findWord(option, w => isOurs(w, mark)) : undefined;
  return word && takeWord(option, word, was);
}

function takeWord(option: Option, word: { offset: number; text: string }, was: Replaced): Edit[] {
  if (was.text !== null) {
    return [{ offset: word.offset, length: word.text.length, text: was.text }];
  }
  const alone = was.added !== null && words(option.value).length === 1;
  return alone ? edit.removeOption(option) : [edit.removeWord(option, word.offset, word.text)];
}
