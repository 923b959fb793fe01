import { COUNTS, FAULTS, retryTable, type RetryRow } from './table';

const HEAD = `# Passing faults

One 500, one throttle, one reset is tried again: three attempts in all, with a random wait (250 ms at most before the
second, 500 ms before the third; twice that when throttled) or as long as \`Retry-After\` says. No attempt begins later
than 3 s after the first, so that the checks stay within their 10 s. The answer then says "answered at the second
attempt". What stays broken is told as it is.

Each cell is what one call came to against a server on this machine that answers with the fault once, twice, three times
or always, and the time it took, with the random wait in the middle of its range. Written by
\`node scripts/write-retries.mjs\`.
`;

const cell = ({ verdict, attempts, ms }: RetryRow): string =>
  `${verdict === 'ok' ? `ok, attempt ${attempts}` : verdict.replace(/_/g, '\\_')}, ${ms} ms`;

async function main(): Promise<void> {
  const rows = await retryTable();
  const calls = [...new Set(rows.map(({ call }) => call))];
  const tables = FAULTS.map(fault =>
    [
      `## ${fault}`,
      '',
      `| Call | ${COUNTS.map(count => (count === 'stays' ? 'stays' : `${count} in a row`)).join(' | ')} |`,
      `| --- |${COUNTS.map(() => ' --- |').join('')}`,
      ...calls.map(call => {
        const mine = rows.filter(row => row.call === call && row.fault === fault);
        return `| ${call} | ${mine.map(cell).join(' | ')} |`;
      }),
      ''
    ].join('\n')
  );
  process.stdout.write(`${HEAD}\n${tables.join('\n')}`);
}

void main();
