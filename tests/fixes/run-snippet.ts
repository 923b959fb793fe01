import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The development venv has the AWS CLI, whose parser is the judge. */
export const VENV = resolve(__dirname, '../../.venv/bin');

export interface SmallWorld {
  readonly answers: Readonly<Record<string, unknown>>;
  readonly errors: Readonly<Record<string, string>>;
}

export interface SnippetRun {
  readonly code: number;
  readonly stderr: string;
  /** The arguments of each `aws` command in order, after the shell's own reading. */
  readonly commands: readonly string[][];
}

/**
 * Runs a printed bash snippet for real in an empty home, with `aws` noting what it is asked. Other
 * programs that would touch the machine (sudo, ip, openssl …) do nothing.
 */
export function runSnippet(text: string, runtime: SmallWorld): SnippetRun {
  const room = mkdtempSync(join(tmpdir(), 'snippet-'));
  try {
    const bin = join(room, 'bin');
    mkdirSync(bin);
    const script = (name: string, lines: string) => {
      writeFileSync(join(bin, name), `#!/bin/sh\n${lines}\n`);
      chmodSync(join(bin, name), 0o755);
    };
    script('aws', `exec '${join(VENV, 'python')}' '${resolve(__dirname, 'aws-shim.py')}' "$@"`);
    for (const name of [
      'sudo',
      'ip',
      'openssl',
      'getent',
      'dig',
      'systemctl',
      'chronyc',
      'jupyter',
      'df',
      'ping'
    ]) {
      script(name, 'exit 0');
    }
    writeFileSync(join(room, 'world.json'), JSON.stringify(runtime));
    const ran = spawnSync('bash', ['-c', text], {
      cwd: room,
      encoding: 'utf8',
      env: {
        PATH: `${bin}:${VENV}:/usr/bin:/bin`,
        HOME: room,
        TMPDIR: room,
        WORLD: join(room, 'world.json'),
        LOG: join(room, 'log')
      }
    });
    const log = existsSync(join(room, 'log')) ? readFileSync(join(room, 'log'), 'utf8') : '';
    return {
      code: ran.status ?? -1,
      stderr: ran.stderr,
      commands: log
        .split('\n')
        .filter(line => line !== '')
        .map(line => JSON.parse(line) as string[])
    };
  } finally {
    rmSync(room, { recursive: true, force: true });
  }
}

export interface Judged {
  readonly error?: string;
  readonly service?: string;
  readonly operation?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** What the AWS CLI's own parser makes of the commands. */
export function judge(commands: readonly (readonly string[])[]): readonly Judged[] {
  const ran = spawnSync(join(VENV, 'python'), [resolve(__dirname, 'aws-parse.py')], {
    input: JSON.stringify(commands),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { PATH: '/usr/bin:/bin', HOME: '/nonexistent' }
  });
  if (ran.status !== 0) {
    throw new Error(ran.stderr);
  }
  return JSON.parse(ran.stdout) as Judged[];
}
