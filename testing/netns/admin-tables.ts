// The tables of docs/admin.md that tests write: between two comments that name them.
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const PAGE = resolve(__dirname, '../../docs/admin.md');

export type Row = readonly string[];

/** Seconds differ from machine to machine: they are written and not compared. */
const withoutSeconds = (text: string): string => text.replace(/ *[\d.]+ s *\|$/gm, ' s |');

/**
 * Compares a table with the one in the page; with WRITE_TABLES=1 it is written anew. What differs is the difference
 * between what the page promises and what was seen.
 */
export function keepTable(name: string, head: Row, rows: readonly Row[]): { page: string; seen: string } {
  const line = (cells: Row): string => `| ${cells.join(' | ')} |`;
  const table = [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
  const [begin, end] = [`<!-- ${name}: written by tests/netns -->`, `<!-- end of ${name} -->`];
  const page = readFileSync(PAGE, 'utf8');
  const from = page.indexOf(begin) + begin.length;
  const to = page.indexOf(end);
  if (from < begin.length || to < from) {
    throw new Error(`docs/admin.md has no place for the table "${name}"`);
  }
  const present = page.slice(from, to).trim();
  if (process.env.WRITE_TABLES === '1') {
    writeFileSync(PAGE, `${page.slice(0, from)}\n${table}\n${page.slice(to)}`);
    return { page: withoutSeconds(table), seen: withoutSeconds(table) };
  }
  return { page: withoutSeconds(present), seen: withoutSeconds(table) };
}
