import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { startEmulator } from '../../testing/emulator/emulator';
import type { Answer, Growth, Question, SoakOptions, Window } from './soak-messages';

/** Ten real minutes are some two simulated months. */
const CREDENTIALS_OUTLAST_MS = 365 * 24 * 3_600_000;

export interface Soaked {
  readonly windows: readonly Window[];
  readonly growth: Growth;
}

/** Runs the engine's session in a process of its own against an emulator whose clock goes with it. */
export async function soak(options: Omit<SoakOptions, 'env'>): Promise<Soaked> {
  const folder = mkdtempSync(join(tmpdir(), 'soak-'));
  const program = join(folder, 'soak-process.js');
  // The emulated role session lasts six hours from its making: here it outlasts the run, which is about tokens.
  let shifted = CREDENTIALS_OUTLAST_MS;
  const emulator = await startEmulator({ clock: () => Date.now() + shifted });
  shifted = 0;
  try {
    await build({
      entryPoints: [join(__dirname, 'soak-process.ts')],
      outfile: program,
      bundle: true,
      platform: 'node',
      mainFields: ['module', 'main'],
      logLevel: 'error'
    });
    const windows: Window[] = [];
    let growth: Growth = { bytes: {}, objects: {} };
    const child = fork(program, [], {
      execArgv: ['--expose-gc', '--no-opt', '--no-maglev', '--no-sparkplug'],
      env: { SOAK: JSON.stringify({ ...options, env: emulator.env }), TMPDIR: folder },
      stdio: ['ignore', 'inherit', 'pipe', 'ipc']
    });
    let said = '';
    child.stderr?.on('data', part => (said += String(part).slice(0, 10_000 - said.length)));
    child.on('message', message => {
      const question = message as Question;
      if (question.kind === 'shift') {
        shifted += question.ms;
      } else if (question.kind === 'window') {
        windows.push(question.window);
      } else if (question.kind === 'growth') {
        growth = question.growth;
      }
      child.send({ minted: emulator.tokensMinted() } satisfies Answer);
    });
    const code = await new Promise(resolve => child.on('close', resolve));
    if (code !== 0) {
      throw new Error(`the soak ended with ${String(code)}: ${said}`);
    }
    return { windows, growth };
  } finally {
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
