import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { createDisk } from '../../src/engine/fs/disk';
import type { Runtime } from '../../src/engine/runtime/runtime';
import { configure, restore, target } from '../files/home-fixture';
import { createChance } from '../files/random-file';

// One of a crowd of real processes. Arguments: home, data folder, seed, number of calls, role ("engine", or "pip" for
// somebody who writes pip.conf without our lock). Prints what it was told that nobody should be told.
const [home, dataDir, seed, calls, role] = process.argv.slice(2);
const PIP = `${home}/.config/pip/pip.conf`;

const runtime: Runtime = {
  clock: {
    now: () => Date.now(),
    ticks: () => performance.now(),
    sleep: (ms, signal) => delay(ms, undefined, { signal })
  },
  env: { HOME: home },
  home,
  random: () => 0.5,
  platform: 'linux',
  log: () => undefined
};

async function engine(): Promise<string[]> {
  const chance = createChance(Number(seed));
  const deps = { runtime, disk: createDisk(runtime), dataDir };
  const told: string[] = [];
  for (let left = Number(calls); left > 0; left--) {
    const verb = chance.pick(['connect', 'renew', 'disconnect']);
    const expiresAt = Date.now();
    const wanted = target({}, `tok-${expiresAt}-${process.pid}`);
    const outcome =
      verb === 'disconnect'
        ? await restore(deps)
        : await configure(deps, wanted, { renews: verb === 'renew', expiresAt });
    if (!outcome.ok && outcome.failure.cause !== 'superseded') {
      told.push(`${verb}: ${outcome.failure.summary}`);
    }
    await delay(chance.below(3));
  }
  return told;
}

/** As `pip config set global.timeout 9`: empties the file, then writes it, without comments. */
async function pip(): Promise<string[]> {
  for (let left = Number(calls); left > 0; left--) {
    const lines = readFileSync(PIP, 'utf8').split('\n');
    const kept = lines.filter(line => line && !line.startsWith('#') && !line.startsWith('timeout'));
    writeFileSync(PIP, [...kept.filter(line => line !== '[user]'), '[user]', 'timeout = 9', ''].join('\n'));
    await delay(20);
  }
  return [];
}

void (role === 'pip' ? pip() : engine()).then(told => process.stdout.write(JSON.stringify(told)));
