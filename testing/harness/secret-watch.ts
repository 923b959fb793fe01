import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every token of the emulator begins with it. */
const TOKEN = 'eyJ2ZXIiOjEsImlzdSI6';

/** The package tools' files that the token is for. */
const CONFIGURATION = /\/(\.netrc|pip\.conf|\.npmrc|pypoetry\/auth\.toml)$/;

/** A text in the forms in which it could get out: plain, percent-encoded, in base64 wherever it begins. */
function forms(text: string): string[] {
  const base64 = [0, 1, 2].map(shift =>
    Buffer.from('x'.repeat(shift) + text)
      .toString('base64')
      .slice(shift ? 4 : 0, -4)
  );
  return [text, encodeURIComponent(text), ...base64];
}

/** Looks for secrets in everything it is shown, and remembers where it saw one. */
export function createWatch(secrets: Readonly<Record<string, string>>) {
  const needles = Object.entries({ token: TOKEN, 'aws:token': `aws:${TOKEN}`, ...secrets }).flatMap(
    ([name, text]) => forms(text).map(form => [name, form] as const)
  );
  const seen = new Set<string>();
  const counted = { texts: 0, processes: new Set<string>(), files: 0 };

  function found(text: string): string | undefined {
    return needles.find(([, form]) => text.includes(form))?.[0];
  }

  function text(where: string, value: string): void {
    counted.texts++;
    const name = found(value);
    if (name) {
      seen.add(`${name} in ${where}`);
    }
  }

  /** Every process that carries the mark: its arguments, and its environment but for the AWS_ variables it was given. */
  function processes(mark: string): string[] {
    const own: string[] = [];
    for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
      try {
        const environ = readFileSync(`/proc/${pid}/environ`, 'utf8');
        if (!environ.includes(mark)) {
          continue;
        }
        const argv = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        const name = argv.replace(/\0/g, ' ');
        own.push(`${pid} ${name}`);
        counted.processes.add(pid);
        text(`the arguments of ${name}`, argv);
        for (const variable of environ.split('\0').filter(each => !each.startsWith('AWS_'))) {
          text(`the variable ${variable.split('=')[0]} of ${name}`, variable);
        }
      } catch {
        // It has ended.
      }
    }
    return own;
  }

  /** Every file below: a secret may be in one that only its owner can read, and never in a notebook. */
  function files(folder: string): void {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      const stat = lstatSync(path);
      if (stat.isDirectory()) {
        files(path);
      } else if (stat.isFile()) {
        counted.files++;
        const secret = found(readFileSync(path, 'latin1'));
        const mode = stat.mode & 0o777;
        if (secret && (secret !== 'token' || mode !== 0o600 || !CONFIGURATION.test(path))) {
          seen.add(`${secret} in the file ${path.slice(-60)}, ${mode.toString(8)}`);
        }
      }
    }
  }

  return { text, processes, files, seen, counted };
}
