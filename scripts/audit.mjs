// Known vulnerabilities in what ships, from the npm registry's advisories: `npm run audit`.
//
// The packages inside the bundles are development dependencies of this repository, which `npm audit --omit=dev` leaves
// out, while all of its dependencies are mostly tools that nobody gets. So npm audits a lock file with the entries of
// package-lock.json that ship, and nothing else. Exit codes: 0 none is known, 1 some are, 3 the registry did not say.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shipped } from './shipped.mjs';

const NOT_AUDITED = 3;

/** A lock file of these packages alone, each where package-lock.json has it. */
function lockOf(packages) {
  const whole = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const entries = packages.map(({ folder, name, version }) => {
    const { resolved, integrity, ...locked } = whole.packages[folder] ?? {};
    if (locked.version !== version) {
      throw new Error(
        `${name}@${version} is in the bundle, and package-lock.json has ${locked.version ?? 'none'}`
      );
    }
    return [folder, { version, resolved, integrity }];
  });
  const top = packages.filter(({ folder, name }) => folder === `node_modules/${name}`);
  const root = {
    name: 'what-ships',
    version: '0.0.0',
    dependencies: Object.fromEntries(top.map(({ name, version }) => [name, version]))
  };
  return [root, { ...root, lockfileVersion: 3, packages: { '': root, ...Object.fromEntries(entries) } }];
}

const { engine, frontEnd, python } = shipped();
const packages = [...engine, ...frontEnd];
const [root, lock] = lockOf(packages);
const folder = mkdtempSync(join(tmpdir(), 'audit-'));
writeFileSync(join(folder, 'package.json'), JSON.stringify(root));
writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
const done = spawnSync('npm', ['audit', '--json'], { cwd: folder, encoding: 'utf8' });
rmSync(folder, { recursive: true });

const answer = parsed(done.stdout ?? '');
const ranges = python.map(({ name, range }) => `${name}${range}`).join(', ');
if (answer?.metadata?.vulnerabilities === undefined) {
  const why =
    answer?.message ?? answer?.error?.summary ?? (done.stderr || done.error?.message || 'no answer').trim();
  console.error(`audit: NOT AUDITED, the registry gave no advisories: ${why}`);
  process.exit(NOT_AUDITED);
}
for (const { name, severity, range, via } of Object.values(answer.vulnerabilities)) {
  const titles = via.map(one => (typeof one === 'string' ? one : `${one.title} ${one.url}`));
  console.error(`audit: ${severity}: ${name} ${range}: ${titles.join('; ')}`);
}
const { total } = answer.metadata.vulnerabilities;
console.log(
  `audit: ${total} known in ${packages.length} packages of the bundles. Not looked at: ${ranges}, whose versions pip chooses where it installs`
);
process.exit(total > 0 ? 1 : 0);

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
