import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuiltProgram, buildProgram } from '../../testing/harness/built-program';
import { createDisk } from '../../src/engine/fs/disk';
import { createHome, type Home, restore, TOKEN } from './home-fixture';
import { leftovers, look, modeOf, type Scene, SCENES } from './write-scenarios';
import { createChance } from './random-file';
import { tripwire } from './fault-injection';

// The suite's share of the kill points (no multiple of the three moments, so that each comes up); CI and
// a patient developer take all of them (1).
const EVERY = Number(process.env['KILL_EVERY'] ?? 11);
const RANDOM_KILLS = Number(process.env['KILL_RANDOM'] ?? 5);
const MOMENTS = ['before', 'half', 'after'];

let program: BuiltProgram;
beforeAll(() => {
  program = buildProgram(join(__dirname, 'write-process.ts'));
});
afterAll(() => program.remove());

/** Runs the writer; it dies at a call, or after `ms`, or ends. */
const run = (home: Home, scene: Scene, at: number, moment: string, ms?: number): Promise<string | null> =>
  new Promise((resolve, reject) => {
    const args = [program.path, home.home, home.deps.dataDir, scene.name, String(at), moment];
    const child = spawn(process.execPath, args, { env: {}, stdio: ['ignore', 'ignore', 'inherit'] });
    const timer = ms === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), ms);
    child.on('error', reject);
    child.on('exit', (_, signal) => {
      clearTimeout(timer);
      resolve(signal);
    });
  });

/** How many calls a scene makes, and what it leaves, when nobody kills it. */
async function undisturbed(scene: Scene) {
  const home = createHome();
  await scene.before(home);
  const before = look(home);
  let calls = 0;
  const disk = createDisk(
    home.deps.runtime,
    tripwire(({ number, run: call }) => {
      calls = number;
      return call();
    })
  );
  await scene.act({ ...home.deps, disk });
  const after = look(home);
  home.remove();
  return { calls, before, after };
}

async function killed(
  scene: Scene,
  expected: Awaited<ReturnType<typeof undisturbed>>,
  kill: (home: Home) => Promise<string | null>
) {
  const home = createHome();
  try {
    await scene.before(home);
    const signal = await kill(home);
    const now = look(home);
    for (const [path, content] of Object.entries(now)) {
      expect([expected.before[path], expected.after[path]]).toContain(content);
    }
    const open = leftovers(home).filter(path => modeOf(path) & 0o077);
    expect(open.filter(path => readFileSync(path, 'utf8').includes(TOKEN))).toEqual([]);
    expect(await scene.act(home.deps)).toMatchObject({ ok: true });
    expect(look(home)).toEqual(expected.after);
    expect(leftovers(home)).toEqual([]);
    // What was there first has not been forgotten by the kill.
    expect(await restore(home.deps)).toMatchObject({ ok: true, value: { notes: [] } });
    return { signal, back: look(home) };
  } finally {
    home.remove();
  }
}

describe.each(SCENES)('$name', scene => {
  test('killed at a file-system call: the old file or the new one, and the next run is clean', async () => {
    const expected = await undisturbed(scene);
    const original = (await killed(scene, expected, async () => null)).back;
    const points = Array.from({ length: expected.calls * MOMENTS.length }, (_, i) => i).filter(
      i => i % EVERY === 0
    );
    for (const point of points) {
      const at = 1 + Math.floor(point / MOMENTS.length);
      const moment = MOMENTS[point % MOMENTS.length];
      const { signal, back } = await killed(scene, expected, home => run(home, scene, at, moment));
      // A file that was written this very moment is read twice, so that one run makes a few calls less than another.
      expect([at, moment, signal]).toEqual([at, moment, at > expected.calls * 0.9 ? signal : 'SIGKILL']);
      expect([at, moment, back]).toEqual([at, moment, original]);
    }
  }, 1_800_000);
});

test('killed at random instants', async () => {
  const chance = createChance(20261123);
  for (const scene of SCENES) {
    const expected = await undisturbed(scene);
    for (let i = 0; i < RANDOM_KILLS; i++) {
      await killed(scene, expected, home => run(home, scene, 0, '', 30 + chance.below(70)));
    }
  }
}, 1_800_000);
