import { readdirSync } from 'node:fs';
import { createRedactor } from '../../src/engine/core/secret/redact';
import { prepare } from '../../src/engine/connection/request';
import { packages } from '../../src/engine/packages/packages';
import { repositories } from '../../src/engine/packages/repositories';
import type { Document } from '../../src/protocol/document';
import { createRoom, type Room } from '../../testing/harness/engine-harness';
import { countObjects } from './heap-objects';
import type { Answer, Growth, Question, SoakOptions, Window } from './soak-messages';

// The engine's session for a long time: one process with nothing else in it, so that its heap is the engine's. It is
// run with --expose-gc; `SOAK` holds its options as JSON.
const options = JSON.parse(process.env['SOAK'] ?? '') as SoakOptions;
const { env, seed } = options;

const MINUTE = 60_000;
const STEP_MS = 5 * MINUTE;
const HOUR = 60 * MINUTE;

/** Wall time as everything in this process sees it, the AWS SDK's signatures included. */
let shifted = 0;
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...given: unknown[]) {
    super(...((given.length > 0 ? given : [RealDate.now() + shifted]) as [number]));
  }
  static override now(): number {
    return RealDate.now() + shifted;
  }
} as DateConstructor;

const ask = (question: Question): Promise<Answer> =>
  new Promise(resolve => {
    process.once('message', answer => resolve(answer as Answer));
    process.send?.(question);
  });

/** A linear congruential generator (Numerical Recipes): the same calls for the same seed. */
function createChance(start: number): (below: number) => number {
  let state = start >>> 0;
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const redactor = createRedactor(text => Buffer.from(text).toString('base64'));

function open(): Room {
  // Short tokens, as an administrator may want them: one renewal each 39 minutes.
  return createRoom(env, { settings: { durationSeconds: 3600 }, learn: redactor.learn });
}

/** As the server calls them for the panel. `never`: the engine's calls end by their own limits. */
function callsOf({ session, input, deps }: Room) {
  const never = new AbortController().signal;
  return {
    state: () => session.state(input),
    connect: () => session.connect(input, false),
    refresh: () => session.refresh(input),
    diagnose: () => session.diagnose(input),
    preview: () => session.preview(input),
    cancel: () => session.cancel(),
    repositories: () => repositories(deps, prepare(deps, input), never),
    packages: () => packages(deps, prepare(deps, input), { query: 'n', packageName: '' }, never),
    reconnect: async () => {
      await session.disconnect(input);
      return session.connect(input, false);
    }
  };
}

async function collect(): Promise<number> {
  for (let i = 0; i < 3; i++) {
    // Finalizers and closed sockets take a turn of the loop.
    await new Promise(resolve => setTimeout(resolve, 20));
    globalThis.gc?.();
  }
  return process.memoryUsage().heapUsed;
}

const descriptors = (): number => readdirSync('/dev/fd').length;

async function until(true_: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 20_000;
  while (!(await true_())) {
    if (performance.now() > end) {
      throw new Error('waited in vain');
    }
    await new Promise(resolve => setTimeout(resolve, 2));
  }
}

/** What one call leaves behind, for each kind of call. */
async function growth(room: Room): Promise<Growth> {
  const bytes: Growth['bytes'] = {};
  const calls = callsOf(room);
  await calls.connect();
  for (const [name, call] of Object.entries(calls)) {
    const many = async (times: number) => {
      for (let i = 0; i < times; i++) {
        await call();
      }
      return collect();
    };
    await many(options.callsOfEachKind / 2);
    const before = await many(options.callsOfEachKind / 2);
    const after = await many(options.callsOfEachKind);
    bytes[name] = Math.round((after - before) / options.callsOfEachKind);
  }
  const mixed = async () => {
    for (let i = 0; i < options.mixedCalls; i++) {
      for (const call of Object.values(calls)) {
        await call();
      }
    }
    await collect();
    return countObjects();
  };
  await mixed();
  const before = await mixed();
  const after = await mixed();
  const more = [...after].map(([name, count]) => [name, count - (before.get(name) ?? 0)] as const);
  return { bytes, objects: Object.fromEntries(more.filter(([, count]) => count > 0)) };
}

/** Days of mixed calls with renewals; a window each two hours. Returns the renewals that were due. */
async function days(room: Room): Promise<void> {
  const calls = callsOf(room);
  const chance = createChance(seed);
  const state = async (): Promise<Document> => session.state(input);
  const { session, input } = room;
  const start = Date.now();
  const stop = performance.now() + options.seconds * 1000;
  const asking = ['connect', 'refresh', 'reconnect'] as const;
  const reading = ['state', 'diagnose', 'preview', 'cancel', 'repositories', 'packages'] as const;
  let made = 0;
  let due = 0;
  let asked = 1;
  let nextWindow = start + 2 * HOUR;
  await calls.connect();
  const minted = async () => (await ask({ kind: 'minted' })).minted;
  const mintedBefore = (await minted()) - 1;
  while (Date.now() - start < options.hours * HOUR || performance.now() < stop) {
    const { connection } = await state();
    if (connection?.state !== 'connected') {
      throw new Error(`not connected: ${JSON.stringify(connection)}`);
    }
    const refreshAt = Date.parse(connection.refreshAt ?? '');
    await ask({ kind: 'shift', ms: STEP_MS });
    shifted += STEP_MS;
    room.shift(0);
    if (refreshAt <= Date.now()) {
      due++;
      await until(async () => (await state()).connection?.refreshAt !== connection.refreshAt);
    }
    for (let i = 0; i < 2; i++) {
      // Somebody clicks now and then: each click puts the next renewal off.
      const click = chance(30) === 0;
      await calls[click ? asking[chance(asking.length)] : reading[chance(reading.length)]]();
      asked += click ? 1 : 0;
      made++;
    }
    const extra = (await minted()) - mintedBefore - asked - due;
    if (extra !== 0) {
      throw new Error(
        `${extra} tokens more than the renewals due (${due}) and the calls that ask for one (${asked})`
      );
    }
    if (Date.now() >= nextWindow) {
      nextWindow += 2 * HOUR;
      const window: Window = {
        hours: Math.round((Date.now() - start) / HOUR),
        calls: made,
        renewals: due,
        heap: await collect(),
        descriptors: descriptors()
      };
      await ask({ kind: 'window', window });
    }
  }
}

async function main(): Promise<void> {
  const room = open();
  if (options.callsOfEachKind > 0) {
    await ask({ kind: 'growth', growth: await growth(room) });
  } else {
    await days(room);
  }
  await room.close();
  await ask({ kind: 'end', descriptors: descriptors() });
  process.disconnect();
}

void main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
