import { type Chance, createChance } from '../files/random-file';
import { Interleaver, type Process } from './interleaver';
import { USER } from './memory-files';
import type { Verb } from './member';
import { check, type Crowd, createCrowd } from './simulated-crowd';

// A program of its own, because it is quicker than in the test runner, and because two of them use two processors.
// Arguments: first seed, number of schedules. Prints what was played, or what was wrong in the first that failed.

interface Kind {
  readonly name: string;
  readonly verbs: readonly Verb[];
  /** Shares of calls at which a process is killed, or stands still for up to 20 s. */
  readonly kills?: number;
  readonly freezes?: number;
  /** Somebody who writes pip.conf without our lock. */
  readonly pip?: boolean;
  /** Machines that share the home, whose clocks differ by up to so much. */
  readonly clocksMs?: number;
  readonly share: number;
}

const KINDS: Kind[] = [
  { name: 'connect and disconnect', verbs: ['connect', 'disconnect'], share: 0.2 },
  { name: 'a renewal in several servers', verbs: ['renew', 'renew', 'status'], share: 0.15 },
  {
    name: 'a renewal in several servers, and Disconnect',
    verbs: ['renew', 'renew', 'connect', 'disconnect'],
    share: 0.1
  },
  { name: 'clocks that differ', verbs: ['connect', 'renew', 'disconnect'], clocksMs: 7_200_000, share: 0.05 },
  { name: 'kills', verbs: ['connect', 'renew', 'disconnect'], kills: 0.02, share: 0.2 },
  { name: 'sleep', verbs: ['connect', 'renew', 'disconnect'], freezes: 0.02, share: 0.15 },
  { name: 'pip config set beside us', verbs: ['connect', 'renew', 'disconnect'], pip: true, share: 0.15 }
];

/** @returns how many file-system calls it took */
async function play(kind: Kind, seed: number): Promise<number> {
  const chance = createChance(seed);
  const sim = new Interleaver(chance);
  const crowd = createCrowd(sim);
  // Half of the schedules begin connected.
  if (chance.often(0.5)) {
    await alone(sim, crowd, 'connect');
  }
  const ends = new Map<Process, Promise<unknown>>();
  for (const name of chance.pick([
    ['a', 'b'],
    ['a', 'b'],
    ['a', 'b', 'c']
  ])) {
    const process = sim.start(name, kind.clocksMs ? chance.below(kind.clocksMs) : 0);
    ends.set(process, verbs(crowd, process, kind, chance));
  }
  if (kind.pip) {
    const process = sim.start('pip');
    ends.set(process, crowd.pipConfigSet(process, chance));
  }
  await sim.run(ends, { kills: kind.kills, freezes: kind.freezes });
  if (kind.kills) {
    // Whatever was killed half-way, the next one finds its way.
    await alone(sim, crowd, chance.pick(['connect', 'disconnect']));
  }
  check(crowd, { byPip: kind.pip ?? false });
  sim.now += 10_000;
  await alone(sim, crowd, 'disconnect');
  check(crowd, { disconnected: true, byPip: kind.pip ?? false });
  return sim.trace.length;
}

async function verbs(crowd: Crowd, process: Process, { verbs: known }: Kind, chance: Chance): Promise<void> {
  for (let left = chance.often(0.3) ? 2 : 1; left > 0; left--) {
    await crowd.act(process, chance.pick(known));
  }
}

async function alone(sim: Interleaver, crowd: Crowd, verb: Verb): Promise<void> {
  const process = sim.start('alone');
  await sim.run(new Map([[process, crowd.act(process, verb)]]));
}

/** What was played of each kind. */
export interface Played {
  readonly name: string;
  readonly schedules: number;
  readonly calls: number;
}

async function playKind(kind: Kind, first: number, schedules: number): Promise<Played> {
  let calls = 0;
  for (let seed = first; seed < first + schedules; seed++) {
    try {
      calls += await play(kind, seed);
    } catch (error) {
      const told = error instanceof Error ? error.message : String(error);
      throw new Error(`${kind.name}, seed ${seed}: ${told}`);
    }
  }
  return { name: kind.name, schedules, calls };
}

async function main(first: number, count: number): Promise<void> {
  const played: Played[] = [];
  for (const kind of KINDS) {
    played.push(await playKind(kind, first, Math.ceil(count * kind.share)));
  }
  process.stdout.write(JSON.stringify(played));
}

// Not root, whatever runs this: root looks after whose home it is in.
process.geteuid = process.getegid = () => USER;

main(Number(process.argv[2]), Number(process.argv[3])).catch((error: unknown) => {
  process.stderr.write(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
