// Runs testing/scenes/record.ts, which says what it does:   npm run scenes [-- --check] [NAME...]
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const out = join('build', 'scenes');
mkdirSync(out, { recursive: true });
await build({
  entryPoints: ['testing/scenes/record.ts'],
  outfile: join(out, 'record.cjs'),
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  mainFields: ['module', 'main'],
  sourcemap: true,
  logLevel: 'warning'
});
copyFileSync('testing/emulator/vpc/black-hole.py', join(out, 'black-hole.py'));
const run = spawnSync(
  process.execPath,
  ['--enable-source-maps', join(out, 'record.cjs'), ...process.argv.slice(2)],
  { stdio: 'inherit' }
);
process.exitCode = run.status ?? 1;
if (run.status === 0 && !process.argv.includes('--check')) {
  const scenes = join('testing', 'scenes');
  const asked = spawnSync(process.env.PYTHON ?? 'python3', [join(scenes, 'problems.py')], {
    stdio: 'inherit'
  });
  process.exitCode = asked.status ?? 1;
  const written = ['recorded.json', 'problems.json'].map(name => join(scenes, name));
  spawnSync(process.execPath, [
    join('node_modules', 'prettier', 'bin', 'prettier.cjs'),
    '--write',
    ...written
  ]);
}
