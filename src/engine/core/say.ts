import type { Phrase } from '../../protocol/phrase';
import { ENGLISH, plainText, type Trans } from '../../protocol/messages/trans';

/** How many filled texts are remembered; an answer has some dozens. Those without values are few, and all are. */
const REMEMBERED = 4096;

const fixed = new Map<string, Phrase>();
const filled = new Map<string, Phrase>();

function remember(english: string, phrase: Phrase): string {
  // Summaries are without code type.
  for (const said of new Set([english, plainText(english)])) {
    if (phrase.values === undefined) {
      fixed.set(said, phrase);
    } else if (!phrase.values.includes(said)) {
      filled.delete(said);
      filled.set(said, phrase);
    }
  }
  for (const [oldest] of filled) {
    if (filled.size <= REMEMBERED) {
      break;
    }
    filled.delete(oldest);
  }
  return english;
}

const plainValues = (values: readonly unknown[]): (string | number)[] =>
  values.map(value => (typeof value === 'number' ? value : String(value)));

/**
 * Says it in English, and remembers how it was made: a page that shows it in another language is told (`withPhrases`).
 * Forgetting one costs a translation, nothing else. The name is what jupyterlab-translate collects texts by, as in the
 * browser: https://github.com/jupyterlab/jupyterlab-translate
 */
export const trans: Trans = {
  __: (text, ...values) =>
    remember(ENGLISH.__(text, ...values), {
      text,
      ...(values.length > 0 && { values: plainValues(values) })
    }),
  _n: (one, many, count, ...values) =>
    remember(ENGLISH._n(one, many, count, ...values), {
      text: one,
      many,
      values: plainValues([count, ...values])
    })
};

/** Sentences one after the other; what is not there is left out. */
export function together(...parts: readonly (string | false | undefined)[]): string {
  const sentences = parts.filter(part => part !== undefined && part !== false && part !== '');
  return sentences.length === 1
    ? String(sentences[0])
    : trans.__(sentences.map((_, index) => `%${index + 1}`).join(' '), ...sentences);
}

/** An answer, and how its texts were made, each once; of values too, where these were said. */
export function withPhrases<T extends object>(answer: T): T & { readonly phrases?: Phrase[] } {
  const found = new Map<string, Phrase>();
  const look = (value: unknown): void => {
    if (typeof value === 'string') {
      const phrase = fixed.get(value) ?? filled.get(value);
      if (phrase && !found.has(value)) {
        found.set(value, phrase);
        remember(value, phrase);
        phrase.values?.forEach(look);
      }
    } else if (typeof value === 'object' && value !== null) {
      Object.values(value).forEach(look);
    }
  };
  look(answer);
  const phrases = [...new Set(found.values())];
  return phrases.length > 0 ? { ...answer, phrases } : answer;
}
