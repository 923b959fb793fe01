import { fill } from '../text';

export { plainText, said } from '../text';

/** What the catalogue needs of a translator: JupyterLab's TranslationBundle has it, and ENGLISH below. */
export interface Trans {
  /** `%1`, `%2` … in the text stand for the values. Code, names of files and hosts stand between back quotes. */
  __(text: string, ...values: unknown[]): string;
  /** The same in two numbers: `%1` is the count. */
  _n(one: string, many: string, count: number, ...values: unknown[]): string;
  /** What the engine said in English, in the reader's language; left out where that is English. */
  said?(english: string): string;
}

/** The texts as they are written: for the terminal, which speaks English. */
export const ENGLISH: Trans = {
  __: (text, ...values) => fill(text, values),
  _n: (one, many, count, ...values) => fill(count === 1 ? one : many, [count, ...values])
};

/** A foreign text as a sentence: AWS's own end with a full stop, or without. */
export const stopped = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** Sentences one after the other; empty ones are left out. */
export const sentences = (...parts: readonly string[]): string => parts.filter(part => part !== '').join(' ');
