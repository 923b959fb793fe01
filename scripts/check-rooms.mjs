// Runs dependency-cruiser over src/ and refuses an answer that saw too few modules: with a
// TypeScript it cannot read it reports "no violations (0 modules)" and exits 0.
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

const bin = 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs';
const sources = readdirSync('src', { recursive: true }).filter(
  f => /\.tsx?$/.test(f) && !f.endsWith('.d.ts')
);

let report;
try {
  report = execFileSync(process.execPath, [bin, 'src', '--output-type', 'json'], {
    maxBuffer: 2 ** 28,
    encoding: 'utf8'
  });
} catch (error) {
  report = error.stdout;
}
const { modules, summary } = JSON.parse(report);
const seen = modules.filter(m => /^src\/.*\.tsx?$/.test(m.source)).length;
for (const v of summary.violations) {
  console.error(`${v.rule.name}: ${v.from} -> ${v.to}`);
}
console.log(`rooms: ${seen} of ${sources.length} modules seen, ${summary.violations.length} violations`);
if (seen < sources.length || summary.violations.some(v => v.rule.severity === 'error')) {
  process.exit(1);
}
