import { structuredPatch } from 'diff';

/** A side of the diff: the text as it is, and the same lines with their secrets hidden. */
export interface Side {
  readonly name: string;
  readonly text: string;
  readonly shown: string;
}

// What diff -u prints around a change.
const CONTEXT = 3;

/** Every line ends with LF, so that line ends and a missing last one make no difference. */
const lines = (text: string): string => (text === '' ? '' : `${text.replace(/(\r\n|\n|\r)$/, '')}\n`);
const normal = (text: string): string => lines(text).replace(/\r\n|\r/g, '\n');

/** A unified diff of two texts, printed with hidden secrets; empty when they are equal. */
export function unifiedDiff(before: Side, after: Side): string {
  const shown = { '-': normal(before.shown).split('\n'), '+': normal(after.shown).split('\n') };
  const [old, now] = [normal(before.text), normal(after.text)];
  const { hunks } = structuredPatch('', '', old, now, '', '', { context: CONTEXT });
  if (hunks.length === 0) {
    return '';
  }
  const out = [`--- ${before.name}`, `+++ ${after.name}`];
  for (const { oldStart, oldLines, newStart, newLines, lines: rows } of hunks) {
    // POSIX: an empty side is named by the line before it.
    const [from, to] = [oldLines === 0 ? oldStart - 1 : oldStart, newLines === 0 ? newStart - 1 : newStart];
    out.push(`@@ -${from},${oldLines} +${to},${newLines} @@`);
    let [left, right] = [oldStart - 1, newStart - 1];
    for (const row of rows) {
      const sign = row[0];
      const text = sign === '-' ? shown['-'][left] : shown['+'][right];
      out.push(sign + (text ?? ''));
      left += sign === '+' ? 0 : 1;
      right += sign === '-' ? 0 : 1;
    }
  }
  return `${out.join('\n')}\n`;
}
