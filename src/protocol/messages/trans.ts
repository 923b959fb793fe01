/** What the catalogue needs of a translator: JupyterLab's TranslationBundle has it, and ENGLISH below. */
export interface Trans {
  /** `%1`, `%2` … in the text stand for the values. Code, names of files and hosts stand between back quotes. */
  __(text: string, ...values: unknown[]): string;
  /** The same in two numbers: `%1` is the count. */
  _n(one: string, many: string, count: number, ...values: unknown[]): string;
}

const fill = (text: string, values: readonly unknown[]): string =>
  text.replace(/%(\d+)/g, (hole, number: string) =>
    Number(number) >= 1 && Number(number) <= values.length ? String(values[Number(number) - 1]) : hole
  );

/** The texts as they are written: for the terminal, which speaks English. */
export const ENGLISH: Trans = {
  __: (text, ...values) => fill(text, values),
  _n: (one, many, count, ...values) => fill(count === 1 ? one : many, [count, ...values])
};

/** For terminals, tickets and logs: without code type, typographic apostrophes and unbreakable spaces. */
export const plainText = (text: string): string =>
  text
    .replace(/`/g, '')
    .replace(/’/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/\u00a0/g, ' ');

/** A foreign text as a sentence: AWS's own end with a full stop, or without. */
export const stopped = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** Sentences one after the other; empty ones are left out. */
export const sentences = (...parts: readonly string[]): string => parts.filter(part => part !== '').join(' ');
