// Bundles the emulator into one file that any Node 20 runs, with the Python helper that digs black holes beside it.
import { build } from 'esbuild';
import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
// Another folder than build/ may be named, so that a test does not disturb a running demonstration.
const out = process.argv[2] ?? join(root, 'build');
await mkdir(out, { recursive: true });
await build({
  entryPoints: [join(root, 'testing/emulator/main.ts')],
  outfile: join(out, 'emulator.cjs'),
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  mainFields: ['module', 'main'],
  sourcemap: true,
  logLevel: 'warning'
});
await copyFile(join(root, 'testing/emulator/vpc/black-hole.py'), join(out, 'black-hole.py'));
