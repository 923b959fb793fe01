import type { TranslationBundle } from '@jupyterlab/translation';
import { nullTranslator } from '@jupyterlab/translation';

/** What stands around every text of the pseudo-language: a text without it was not translated. */
export const OPEN = '\u27e6';
export const CLOSE = '\u27e7';

const ACCENTS: Readonly<Record<string, string>> = {
  a: 'á',
  e: 'é',
  i: 'í',
  o: 'ó',
  u: 'ú',
  y: 'ý',
  c: 'ç',
  n: 'ñ'
};

/** German, Finnish or Tamil interfaces are about 40 % longer than English ones. */
const LONGER = 0.4;

/** Vowels get accents, the text grows, and brackets tell where it begins and ends. Code, and `%1`, stay as they are. */
export function pseudo(text: string): string {
  const parts = text.split(/(`[^`]*`|%\d+)/);
  const accented = parts
    .map((part, index) =>
      index % 2 === 1 ? part : part.replace(/[a-z]/g, letter => ACCENTS[letter] ?? letter)
    )
    .join('');
  return `${OPEN}${accented}${' óne twó'.repeat(Math.ceil((text.length * LONGER) / 8)).slice(0, Math.ceil(text.length * LONGER))}${CLOSE}`;
}

/**
 * A language pack as JupyterLab hands it to an extension.
 *
 * @param texts those that are in the pack; left out: all
 */
export function pseudoBundle(texts?: ReadonlySet<string>): TranslationBundle {
  const english = nullTranslator.load('');
  // Texts of values alone are not for translators.
  const known = (text: string): string =>
    texts?.has(text) === false || !/\p{L}/u.test(text.replace(/%\d+/g, '')) ? text : pseudo(text);
  return {
    ...english,
    __: (text: string, ...values: unknown[]) => english.__(known(text), ...values),
    gettext: (text: string, ...values: unknown[]) => english.gettext(known(text), ...values),
    _n: (one: string, many: string, count: number, ...values: unknown[]) =>
      english._n(known(one), known(many), count, ...values),
    ngettext: (one: string, many: string, count: number, ...values: unknown[]) =>
      english.ngettext(known(one), known(many), count, ...values),
    _p: (context: string, text: string, ...values: unknown[]) => english._p(context, known(text), ...values),
    pgettext: (context: string, text: string, ...values: unknown[]) =>
      english.pgettext(context, known(text), ...values)
  } as unknown as TranslationBundle;
}
