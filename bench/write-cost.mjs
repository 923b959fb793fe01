// What writing the package tools' files costs, beside a plain write + fsync + rename of the same bytes in the same run.
//
//     node bench/write-cost.mjs [ROUNDS]
//
// The two sides take turns, so that a noisy machine disturbs both; the ratio is taken pair by pair.
import { build } from 'esbuild';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { performance } from 'node:perf_hooks';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const rounds = Number(process.argv[2] ?? 200);
const folder = mkdtempSync(join(tmpdir(), 'write-cost-'));

async function engine() {
  const outfile = join(folder, 'tools.cjs');
  await build({
    stdin: {
      contents: `
        export { currentGeneration } from './src/engine/tools/memory';
        export { transaction } from './src/engine/tools/transaction';
        export { createDisk } from './src/engine/fs/disk';
        export { Secret } from './src/engine/core/secret/secret';
        export { DEFAULT_SETTINGS } from './src/protocol/settings';`,
      resolveDir: root
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    outfile,
    logLevel: 'error'
  });
  return createRequire(import.meta.url)(outfile);
}

/** Old bytes or new ones, and on the disk: the least that a careful program does. */
async function plain(path, text) {
  const file = await open(`${path}.new`, 'w', 0o600);
  await file.writeFile(text);
  await file.sync();
  await file.close();
  await rename(`${path}.new`, path);
}

async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const sorted = values => [...values].sort((a, b) => a - b);
const at = (values, share) => sorted(values)[Math.min(values.length - 1, Math.floor(values.length * share))];
const row = (label, values, unit = 'ms') =>
  console.log(
    `  ${label.padEnd(62)}${[0, 0.5, 0.95].map(share => at(values, share).toFixed(2).padStart(9)).join('')}  ${unit}  (n=${values.length})`
  );

const { currentGeneration, transaction, createDisk, Secret, DEFAULT_SETTINGS } = await engine();
const home = join(folder, 'home');
await mkdir(home);
const clock = {
  now: () => Date.now(),
  ticks: () => performance.now(),
  sleep: (ms, signal) => delay(ms, undefined, { signal })
};
const runtime = {
  clock,
  env: { HOME: home },
  home,
  platform: process.platform,
  log: () => undefined
};
const disk = createDisk(runtime);
/** How long the last replacing took: who may write, temporary files, fsync, renames. */
let wrote = 0;
const replaceAll = async (...args) => {
  const start = performance.now();
  try {
    return await disk.replaceAll(...args);
  } finally {
    wrote = performance.now() - start;
  }
};
const deps = { runtime, disk: { ...disk, replaceAll }, dataDir: join(folder, 'data') };
const indexUrl =
  'https://analytics-111122223333.d.codeartifact.us-east-1.amazonaws.com/pypi/isolatedsm/simple/';
const token = number => `${String(number).padStart(6, '0')}${'x'.repeat(1000)}`;
const target = (number, tools) => ({
  settings: { ...DEFAULT_SETTINGS, tools },
  indexUrl,
  token: new Secret(token(number))
});

let expiresAt = Date.now();
/** What Connect does with the files, from the first look at them; each token ends later than the one before. */
async function configure(deps, target) {
  const { settings, indexUrl } = target;
  const { domain, domainOwner, repository, region } = settings;
  const connection = { domain, domainOwner, repository, region, indexUrl, settings };
  const basedOn = await currentGeneration(deps);
  const times = { obtainedAt: Date.now(), expiresAt: ++expiresAt };
  const done = await transaction(deps, {
    kind: 'connect',
    basedOn,
    target,
    connection: { ...connection, ...times }
  });
  if (!done.ok) {
    throw new Error(done.failure.summary);
  }
}
const restore = deps => transaction(deps, { kind: 'disconnect' });

try {
  console.log('columns: min, median, 95 of 100');
  for (const tools of [['pip'], ['pip', 'uv', 'twine']]) {
    const ours = [];
    const writing = [];
    const theirs = [];
    const idle = [];
    const ratio = [];
    await configure(deps, target(0, tools));
    // A new token changes the netrc (and .pypirc), and the memory of what was there before.
    const files = tools.includes('twine') ? 3 : 2;
    for (let i = 1; i <= rounds; i++) {
      const a = await timed(() => configure(deps, target(i, tools)));
      writing.push(wrote);
      const b = await timed(async () => {
        for (let n = 0; n < files; n++) {
          await plain(join(folder, `plain-${n}`), token(i));
        }
      });
      const before = statSync(join(home, '.netrc'), { bigint: true });
      idle.push(await timed(() => configure(deps, target(i, tools))));
      const after = statSync(join(home, '.netrc'), { bigint: true });
      if (before.mtimeNs !== after.mtimeNs || before.ino !== after.ino) {
        throw new Error('a file was written although nothing changed');
      }
      ours.push(a);
      theirs.push(b);
      ratio.push(a / b);
    }
    console.log(`\n${tools.join(', ')}`);
    row('a new token: read, plan, lock, write, fsync, rename, look', ours);
    row('of it writing: temporary files, fsync, renames', writing);
    row(`plain write + fsync + rename, ${files} files`, theirs);
    row('ratio, pair by pair', ratio, 'x');
    row('nothing to change: nothing written', idle);
    await restore(deps);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
