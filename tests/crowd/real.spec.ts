import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuiltProgram, buildProgram } from '../../testing/harness/built-program';
import { createHome, type Home, INDEX, restore } from '../files/home-fixture';

// Real processes on one home. The suite's share; `CROWD_RUNS=200 CROWD_CALLS=500` asks for more.
const RUNS = Number(process.env['CROWD_RUNS'] ?? 20);
const CALLS = Number(process.env['CROWD_CALLS'] ?? 100);
const PROCESSES = 4;

const PIP = '.config/pip/pip.conf';
const MINE = '# mine\n[global]\nindex-url = https://corp/simple\n[install]\nno-deps = no\n';
const NETRC = 'machine other login me password pw\n';

let program: BuiltProgram;
beforeAll(() => {
  program = buildProgram(join(__dirname, 'real-process.ts'));
});
afterAll(() => program.remove());

const run = (home: Home, data: string, seed: number, calls: number, role: string): Promise<string[]> =>
  new Promise((resolve, reject) => {
    const args = [program.path, home.home, `${home.root}/${data}`, String(seed), String(calls), role];
    const child = spawn(process.execPath, args, { env: {}, stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.on('data', data => (out += String(data)));
    child.on('error', reject);
    child.on('close', code => {
      if (code === 0) {
        resolve(JSON.parse(out) as string[]);
      } else {
        reject(new Error(`a process ended with ${code}`));
      }
    });
  });

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
      const each = Math.ceil(CALLS / PROCESSES);
      const told = await Promise.all([
        ...Array.from({ length: PROCESSES }, (_, i) =>
          run(home, `data-${i % 2}`, number * 100 + i, each, 'engine')
        ),
        ...(withPip ? [run(home, 'data-0', number, 10, 'pip')] : [])
      ]);
      expect(told.flat()).toEqual([]);
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
