// Ten thousand notebooks against GetAuthorizationToken's quota, simulated with the engine's own scheduling code.
//
//     node bench/fleet.mjs            prints a table, and leaves build/reports/fleet.json for docs/performance.md
import { build } from 'esbuild';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = mkdtempSync(join(tmpdir(), 'fleet-'));
const outfile = join(folder, 'fleet.cjs');
await build({
  stdin: {
    contents: `export { simulate } from './bench/fleet/simulation'; export { SCENARIOS } from './bench/fleet/scenarios';`,
    resolveDir: root
  },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  outfile,
  logLevel: 'error'
});
const { simulate, SCENARIOS } = createRequire(import.meta.url)(outfile);
rmSync(folder, { recursive: true });

const reports = [];
for (const scenario of SCENARIOS) {
  const report = await simulate(scenario);
  reports.push({ ...report, scenario });
  console.log(JSON.stringify({ ...report, series: undefined }));
}
mkdirSync(join(root, 'build', 'reports'), { recursive: true });
writeFileSync(join(root, 'build', 'reports', 'fleet.json'), JSON.stringify(reports));
