import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Starts the demo in a folder of its own; `more` goes to Jupyter. */
export async function startDemo(folder, ...more) {
  const args = ['demo/demo.py', '--dir', folder, '--no-browser', '--fresh', '--without-pip', ...more];
  const child = spawn('.venv/bin/python', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const gone = once(child, 'exit');
  const failed = gone.then(([code]) => {
    throw new Error(`demo.py ended with ${code}`);
  });
  const [line] = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), failed]);
  failed.catch(() => undefined);
  const demo = JSON.parse(line);
  const origin = new URL(demo.url).origin;
  return {
    origin,
    /** JupyterLab as a user sees it first: nothing restored, the launcher in front. */
    lab: `${origin}/lab?token=${demo.token}&reset`,
    scenario: async name => {
      const body = JSON.stringify({ scenario: name });
      const headers = { 'content-type': 'application/json' };
      await fetch(`${demo.control}/scenario`, { method: 'PUT', headers, body });
    },
    ask: (verb, method = 'POST') =>
      fetch(`${origin}/jupyterlab-codeartifact/api/v1/${verb}`, {
        method,
        headers: { Authorization: `token ${demo.token}` }
      }),
    stop: async () => {
      child.kill('SIGTERM');
      await gone;
    }
  };
}
