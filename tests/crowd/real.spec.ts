import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuiltProgram, buildProgram } from '../../testing/harness/built-program';
import { createHome, type Home, INDEX, restore } from '../files/home-fixture';
import { createChance } from '../files/random-file';
import type { Told } from './real-process';
import { writeReport } from './report';

// Real processes on one home. The suite's share; `CROWD_RUNS=200 CROWD_CALLS=500` asks for more.
const RUNS = Number(process.env['CROWD_RUNS'] ?? 20);
const CALLS = Number(process.env['CROWD_CALLS'] ?? 150);
const PROCESSES = 4;

const PIP = '.config/pip/pip.conf';
const MINE = '# mine\n[global]\nindex-url = https://corp/simple\n[install]\nno-deps = no\n';
const NETRC = 'machine other login me password pw\n';

let program: BuiltProgram;
beforeAll(() => {
  program = buildProgram(join(__dirname, 'real-process.ts'));
});
afterAll(() => program.remove());

/** @param killedAfterMs it is killed then, if it has not come to its end */
const run = (home: Home, args: readonly (string | number)[], killedAfterMs?: number): Promise<Told | null> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program.path, home.home, ...args.map(String)], {
      env: {},
      stdio: ['ignore', 'pipe', 'inherit']
    });
    const timer =
      killedAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killedAfterMs);
    let out = '';
    child.stdout.on('data', data => (out += String(data)));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) {
        resolve(JSON.parse(out) as Told);
      } else if (signal === 'SIGKILL') {
        resolve(null);
      } else {
        reject(new Error(`a process ended with ${code ?? signal}`));
      }
    });
  });

const totals = { runs: 0, killed: 0, renewals: 0 };
afterAll(() => writeReport('crowd-real', { ...totals, calls: CALLS, processes: PROCESSES }));

const connectAlone = (home: Home) => run(home, [`${home.root}/data-0`, 0, 1, 'connect']);

function tokensAgree(home: Home): void {
  const state = join(home.memory, 'state.json');
  const tokens = [...home.read('.netrc').matchAll(/tok-(\d+)-/g)].map(([, end]) => Number(end));
  const record = existsSync(state)
    ? (JSON.parse(readFileSync(state, 'utf8')) as { expiresAt: number })
    : null;
  expect(tokens).toEqual(record ? [record.expiresAt] : []);
}

test.each(Array.from({ length: RUNS }, (_, i) => i + 1))(
  `run %i: ${CALLS} calls of ${PROCESSES} processes lose nothing of the user's, and end in one state`,
  async number => {
    const home = createHome();
    try {
      home.write(PIP, MINE);
      home.write('.netrc', NETRC);
      const withPip = number % 2 === 0;
      const withKills = number % 3 === 0;
      const each = Math.ceil(CALLS / PROCESSES);
      const chance = createChance(number);
      const told = await Promise.all([
        ...Array.from({ length: PROCESSES }, (_, i) =>
          run(
            home,
            [`${home.root}/data-${i % 2}`, number * 100 + i, each, 'engine'],
            withKills && i > 0 ? 100 + chance.below(each * 20) : undefined
          )
        ),
        ...(withPip ? [run(home, [`${home.root}/data-0`, number, 10, 'pip'])] : [])
      ]);
      const lived = told.filter(one => one !== null);
      expect(lived.flatMap(({ failures }) => failures)).toEqual([]);
      const asked = lived.flatMap(one => one.asked);
      expect(new Set(asked).size).toBe(asked.length);
      totals.runs++;
      totals.killed += told.length - lived.length;
      totals.renewals += asked.length;
      if (withKills) {
        // What a killed one has left half-way, the next one brings to an end.
        await connectAlone(home);
      }
      tokensAgree(home);
      expect(await restore(home.deps)).toMatchObject({ ok: true });
      tokensAgree(home);
      expect(home.read('.netrc')).toBe(NETRC);
      if (withPip) {
        // pip may have written an older content of its own reading over ours; what is the user's is there.
        expect(home.read(PIP)).toContain('[install]\nno-deps = no\n');
        expect(home.read(PIP)).toContain('timeout = 9');
      } else {
        expect(home.read(PIP)).toBe(MINE);
        expect(home.read(PIP)).not.toContain(INDEX);
      }
      expect(readdirSync(home.memory)).toEqual(['before.json']);
    } finally {
      home.remove();
    }
  },
  600_000
);
