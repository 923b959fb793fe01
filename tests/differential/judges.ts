import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { python } from '../files/reference-parsers';

const ROOT = join(__dirname, '../..');

/** How many configurations a suite tries: in the long run (DIFFERENTIAL=10000) its part of that number. */
export const share = (usual: number, part = 1): number =>
  process.env['DIFFERENTIAL'] ? Math.ceil(Number(process.env['DIFFERENTIAL']) * part) : usual;

/** What came of one suite's configurations. */
export interface Tally {
  configurations: number;
  /** Those with which the real tool uses our index. */
  working: number;
  /** We call it working and it is not. */
  missed: number;
  /** It works and we say that it does not. */
  falseAlarms: number;
  /** Differences that are known, named and told (`Exception`). */
  exceptions: number;
}

export const emptyTally = (): Tally => ({
  configurations: 0,
  working: 0,
  missed: 0,
  falseAlarms: 0,
  exceptions: 0
});

/** Counts one configuration; `isOther`: both say that it works, or does not, and otherwise it is not as we say. */
export function count(tally: Tally, real: boolean, said: boolean, isOther = false): void {
  tally.configurations++;
  tally.working += Number(real);
  tally.missed += Number((said && !real) || (said === real && isOther));
  tally.falseAlarms += Number(real && !said);
}

const REPORTS = join(ROOT, 'build/reports/differential');

/** Leaves a suite's tally for scripts/write-differential.py, with the first differences, and says it. */
export function report(judge: string, tally: Tally, differences: readonly unknown[]): void {
  process.stderr.write(`${judge}: ${JSON.stringify(tally)}\n`);
  mkdirSync(REPORTS, { recursive: true });
  const name = `${judge.replace(/[^\w.]+/g, '-')}.json`;
  const first = differences.slice(0, 20);
  writeFileSync(join(REPORTS, name), `${JSON.stringify({ judge, ...tally, differences: first }, null, 1)}\n`);
}

/** A Python to start, and the variables that its launcher wants. */
export interface Interpreter {
  readonly program: string;
  readonly minor: number;
  readonly env: Record<string, string>;
}

const MINORS = [6, 7, 8, 9, 10, 11, 12, 13, 14];

/**
 * The Pythons of this machine, one of each minor version: this environment's own, and each `python3.N` on PATH. pyenv
 * (https://github.com/pyenv/pyenv) puts programs of these names there, which start what PYENV_VERSION says.
 */
export function interpreters(): Interpreter[] {
  const candidates = [
    { program: python, env: {} },
    ...MINORS.map(minor => ({ program: `python3.${minor}`, env: { PYENV_VERSION: `3.${minor}` } }))
  ];
  const found = new Map<number, Interpreter>();
  for (const { program, env } of candidates) {
    const minor = minorOf(program, env);
    if (minor !== null && !found.has(minor)) {
      found.set(minor, { program, minor, env });
    }
  }
  return [...found.values()].sort((a, b) => a.minor - b.minor);
}

/** The minor version of an interpreter; null where it does not run. */
function minorOf(program: string, env: Record<string, string>): number | null {
  try {
    const told = execFileSync(program, ['-c', 'import sys; print(sys.version_info[1])'], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env }
    });
    return Number(told);
  } catch {
    return null;
  }
}

/** JSON without what Node.js 24's readline takes for the end of a line besides: U+2028 and U+2029. */
const oneLine = (value: unknown): string =>
  JSON.stringify(value).replace(/[\u2028\u2029]/g, found => `\\u${found.charCodeAt(0).toString(16)}`);

const running = new Set<() => Promise<void>>();
// A test that fails stops no judge, and Jest would wait for it.
afterAll(() => Promise.all([...running].map(stop => stop())));

/** A program that answers one line of JSON with one line of JSON; rejects what it leaves unanswered when it ends. */
export function startJudge<Question, Answer>(
  interpreter: string,
  script: string,
  env: Record<string, string> = {}
) {
  const child = spawn(interpreter, [join(__dirname, script)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // This machine's own settings must not decide.
    env: {
      PATH: process.env['PATH'],
      HOME: '/nonexistent',
      LC_ALL: 'C.UTF-8',
      PYTHONDONTWRITEBYTECODE: '1',
      ...env
    }
  });
  const waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void }[] = [];
  createInterface({ input: child.stdout }).on('line', line =>
    waiting.shift()?.resolve(JSON.parse(line) as Answer)
  );
  let ended: Error | null = null;
  const end = new Promise<void>(resolve => {
    child.on('close', (code, signal) => {
      running.delete(stop);
      ended = new Error(`${script} ended (${code ?? signal})`);
      waiting.splice(0).forEach(({ reject }) => reject(ended as Error));
      resolve();
    });
  });
  const stop = (): Promise<void> => {
    child.stdin.end();
    return end;
  };
  running.add(stop);
  // Written to one that has ended: told by `ended`.
  child.stdin.on('error', () => undefined);
  return {
    ask: (questions: readonly Question[]): Promise<Answer> =>
      new Promise((resolve, reject) => {
        if (ended) {
          reject(ended);
          return;
        }
        waiting.push({ resolve, reject });
        child.stdin.write(`${oneLine(questions)}\n`);
      }),
    stop
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
