import { buildSync } from 'esbuild';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** A TypeScript file of the tests as a program of its own, to be run (and killed) by `process.execPath`. */
export interface BuiltProgram {
  readonly path: string;
  readonly remove: () => void;
}

/** @param source absolute path of the TypeScript file */
export function buildProgram(source: string): BuiltProgram {
  const name = basename(source, '.ts');
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  const path = join(folder, `${name}.js`);
  buildSync({
    entryPoints: [source],
    outfile: path,
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    logLevel: 'error'
  });
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
