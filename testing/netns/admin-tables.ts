// The tables of docs/admin.md that tests write: between two comments that name them. tests/tables.py is its twin.
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const PAGE = resolve(__dirname, '../../docs/admin.md');

export type Row = readonly string[];

/** Seconds differ from machine to machine: they are written and not compared. */
const withoutSeconds = (text: string): string => text.replace(/ *[\d.]+ s *\|$/gm, ' s |');

/** Where a table is in the page, and what it says there. */
function placeOf(name: string, by: string): { page: string; from: number; to: number; present: string } {
  const [begin, end] = [`<!-- ${name}: written by ${by} -->`, `<!-- end of ${name} -->`];
  const page = readFileSync(PAGE, 'utf8');
  const from = page.indexOf(begin) + begin.length;
  const to = page.indexOf(end);
  if (from < begin.length || to < from) {
    throw new Error(`docs/admin.md has no place for the table "${name}"`);
  }
  return { page, from, to, present: page.slice(from, to).trim() };
}

const tableOf = (head: Row, rows: readonly Row[]): string => {
  const line = (cells: Row): string => `| ${cells.join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
};

const write = (name: string, by: string, table: string): void => {
  const { page, from, to } = placeOf(name, by);
  writeFileSync(PAGE, `${page.slice(0, from)}\n${table}\n${page.slice(to)}`);
};

/**
 * Compares a table with the one in the page; with WRITE_TABLES=1 it is written anew. What differs is the difference
 * between what the page promises and what was seen.
 */
export function keepTable(name: string, head: Row, rows: readonly Row[]): { page: string; seen: string } {
  const table = tableOf(head, rows);
  const { present } = placeOf(name, 'tests/netns');
  if (process.env.WRITE_TABLES === '1') {
    write(name, 'tests/netns', table);
    return { page: withoutSeconds(table), seen: withoutSeconds(table) };
  }
  return { page: withoutSeconds(present), seen: withoutSeconds(table) };
}

/**
 * How much was checked, kept likewise: the page may say less than was seen, as after a new fix, and never more. Returns
 * what the page claims and was not seen.
 */
export function keepCounts(name: string, by: string, counts: Readonly<Record<string, number>>): string[] {
  if (process.env.WRITE_TABLES === '1') {
    const rows = Object.entries(counts).map(([what, count]) => [what, String(count - (count % 10))]);
    write(name, by, tableOf(['checked', 'at least'], rows));
  }
  const claimed = [...placeOf(name, by).present.matchAll(/^\| (.+) \| (\d+) \|$/gm)];
  const missing = Object.keys(counts).filter(what => !claimed.some(([, said]) => said === what));
  return [
    ...missing.map(what => `the page does not say: ${what}`),
    ...claimed.filter(([, what = '', count]) => !(Number(count) <= (counts[what] ?? 0))).map(([line]) => line)
  ];
}
