import { spawn, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** What a real reader makes of a file: what it sees, or the line it stops at. */
export interface Judgement {
  readonly refused?: number;
  readonly view?: Record<string, unknown>;
  readonly raw?: Record<string, Record<string, string>>;
}

export type Kind = 'pip' | 'netrc' | 'toml';

const SCRIPT = join(__dirname, 'reference-parsers.py');
const VENV = join(__dirname, '../../.venv/bin/python3');

/** The Python whose readers judge: PYTHON, else the development environment's, else python3. */
export const python = process.env['PYTHON'] ?? (existsSync(VENV) ? VENV : 'python3');

/** The formats this Python can judge as pip's newest Python would. */
export const judged = (): Kind[] =>
  JSON.parse(execFileSync(python, [SCRIPT, '--readers'], { encoding: 'utf8' })) as Kind[];

/** One Python for a whole run, asked in batches. */
export function startJudge() {
  const child = spawn(python, [SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers: ((line: string) => void)[] = [];
  createInterface({ input: child.stdout }).on('line', line => answers.shift()?.(line));
  return {
    ask: (files: readonly (readonly [Kind, Uint8Array])[]): Promise<Judgement[]> =>
      new Promise(resolve => {
        answers.push(line => resolve(JSON.parse(line) as Judgement[]));
        const batch = files.map(([kind, bytes]) => [kind, Buffer.from(bytes).toString('base64')]);
        child.stdin.write(`${JSON.stringify(batch)}\n`);
      }),
    stop: () => {
      child.stdin.end();
    }
  };
}

export type Judge = ReturnType<typeof startJudge>;
