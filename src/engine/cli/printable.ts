/**
 * What must not reach a terminal: control characters (C0 and C1, ECMA-48), which move the cursor, set its title or
 * write into the clipboard; and the marks that change the direction of text (Unicode UAX 9), which show one command
 * and copy another. Line feeds and tabs stay.
 */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const CONTROLS = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * A value as people may see it printed: names and messages come from AWS, from files and from a proxy, and any of them
 * can hold anything. U+FFFD stands where something was.
 */
export function printable<T>(value: T): T {
  if (typeof value === 'string') {
    return value.replace(CONTROLS, '\ufffd') as T;
  }
  if (Array.isArray(value)) {
    return value.map(item => printable<unknown>(item)) as T;
  }
  return typeof value === 'object' && value !== null
    ? (Object.fromEntries(Object.entries(value).map(([key, item]) => [key, printable<unknown>(item)])) as T)
    : value;
}
