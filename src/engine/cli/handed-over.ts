import { spawn } from 'node:child_process';
import { readFile } from 'node:fs';
import { constants } from 'node:os';

/**
 * What `jupyter codeartifact` hands to the engine, which may run before the settings are read:
 * jupyterlab_codeartifact/early_start.py has the other end of the pipe.
 */
export type HandedOver =
  /** A SettingsInput, not yet looked at. */
  | { readonly input: unknown; readonly instead?: undefined; readonly exit?: undefined }
  /** Another Node.js, or more variables, than the one that runs: an administrator has configured them. */
  | { readonly input: unknown; readonly instead: Other; readonly exit?: undefined }
  /** What there is to say has been said. */
  | { readonly exit: number };

interface Other {
  readonly node: string;
  readonly environment: Readonly<Record<string, string>>;
}

export const INPUT_VARIABLE = 'JUPYTERLAB_CODEARTIFACT_INPUT';
const PIPE_VARIABLE = 'JUPYTERLAB_CODEARTIFACT_PIPE';

/** Null when who should have handed it over has ended before. */
export async function handedOver(
  env: Readonly<Record<string, string | undefined>>
): Promise<HandedOver | null> {
  const pipe = env[PIPE_VARIABLE];
  if (pipe === undefined) {
    return { input: JSON.parse(env[INPUT_VARIABLE] ?? '{}') as unknown };
  }
  const text = await new Promise<string>((resolve, reject) =>
    readFile(Number(pipe), 'utf8', (error, read) => (error ? reject(error) : resolve(read)))
  );
  return text === '' ? null : (JSON.parse(text) as HandedOver);
}

/** Runs the command with the other Node.js, which has the terminal, and answers its exit code. */
export function runInstead({ node, environment }: Other, input: unknown): Promise<number> {
  const [, ...engineAndWords] = process.argv;
  const child = spawn(node, engineAndWords, {
    stdio: 'inherit',
    env: { ...environment, [INPUT_VARIABLE]: JSON.stringify(input) }
  });
  // Ctrl-C reaches both; what only this process gets is passed on.
  process.on('SIGTERM', () => void child.kill('SIGTERM'));
  return new Promise(resolve => {
    child.once('error', ({ message }) => {
      process.stderr.write(`The engine could not be started: ${message}\n`);
      resolve(CANNOT_START);
    });
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal!]));
  });
}

/** As Python says it where it starts the engine itself (command.py). */
const CANNOT_START = 5;
