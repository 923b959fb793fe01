// Writes docs/retries.md: what each call comes to after one, two, three passing faults, and after one that stays.
//   node scripts/write-retries.mjs
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const OUT = 'build/retries.cjs';
await build({
  entryPoints: ['testing/retries/page.ts'],
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  outfile: OUT,
  logLevel: 'error'
});
writeFileSync('docs/retries.md', execFileSync(process.execPath, [OUT], { encoding: 'utf8' }));
