/** @jest-environment node */
import { build, type Metafile } from 'esbuild';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** What JupyterLab brings itself: packages that its federation shares, at 4.5 and 4.6 alike. */
const SHARED = ['@jupyterlab/*', '@lumino/*', '@jupyter/*', 'react', 'react-dom'];

/** The limit that the product promises for what is loaded with JupyterLab, in bytes, minified. */
const AT_START = 80 * 1024;

/**
 * All of it, whenever it is loaded: what it is now and a little more. It grows by a decision, not by itself: with the
 * catalogue of messages (protocol/messages) the panel tells every failure as the terminal does, in the reader's language.
 */
const ALTOGETHER = 160 * 1024;

let meta: Metafile;

beforeAll(async () => {
  const result = await build({
    absWorkingDir: ROOT,
    entryPoints: ['src/lab/index.ts'],
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    outdir: 'build/unwritten',
    write: false,
    metafile: true,
    external: SHARED,
    charset: 'utf8',
    target: 'es2022'
  });
  meta = result.metafile;
});

/** The entry, and what it needs at once; not what it loads later. */
function atStart(): string[] {
  const entry = Object.keys(meta.outputs).find(name => meta.outputs[name].entryPoint === 'src/lab/index.ts');
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (!seen.has(name)) {
      seen.add(name);
      meta.outputs[name].imports
        .filter(item => item.kind === 'import-statement' && !item.external)
        .forEach(item => visit(item.path));
    }
  };
  visit(entry ?? '');
  return [...seen];
}

const bytes = (names: readonly string[]): number =>
  names.reduce((sum, name) => sum + meta.outputs[name].bytes, 0);

it('holds nothing but our own code: no AWS SDK, no React, no schema library', () => {
  const strangers = Object.keys(meta.inputs).filter(name => !/^src\/(lab|protocol)\//.test(name));
  expect(strangers).toEqual([]);
  // Of the protocol, types, verdicts, checks and messages; its schemas, and zod with them, stay on the server's side.
  const ours = Object.keys(meta.inputs).filter(name => name.startsWith('src/protocol/'));
  expect(ours.filter(name => readFileSync(join(ROOT, name), 'utf8').includes("from 'zod"))).toEqual([]);
  expect(ours).toContain('src/protocol/messages/describe.ts');
});

it('loads the catalogue of messages with the panel, not with JupyterLab', () => {
  const early = atStart().flatMap(name => Object.keys(meta.outputs[name].inputs));
  expect(early.filter(name => name.startsWith('src/protocol/messages/'))).toEqual([]);
});

it('is under 80 KB for what JupyterLab loads at its start, styles included', () => {
  const styles = ['controls', 'sections', 'path', 'asked', 'outside', 'panel'].map(name =>
    readFileSync(join(ROOT, `style/${name}.css`))
  );
  expect(bytes(atStart()) + Buffer.concat(styles).length).toBeLessThan(AT_START);
});

it('is no more altogether than it was decided to be', () => {
  expect(bytes(Object.keys(meta.outputs))).toBeLessThan(ALTOGETHER);
});

it('loads the panel’s inside later, and little of it before', () => {
  const late = Object.keys(meta.outputs).filter(name => !atStart().includes(name));
  expect(bytes(atStart())).toBeLessThan(30 * 1024);
  expect(late.some(name => Object.keys(meta.outputs[name].inputs).includes('src/lab/panel/body.tsx'))).toBe(
    true
  );
  console.info(`front end: ${bytes(atStart())} bytes at start, ${bytes(late)} later`);
});
