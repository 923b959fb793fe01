// Python's str.isspace() and JavaScript's \s differ: Python counts U+001C..U+001F and U+0085 and
// does not count U+FEFF. A reader of Python's files must use Python's.
// https://docs.python.org/3/library/stdtypes.html#str.isspace
const SPACE =
  '\\t\\n\\v\\f\\r\\x1c-\\x1f \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

const LEADING = new RegExp(`^[${SPACE}]*`);
// From the beginning of a run only: each run is then looked at once, whatever stands behind it.
const TRAILING = new RegExp(`(?<![${SPACE}])[${SPACE}]+$`);
const RUNS = new RegExp(`[^${SPACE}]+`, 'g');

/** How many characters of Python's white space a text begins with. */
export const indentOf = (text: string): number => LEADING.exec(text)?.[0].length ?? 0;

/** Python's `str.rstrip()`. */
export const stripEnd = (text: string): string => text.replace(TRAILING, '');

/** Python's `str.strip()`. */
export const strip = (text: string): string => stripEnd(text).slice(indentOf(text));

/** Python's `str.split()`, with where each word begins. */
export const words = (text: string): { text: string; start: number }[] =>
  [...text.matchAll(RUNS)].map(m => ({ text: m[0], start: m.index }));

/** What Python's urlsplit leaves out before an address (urllib/parse.py, `_WHATWG_C0_CONTROL_OR_SPACE`). */
export function stripControls(url: string): string {
  const start = [...url].findIndex(character => character > ' ');
  return start < 0 ? '' : url.slice(start);
}
