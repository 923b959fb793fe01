import { constants } from 'node:os';
import { createDisk } from '../../src/engine/fs/disk';
import { createHome, type Home, restore } from './home-fixture';
import { leftovers, letTheHolderEnd, look, type Scene, SCENES } from './write-scenarios';
import { type Trip, tripwire } from './fault-injection';

const CODES = ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EIO'];

const error = (code: string) => Object.assign(new Error(`${code}: made by the test`), { code });

/** Plays a scene in a home of its own, with `trip` at every file-system call of the writing. */
async function play(
  scene: Scene,
  trip: Trip,
  use: (home: Home, outcome: Awaited<ReturnType<Scene['act']>>, before: ReturnType<typeof look>) => unknown
) {
  const home = createHome();
  try {
    await scene.before(home);
    const before = look(home);
    const disk = createDisk(home.deps.runtime, tripwire(trip));
    await use(home, await scene.act({ ...home.deps, disk }), before);
  } finally {
    home.remove();
  }
}

async function countCalls(scene: Scene): Promise<{ calls: number; after: ReturnType<typeof look> }> {
  let calls = 0;
  let after = {};
  await play(
    scene,
    ({ run, number }) => {
      calls = number;
      return run();
    },
    home => {
      after = look(home);
    }
  );
  return { calls, after };
}

describe.each(SCENES)('$name', scene => {
  test('an error at any file-system call leaves every file as it was, or every file written', async () => {
    const { calls, after } = await countCalls(scene);
    expect(calls).toBeGreaterThan(20);
    const seen = { failed: 0, done: 0 };
    for (let at = 1; at <= calls; at++) {
      const code = CODES[at % CODES.length];
      const trip: Trip = async ({ number, run, half }) => {
        if (number !== at) {
          return run();
        }
        await half();
        throw error(code);
      };
      await play(scene, trip, async (home, outcome, before) => {
        const where = `call ${at} of ${calls}, ${code}`;
        if (outcome.ok) {
          seen.done++;
          expect([where, look(home)]).toEqual([where, after]);
        } else {
          seen.failed++;
          expect(outcome.failure).toMatchObject({
            verdict: 'write_failed',
            evidence: { path: expect.any(String) }
          });
          expect(outcome.failure.summary).toMatch(
            /^\S+ could not be (written|read): .* Nothing was changed\.$/
          );
          expect([where, look(home)]).toEqual([where, before]);
        }
        expect([where, leftovers(home)]).toEqual([where, []]);
        // And the next run is clean.
        const next = await scene.act(home.deps);
        expect([where, next.ok ? true : next.failure.summary]).toEqual([where, true]);
        expect([where, look(home)]).toEqual([where, after]);
      });
    }
    expect(Math.min(seen.failed, seen.done)).toBeGreaterThan(0);
  }, 120_000);

  test('when every call fails from some moment on, as on a dying disk, no file is torn', async () => {
    const { calls, after } = await countCalls(scene);
    for (let at = 1; at <= calls; at += 3) {
      const trip: Trip = async ({ number, name, run, half }) => {
        if (number < at || name === 'stat' || name === 'lstat') {
          return run();
        }
        await half();
        throw error('EIO');
      };
      await play(scene, trip, (home, outcome, before) => {
        const now = look(home);
        for (const path of Object.keys(now)) {
          expect([before[path], after[path]]).toContain(now[path]);
        }
        if (!outcome.ok && outcome.failure.summary.endsWith('Nothing was changed.')) {
          expect(now).toEqual(before);
        }
      });
    }
  }, 120_000);
});

test('after a Connect that failed half-way, Disconnect has nothing to undo and says nothing odd', async () => {
  const scene = SCENES[1];
  const { calls } = await countCalls(scene);
  for (let at = calls - 12; at <= calls; at++) {
    const trip: Trip = ({ number, run }) => (number === at ? Promise.reject(error('EIO')) : run());
    await play(scene, trip, async (home, _, before) => {
      const back = await restore(home.deps);
      expect(back).toMatchObject({ ok: true, value: { notes: [] } });
      expect(look(home)).toEqual(before);
    });
  }
}, 60_000);

test('a used-up quota is named, although Node has no name for it', async () => {
  const scene = SCENES[0];
  const { calls } = await countCalls(scene);
  const { EDQUOT } = constants.errno;
  // As libuv says it: https://github.com/libuv/libuv/blob/v1.x/src/uv-common.c (`uv_err_name`)
  const quota = Object.assign(new Error('write'), {
    errno: -EDQUOT,
    code: `Unknown system error ${-EDQUOT}`
  });
  const told: string[] = [];
  for (let at = 1; at <= calls; at++) {
    const trip: Trip = ({ number, name, run }) =>
      number === at && name === 'writeFile' ? Promise.reject(quota) : run();
    await play(scene, trip, (_, outcome) => void (!outcome.ok && told.push(outcome.failure.summary)));
  }
  expect(told.length).toBeGreaterThan(2);
  expect(told.filter(summary => !summary.includes('your disk quota is used up'))).toEqual([]);
}, 60_000);

test('two faults while renaming: what could not be put back is told, and Disconnect still knows what was there', async () => {
  const scene = SCENES[1];
  const { calls } = await countCalls(scene);
  let told = 0;
  for (let at = 1; at <= calls; at++) {
    // From the second rename of a file of the user's on, everything that writes fails: also the putting back.
    let broken = false;
    const trip: Trip = ({ number, name, run }) => {
      broken ||= number === at && name === 'rename';
      return broken && ['rename', 'open', 'unlink'].includes(name) ? Promise.reject(error('EIO')) : run();
    };
    await play(scene, trip, async (home, outcome, before) => {
      told += Number(!outcome.ok && outcome.failure.summary.includes('could not be put back'));
      letTheHolderEnd(home);
      expect(await restore(home.deps)).toMatchObject({ ok: true });
      expect([at, look(home)]).toEqual([at, before]);
    });
  }
  expect(told).toBeGreaterThan(0);
}, 120_000);
