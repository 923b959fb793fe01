import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kernel } from '../../src/protocol/kernel';
import type { Room } from '../../testing/harness/engine-harness';

/** Kernels with an environment of their own each, as `python -m venv` makes it. */
export function makeKernels(home: string, count: number): Kernel[] {
  return Array.from({ length: count }, (_, i) => {
    const prefix = join(home, 'envs', `env-${i}`);
    mkdirSync(join(prefix, 'bin'), { recursive: true });
    mkdirSync(join(prefix, 'lib', 'python3.12', 'site-packages', 'pip-25.3.dist-info'), { recursive: true });
    writeFileSync(join(prefix, 'pyvenv.cfg'), 'home = /usr/bin\ninclude-system-site-packages = false\n');
    const executable = join(prefix, 'bin', 'python');
    symlinkSync('/usr/bin/python3', executable);
    return { name: `env-${i}`, displayName: `Environment ${i}`, executable, env: {} };
  });
}

/** A pip.conf of the user's with `lines` lines, in one section or in a section for each four. */
export function writePipConf({ home }: Room, lines: number, sections: boolean): void {
  mkdirSync(join(home, '.config', 'pip'), { recursive: true });
  const text = Array.from({ length: lines }, (_, i) =>
    sections && i % 4 === 0 ? `[section-${i}]` : i === 0 ? '[global]' : `key-${i} = value ${i}`
  );
  writeFileSync(join(home, '.config', 'pip', 'pip.conf'), `${text.join('\n')}\n`);
}

export function writeNetrc({ home }: Room, entries: number): void {
  const text = Array.from(
    { length: entries },
    (_, i) => `machine host-${i}.example.com login me password p${i}`
  );
  writeFileSync(join(home, '.netrc'), `${text.join('\n')}\n`, { mode: 0o600 });
}
