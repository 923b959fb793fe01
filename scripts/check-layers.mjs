// Runs dependency-cruiser and refuses an answer that saw too few modules (with a TypeScript it cannot read it
// reports "no violations (0 modules)" and exits 0), or a table that allows what nobody uses.
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';

const tables = createRequire(import.meta.url)('./layers.cjs');
const bin = 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs';
const ROOTS = ['src', 'testing'];
const sources = ROOTS.flatMap(root =>
  readdirSync(root, { recursive: true }).filter(f => /\.tsx?$/.test(f) && !f.endsWith('.d.ts'))
);

let report;
try {
  report = execFileSync(process.execPath, [bin, ...ROOTS, '--output-type', 'json'], {
    maxBuffer: 2 ** 28,
    encoding: 'utf8'
  });
} catch (error) {
  report = error.stdout;
}
const { modules, summary } = JSON.parse(report);
const seen = modules.filter(
  m => /^(src|testing)\/.*\.tsx?$/.test(m.source) && !m.source.endsWith('.d.ts')
).length;
const problems = summary.violations.map(v => `${v.rule.name}: ${v.from} -> ${v.to}`);

const folderOf = (side, path) => new RegExp(`^src/${side}/([^/]+)/`).exec(path)?.[1];
for (const [side, table] of [
  ['engine', tables.ENGINE],
  ['lab', tables.LAB ?? {}]
]) {
  const used = new Set(
    modules
      .filter(m => !/\.spec\.tsx?$/.test(m.source))
      .flatMap(m => m.dependencies.map(d => `${folderOf(side, m.source)} ${folderOf(side, d.resolved)}`))
  );
  for (const [folder, allowed] of Object.entries(table)) {
    problems.push(
      ...allowed
        .filter(other => !used.has(`${folder} ${other}`))
        .map(other => `scripts/layers.cjs: ${side}/${folder} may import ${other}, and does not`)
    );
  }
}
problems.forEach(problem => console.error(problem));
console.log(`layers: ${seen} of ${sources.length} modules seen, ${problems.length} violations`);
if (seen < sources.length || problems.length > 0) {
  process.exit(1);
}
