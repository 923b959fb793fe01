/** One file of a unified diff. */
export interface FileDiff {
  readonly path: string;
  readonly kind: 'new' | 'changed' | 'removed';
  /** Null stands between two places of the file. */
  readonly lines: readonly (DiffLine | null)[];
}

export interface DiffLine {
  readonly sign: '+' | '-' | ' ';
  readonly text: string;
}

const NOTHING = '/dev/null';
const HUNK = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/;

const nameOf = (line: string): string => line.slice(4).split('\t')[0];

/** Reads a unified diff of several files. Counts of lines decide what is a heading: a removed line may begin with dashes. */
export function readDiff(text: string): readonly FileDiff[] {
  const files: { path: string; kind: FileDiff['kind']; lines: (DiffLine | null)[] }[] = [];
  const rows = text.split('\n');
  let before = 0;
  let after = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at];
    const file = files.at(-1);
    const hunk = HUNK.exec(row);
    if (before <= 0 && after <= 0 && row.startsWith('--- ') && rows[at + 1]?.startsWith('+++ ')) {
      const [from, to] = [nameOf(row), nameOf(rows[++at])];
      const kind = from === NOTHING ? 'new' : to === NOTHING ? 'removed' : 'changed';
      files.push({ path: kind === 'removed' ? from : to, kind, lines: [] });
    } else if (before <= 0 && after <= 0 && hunk && file) {
      [before, after] = [Number(hunk[1] ?? 1), Number(hunk[2] ?? 1)];
      if (file.lines.length) {
        file.lines.push(null);
      }
    } else if (file && (before > 0 || after > 0)) {
      const sign = row[0] === '+' || row[0] === '-' ? row[0] : ' ';
      before -= sign === '+' ? 0 : 1;
      after -= sign === '-' ? 0 : 1;
      file.lines.push({ sign, text: row.slice(1) });
    }
  }
  return files;
}
