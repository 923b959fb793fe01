import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Hole {
  release(): Promise<void>;
}

/** Beside this file in the sources, beside the bundle in build/. */
const script = join(__dirname, 'black-hole.py');

/** Holds a port by the Python helper: connects to it hang (`hole`) or are refused. */
export async function digHole(host: string, port: number, mode: 'hole' | 'refused'): Promise<Hole> {
  const child = spawn(process.env.PYTHON ?? 'python3', ['-I', '-S', script, host, String(port), mode], {
    stdio: ['pipe', 'pipe', 'pipe']
  });
  const gone = new Promise<void>(resolve => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  let complaint = '';
  child.stderr.on('data', (text: Buffer) => (complaint += text.toString()));
  // It may end before it was told to; the pipe's error then says nothing that `close` does not.
  child.stdin.on('error', () => undefined);
  const ready = once(child.stdout, 'data').then(() => true);
  if (!(await Promise.race([ready.catch(() => false), gone.then(() => false)]))) {
    throw new Error(
      `could not hold ${host}:${port} with Python (set PYTHON to a python3): ${complaint.trim()}`
    );
  }
  return {
    async release() {
      child.stdin.end();
      await gone;
    }
  };
}
