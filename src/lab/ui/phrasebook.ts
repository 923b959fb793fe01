import type { TranslationBundle } from '@jupyterlab/translation';
import { fill, plainText } from '../../protocol/text';
import type { Phrase } from '../../protocol/phrase';

/** A document has some dozens; older ones are wanted for the history. */
const KEPT = 2000;

/** A translator that also knows what the engine says. */
export type Speaker = TranslationBundle & { said(english: string): string };

/** What the engine said in English, and how: with that the page can say it in its own language. */
export class Phrasebook {
  /** Takes the phrases of an answer in. */
  learn(answer: unknown): void {
    const { phrases } = (answer ?? {}) as { phrases?: unknown };
    for (const phrase of Array.isArray(phrases) ? (phrases as Phrase[]) : []) {
      const { text, many, values = [] } = phrase;
      const english = fill(many !== undefined && values[0] !== 1 ? many : text, values);
      if (!values.includes(english)) {
        // As it stands in a sentence of the page, and in a summary.
        this._known.set(english, phrase).set(plainText(english), phrase);
      }
    }
    if (this._known.size > KEPT) {
      this._known = new Map([...this._known].slice(-KEPT / 2));
    }
  }

  /** The same translator; values of its texts, too, are said in its language where the engine made them. */
  speaker(bundle: TranslationBundle): Speaker {
    const said = <T>(value: T): T | string => {
      const phrase = typeof value === 'string' ? this._known.get(value) : undefined;
      if (!phrase) {
        return value;
      }
      const values = (phrase.values ?? []).map(said);
      return phrase.many === undefined
        ? bundle.__(phrase.text, ...values)
        : bundle._n(phrase.text, phrase.many, Number(values[0]), ...values.slice(1));
    };
    return Object.assign(Object.create(bundle) as Speaker, {
      said,
      __: (text: string, ...values: unknown[]) => bundle.__(text, ...values.map(said)),
      _n: (one: string, many: string, count: number, ...values: unknown[]) =>
        bundle._n(one, many, count, ...values.map(said))
    });
  }

  private _known = new Map<string, Phrase>();
}
