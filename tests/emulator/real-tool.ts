import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { tmpdir } from 'node:os';

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** A home of its own and nothing of this machine's environment: PIP_*, AWS_* and proxies would decide the test. */
export interface Room {
  home: string;
  run(tool: string, args: string[], env?: Record<string, string>): Promise<Ran>;
  leave(): Promise<void>;
}

/** The development venv first: continuous integration makes the same one. */
const places = [resolve(__dirname, '../../.venv/bin'), ...(process.env.PATH ?? '').split(delimiter)];

function find(tool: string): string {
  const found = places.map(place => join(place, tool)).find(existsSync);
  if (found === undefined) {
    throw new Error(`${tool} is not installed: the conformance tests run the real tools`);
  }
  return found;
}

export async function enterRoom(): Promise<Room> {
  const home = await mkdtemp(join(tmpdir(), 'emulator-'));
  return {
    home,
    run: (tool, args, env = {}) =>
      new Promise((done, failed) => {
        const child = spawn(find(tool), args, {
          cwd: home,
          env: { HOME: home, PATH: places.join(delimiter), PYTHONDONTWRITEBYTECODE: '1', ...env },
          stdio: ['ignore', 'pipe', 'pipe']
        });
        const ran: Ran = { code: -1, stdout: '', stderr: '' };
        child.stdout.on('data', (text: Buffer) => (ran.stdout += text.toString()));
        child.stderr.on('data', (text: Buffer) => (ran.stderr += text.toString()));
        child.once('error', failed);
        child.once('close', code => done({ ...ran, code: code ?? -1 }));
      }),
    leave: () => rm(home, { recursive: true, force: true })
  };
}
