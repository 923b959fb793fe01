// Ten thousand notebooks against GetAuthorizationToken's quota, simulated with the engine's own scheduling code.
//
//     node bench/fleet.mjs            prints a table, and leaves build/reports/fleet.json for docs/performance.md
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load, root } from './bundle.mjs';

const { simulate, SCENARIOS } = await load(
  `export { simulate } from './bench/fleet/simulation'; export { SCENARIOS } from './bench/fleet/scenarios';`
);

const reports = [];
for (const scenario of SCENARIOS) {
  const report = await simulate(scenario);
  reports.push({ ...report, scenario });
  console.log(JSON.stringify({ ...report, series: undefined }));
}
mkdirSync(join(root, 'build', 'reports'), { recursive: true });
writeFileSync(join(root, 'build', 'reports', 'fleet.json'), JSON.stringify(reports));
