import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Demo } from './demo-server';

/** Starts the demo in a folder of its own; what it prints says where it is. */
export async function startDemo(
  folder: string,
  args: readonly string[] = []
): Promise<{ demo: Demo; stop: () => Promise<void> }> {
  const child = spawn(
    '.venv/bin/python',
    ['demo/demo.py', '--dir', folder, '--no-browser', '--fresh', ...args],
    {
      stdio: ['ignore', 'pipe', 'inherit']
    }
  );
  const gone = once(child, 'exit');
  const line = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line').then(([text]) => String(text)),
    gone.then(([code]) => {
      throw new Error(`demo.py ended with ${code}`);
    })
  ]);
  return {
    demo: JSON.parse(line) as Demo,
    stop: async () => {
      child.kill('SIGTERM');
      await gone;
    }
  };
}
