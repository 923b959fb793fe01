import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

interface Made {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

export interface Rendered {
  readonly Resources: Readonly<Record<string, Made>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
}

/** One of tests/infra's cases of a template, in one partition. */
export interface Case {
  readonly name: string;
  readonly about: string;
  readonly parameters: Record<string, string>;
  readonly pseudo: Record<string, string>;
  readonly rendered: Rendered;
}

/** infra/*.yaml as cloud-radar renders them, which shares nothing with the emulator. */
export function byCloudRadar(): readonly Case[] {
  const ran = spawnSync(join(ROOT, '.venv/bin/python'), ['-m', 'tests.infra.templates'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024
  });
  if (ran.status !== 0) {
    throw new Error(ran.stderr);
  }
  return JSON.parse(ran.stdout) as Case[];
}
