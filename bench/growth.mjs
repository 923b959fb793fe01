// What connect, status, preview and the listings cost against the number of kernels, lines, entries, packages.
//
//     node bench/growth.mjs           prints a table, and leaves build/reports/growth.json for docs/performance.md
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load, root } from './bundle.mjs';

const { grow, exponent } = await load(
  `export { grow } from './bench/growth/growth'; export { exponent } from './bench/growth/measure';`
);
const curves = (await grow()).map(curve => ({
  ...curve,
  exponent: exponent(curve.points.filter(({ verdict }) => verdict === 'ok'))
}));
for (const { what, of, points, exponent: power } of curves) {
  const row = points.map(
    ({ size, ms, verdict }) => `${size}: ${ms.toFixed(1)}${verdict === 'ok' ? '' : ` ${verdict}`}`
  );
  console.log(`${what} by ${of} (n^${power.toFixed(2)}): ${row.join(', ')} ms`);
}
mkdirSync(join(root, 'build', 'reports'), { recursive: true });
writeFileSync(join(root, 'build', 'reports', 'growth.json'), JSON.stringify(curves));
process.exit(0);
