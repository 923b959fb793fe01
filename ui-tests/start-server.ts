import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** Starts the demo in a folder of its own; what it prints tells the tests where it is. */
export default async function startServer(): Promise<() => Promise<void>> {
  const folder = 'build/ui';
  rmSync(`${folder}/home`, { recursive: true, force: true });
  const demo = spawn('.venv/bin/python', ['demo/demo.py', '--dir', folder, '--no-browser', '--fresh'], {
    stdio: ['ignore', 'pipe', 'inherit']
  });
  const gone = once(demo, 'exit');
  const line = await Promise.race([
    once(createInterface({ input: demo.stdout }), 'line').then(([text]) => String(text)),
    gone.then(([code]) => {
      throw new Error(`demo.py ended with ${code}`);
    })
  ]);
  process.env.CODEARTIFACT_DEMO = line;
  return async () => {
    demo.kill('SIGTERM');
    await gone;
  };
}
