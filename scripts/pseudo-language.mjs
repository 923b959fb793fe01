// Writes the pseudo-language, in which every text has accents, brackets and 40 % more letters, as a language pack of
// JupyterLab, and its wheel beside it:   node scripts/pseudo-language.mjs
// What it holds, testing/translation/write-pack.ts says.
import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join('build', 'pseudo-language');
const CODE = join('build', 'write-pack.cjs');
await build({
  entryPoints: ['testing/translation/write-pack.ts'],
  outfile: CODE,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  logLevel: 'warning'
});
execFileSync(process.execPath, [CODE, FOLDER], { stdio: 'inherit' });
const parts = readdirSync(FOLDER);
const info = parts.find(name => name.endsWith('.dist-info'));
const wheel = `${info.replace('.dist-info', '')}-py3-none-any.whl`;
rmSync(join('build', wheel), { force: true });
execFileSync(process.env.PYTHON ?? 'python3', ['-m', 'zipfile', '-c', join('..', wheel), ...parts], {
  cwd: FOLDER
});
console.log(`pseudo-language: ${join('build', wheel)}`);
