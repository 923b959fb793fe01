/** Puts values in the place of `%1`, `%2` …; a number without a value stays. */
export const fill = (text: string, values: readonly unknown[]): string =>
  text.replace(/%(\d+)/g, (hole, number: string) =>
    Number(number) >= 1 && Number(number) <= values.length ? String(values[Number(number) - 1]) : hole
  );

/** For terminals, tickets and logs: without code type, typographic apostrophes and unbreakable spaces. */
export const plainText = (text: string): string =>
  text
    .replace(/`/g, '')
    .replace(/’/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/\u00a0/g, ' ');

/** A text that came ready from the engine, in the reader's language: the rule, file or fix that it is about has its words. */
export const said = (english: string, trans: { said?(english: string): string }): string =>
  trans.said?.(english) ?? english;
