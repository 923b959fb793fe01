import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Bench } from './harness';
import { SYSTEM_PATH } from './namespace';

const VENV = resolve(__dirname, '../../.venv');

export interface OnStart {
  /** The script's, which decides whether the notebook starts. */
  readonly code: number;
  /** The lifecycle log. */
  readonly stdout: string;
  /** What the script writes beside it, and what came in the background. */
  readonly log: string;
}

/** The notebook instance `name` of the emulator's world starts: its lifecycle configuration runs, if it has one. */
export async function startNotebook({ emulator, notebook, ca, home }: Bench, name: string): Promise<OnStart> {
  const { notebookInstances, lifecycleConfigs } = await emulator.world();
  const config = notebookInstances[name].lifecycleConfig ?? null;
  const room = await mkdtemp(join(dirname(home), 'start-'));
  const script = join(room, 'script');
  const text = config === null ? '' : Buffer.from(lifecycleConfigs.notebook[config], 'base64').toString();
  // Only how long nothing answers is another.
  await writeFile(script, text.replaceAll('--cli-connect-timeout 2', '--cli-connect-timeout 1'));
  const inside = ['unshare', '--mount', '--propagation', 'private', 'bash', join(__dirname, 'on-start.sh')];
  const { code, stdout, stderr } = await notebook.run([...inside, room, VENV, script, ca], {
    env: { PATH: SYSTEM_PATH, HOME: '/root', AWS_CA_BUNDLE: ca }
  });
  expect(stderr).toBe('');
  const log = await readFile(join(room, 'log/jupyterlab-codeartifact.log'), 'utf8').catch(() => '');
  return { code, stdout, log };
}
