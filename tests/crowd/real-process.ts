import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { createDisk } from '../../src/engine/fs/disk';
import type { Runtime } from '../../src/engine/runtime/runtime';
import { createChance } from '../files/random-file';
import { createMember } from './member';

// One of a crowd of real processes. Arguments: home, data folder, seed, number of calls, role ("engine", "connect", or "pip" for
// somebody who writes pip.conf without our lock).
const [home, dataDir, seed, calls, role] = process.argv.slice(2);

/** What nobody should be told, and the generations for which AWS was asked to renew. */
export interface Told {
  readonly failures: readonly string[];
  readonly asked: readonly number[];
}

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

const VERBS = ['connect', 'renew', 'renew', 'status', 'disconnect'] as const;

async function engine(): Promise<Told> {
  const chance = createChance(Number(seed));
  const deps = { runtime, disk: createDisk(runtime), dataDir };
  const failures: string[] = [];
  const asked: number[] = [];
  const member = createMember(deps, {
    mint: async () => {
      const obtainedAt = Date.now();
      await delay(chance.below(3));
      return { token: `tok-${obtainedAt}-${process.pid}`, obtainedAt, expiresAt: obtainedAt };
    },
    asks: basedOn => void asked.push(basedOn),
    ended: (kind, outcome) => {
      if (!outcome.ok && outcome.failure.cause !== 'superseded') {
        failures.push(`${kind}: ${outcome.failure.summary}`);
      }
    }
  });
  for (let left = Number(calls); left > 0; left--) {
    await member.act(role === 'connect' ? 'connect' : chance.pick(VERBS));
    await delay(chance.below(3));
  }
  return { failures, asked };
}

/** As `pip config set global.timeout 9`: empties the file, then writes it, without comments. */
async function pip(): Promise<Told> {
  for (let left = Number(calls); left > 0; left--) {
    const lines = readFileSync(PIP, 'utf8').split('\n');
    const kept = lines.filter(line => line && !line.startsWith('#') && !line.startsWith('timeout'));
    writeFileSync(PIP, [...kept.filter(line => line !== '[user]'), '[user]', 'timeout = 9', ''].join('\n'));
    await delay(20);
  }
  return { failures: [], asked: [] };
}

void (role === 'pip' ? pip() : engine()).then(told => process.stdout.write(JSON.stringify(told)));
