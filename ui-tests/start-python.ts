import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** The environment whose JupyterLab is tested; `make` knows it. */
const VENV = process.env.CODEARTIFACT_VENV ?? '.venv';

/** Starts a program that prints where it is as one line of JSON, and ends with SIGTERM. */
export async function startPython<Where>(
  args: readonly string[]
): Promise<{ where: Where; stop: () => Promise<void> }> {
  const child = spawn(`${VENV}/bin/python`, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const gone = once(child, 'exit');
  const line = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line').then(([text]) => String(text)),
    gone.then(([code]) => {
      throw new Error(`${args[0]} ended with ${code}`);
    })
  ]);
  return {
    where: JSON.parse(line) as Where,
    stop: async () => {
      child.kill('SIGTERM');
      await gone;
    }
  };
}
