import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { python } from '../files/reference-parsers';

const ROOT = join(__dirname, '../..');

/** How many configurations a suite tries; DIFFERENTIAL=10000 for the long run. */
export const share = (usual: number): number => Number(process.env['DIFFERENTIAL'] ?? usual);

/** A Python program that answers one line of JSON with one line of JSON. */
export function startJudge<Question, Answer>(
  interpreter: string,
  script: string,
  env: Record<string, string> = {}
) {
  const child = spawn(interpreter, [join(__dirname, script)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // This machine's own settings must not decide.
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', PYTHONDONTWRITEBYTECODE: '1', ...env }
  });
  const waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void }[] = [];
  createInterface({ input: child.stdout }).on('line', line =>
    waiting.shift()?.resolve(JSON.parse(line) as Answer)
  );
  child.on('close', code => waiting.forEach(({ reject }) => reject(new Error(`${script} ended (${code})`))));
  return {
    ask: (questions: readonly Question[]): Promise<Answer> =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        child.stdin.write(`${JSON.stringify(questions)}\n`);
      }),
    stop: () => new Promise(resolve => child.on('close', resolve).stdin.end())
  };
}

/** The environment that tests/tools keeps for one version of a package: its Python. */
export function pythonWith(call: string): string {
  const code = `from tests.tools import environments as e; print(e.${call} / "bin" / "python")`;
  return execFileSync(python, ['-c', code], { cwd: ROOT, encoding: 'utf8' }).trim().split('\n').at(-1)!;
}

/** The versions that decide by which rules it reads. */
export const versionsOf = (interpreter: string): { pip: string; python: string } =>
  JSON.parse(
    execFileSync(
      interpreter,
      [
        '-c',
        'import json, sys, pip; print(json.dumps({"pip": pip.__version__, "python": "%d.%d" % sys.version_info[:2]}))'
      ],
      { encoding: 'utf8', env: { PATH: process.env['PATH'] } }
    )
  ) as { pip: string; python: string };
