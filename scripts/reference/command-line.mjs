import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { code, generated, table } from './markdown.mjs';

/** What `--help` prints, for the program and for each verb, and the exit code of each verdict. */
export function commandLinePage({ CLI_VERBS, VERDICTS, exitCode }) {
  const folder = mkdtempSync(join(tmpdir(), 'reference-'));
  try {
    execFileSync(process.execPath, ['scripts/build-engine.mjs', '--outdir', folder], { stdio: 'pipe' });
    const help = (...argv) =>
      execFileSync(process.execPath, [join(folder, 'engine.cjs'), ...argv, '--help'], { encoding: 'utf8' });
    return page(help(), new Map(CLI_VERBS.map(verb => [verb, help(verb)])), VERDICTS, exitCode);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function page(main, verbs, VERDICTS, exitCode) {
  const known = new Set(main.split('\n'));
  // The flags that all verbs share stand once, above.
  const own = text =>
    text
      .split('\n')
      .filter(line => line.trim() !== '' && !known.has(line))
      .join('\n');
  return `${generated("the program's --help")}
# Command line

Results go to stdout; progress and messages go to stderr. With \`--json\`, stdout holds one
[JSON document](document.md) and nothing else.

\`\`\`text
${main.trimEnd()}
\`\`\`

## Verbs

${[...verbs].map(([verb, text]) => `### ${verb}\n\n\`\`\`text\n${own(text)}\n\`\`\``).join('\n\n')}

## Verdicts and exit codes

${table(
  ['Verdict', 'Exit code'],
  VERDICTS.map(verdict => [code(verdict), exitCode(verdict)])
)}

Wrong usage exits with 2, as \`invalid_settings\` does. Exit code 1 means a fault of this program.
`;
}
