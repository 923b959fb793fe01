/** Two texts line by line, shown through what may be shown of each line. */
interface Row {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

// What diff -u prints around a change.
const CONTEXT = 3;

// Configuration files are short; past this the table below would grow too large, and the whole
// file is shown as replaced.
const MAX_LINES = 2000;

/** Longest common subsequence, by the book: the files are small. */
function rows(
  before: readonly string[],
  after: readonly string[],
  shown: (side: 0 | 1, i: number) => string
): Row[] {
  const [n, m] = [before.length, after.length];
  const small = n <= MAX_LINES && m <= MAX_LINES;
  const best = Array.from({ length: n + 1 }, () => new Uint16Array(m + 1));
  for (let i = n - 1; small && i >= 0; i--) {
    for (let j = m - 1; j >= 0; j--) {
      best[i][j] = before[i] === after[j] ? best[i + 1][j + 1] + 1 : Math.max(best[i + 1][j], best[i][j + 1]);
    }
  }
  const out: Row[] = [];
  let [i, j] = [0, 0];
  while (i < n || j < m) {
    if (i < n && j < m && before[i] === after[j]) {
      out.push({ sign: ' ', text: shown(1, j) });
      i++;
      j++;
    } else if (i < n && (j === m || best[i + 1][j] >= best[i][j + 1])) {
      out.push({ sign: '-', text: shown(0, i++) });
    } else {
      out.push({ sign: '+', text: shown(1, j++) });
    }
  }
  return out;
}

const lines = (text: string): string[] =>
  text === '' ? [] : text.replace(/(\r\n|\n|\r)$/, '').split(/\r\n|\n|\r/);

/** A side of the diff: the text as it is, and the same lines with their secrets hidden. */
export interface Side {
  readonly name: string;
  readonly text: string;
  readonly shown: string;
}

/** A unified diff of two texts, printed with hidden secrets; empty when they are equal. */
export function unifiedDiff(before: Side, after: Side): string {
  const shown = [lines(before.shown), lines(after.shown)];
  const all = rows(lines(before.text), lines(after.text), (side, i) => shown[side][i] ?? '');
  const changed = all.flatMap((row, i) => (row.sign === ' ' ? [] : [i]));
  if (changed.length === 0) {
    return '';
  }
  const out = [`--- ${before.name}`, `+++ ${after.name}`];
  for (let at = 0; at < changed.length;) {
    let last = at;
    while (last + 1 < changed.length && changed[last + 1] - changed[last] <= 2 * CONTEXT) {
      last++;
    }
    const [from, to] = [
      Math.max(0, changed[at] - CONTEXT),
      Math.min(all.length, changed[last] + CONTEXT + 1)
    ];
    out.push(head(all, from, to), ...all.slice(from, to).map(row => row.sign + row.text));
    at = last + 1;
  }
  return `${out.join('\n')}\n`;
}

function head(all: readonly Row[], from: number, to: number): string {
  const side = (other: '-' | '+') => {
    const start = all.slice(0, from).filter(row => row.sign !== other).length;
    const count = all.slice(from, to).filter(row => row.sign !== other).length;
    return `${count === 0 ? start : start + 1},${count}`;
  };
  return `@@ -${side('+')} +${side('-')} @@`;
}
