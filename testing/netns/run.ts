import { spawn } from 'node:child_process';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Wall clock, start of the process included. */
  readonly ms: number;
}

export interface RunOptions {
  /** Of the process; nothing of this machine's environment is added. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** No command of these tests takes half of this; one that hangs must not hold the suite. */
const PATIENCE_MS = 45_000;

/** Runs a program to its end, by its own environment only. */
export function run(command: readonly string[], { env = {}, cwd }: RunOptions = {}): Promise<Ran> {
  const [program = '', ...args] = command;
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: PATIENCE_MS });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (part: Buffer) => (stdout += part.toString()));
    child.stderr.on('data', (part: Buffer) => (stderr += part.toString()));
    child.once('error', reject);
    child.once('close', code =>
      resolve({ code: code ?? -1, stdout, stderr, ms: Math.round(performance.now() - start) })
    );
  });
}

/** The same, where anything but success is a broken bench. */
export async function must(command: readonly string[], options?: RunOptions): Promise<string> {
  const ran = await run(command, options);
  if (ran.code !== 0) {
    throw new Error(`${command.join(' ')}: ${ran.code}\n${ran.stdout}${ran.stderr}`);
  }
  return ran.stdout;
}
