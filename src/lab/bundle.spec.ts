/** @jest-environment node */
import { build, type Metafile } from 'esbuild';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** What JupyterLab brings itself: packages that its federation shares, at 4.5 and 4.6 alike. */
const SHARED = ['@jupyterlab/*', '@lumino/*', '@jupyter/*', 'react', 'react-dom'];

/**
 * The limit for what is loaded with JupyterLab, in bytes, code minified, styles as they are written. With the 19 kB of
 * module federation it must be less than the 80 kB that the product promises (docs/performance.md).
 */
const AT_START = 60_000;

/**
 * Limits for the code: what it is now and a little more, so that it grows by a decision, not by itself. The last
 * decisions: every button is a command with its label, caption and icon, and everything is disposed (5 kB at start);
 * verdicts and checks are declared once, for the terminal and the panel (4 kB at start), and so is every message
 * (38 kB, with the panel); the preview reads diffs with a library (4.5 kB, loaded with the first preview); an error
 * boundary (1 kB); a verdict that stays until there is a new one, outages and their requests, tokens that end (3 kB at
 * start, 4 kB with the panel), names checked where they are entered, another repository at any time (3 kB), and answers
 * under cells whose installation fails (3 kB, with a notebook); scripts and cells are read as bash, IPython and the AWS
 * CLI read them (25 kB, with the first login cell or pasted text); what the engine says is said in the page's language, long
 * advice is told in two parts, and each source of credentials has causes of its own (1 kB each). Then what a healthy
 * panel does not show came out of it (57 kB less with the panel): the causes of failures, the nodes of the path, forms
 * and lists, each loaded when it is first shown. It costs 0.6 kB at start and 6 kB altogether, around each part. Kernels are
 * asked beside a cell that runs (3 kB, with the first question). Fifty open notebooks and ten windows cost a click nothing (0.2 kB
 * at start), and what the server says is said in the page's language, too (0.3 kB).
 */
const CODE_AT_START = 40_250;
const WITH_PANEL = 74_500;
const ALTOGETHER = 248_000;

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
    loader: { '.svg': 'text', '.py': 'text', '.css': 'empty' },
    charset: 'utf8',
    target: 'es2022'
  });
  meta = result.metafile;
});

/** What a module needs at once; not what it loads later. */
function closureOf(source: string): string[] {
  const entry = Object.keys(meta.outputs).find(name => meta.outputs[name].entryPoint === source);
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

const atStart = (): string[] => closureOf('src/lab/index.ts');

/** What is loaded beyond that when the panel is opened, and is enough to connect. */
const withPanel = (): string[] => {
  const early = atStart();
  return closureOf('src/lab/panel/panel-content.tsx').filter(name => !early.includes(name));
};

const bytes = (names: readonly string[]): number =>
  names.reduce((sum, name) => sum + meta.outputs[name].bytes, 0);

/** The bytes of each input that are left in the output, which excludes what a library has and is not used. */
function inputs(): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const output of Object.values(meta.outputs)) {
    for (const [name, { bytesInOutput }] of Object.entries(output.inputs)) {
      sizes.set(name, (sizes.get(name) ?? 0) + bytesInOutput);
    }
  }
  return new Map([...sizes].filter(([, size]) => size > 0));
}

it('holds nothing but our own code and one small parser: no AWS SDK, no React, no schema library', () => {
  const strangers = [...inputs().keys()].filter(name => !/^(src\/(lab|protocol)|style\/icons)\//.test(name));
  expect(strangers).toEqual(['node_modules/diff/libesm/patch/parse.js']);
  const started = atStart().flatMap(name => Object.keys(meta.outputs[name].inputs));
  expect(started.filter(name => name.startsWith('node_modules/'))).toEqual([]);
  // Of the protocol, types, verdicts, checks and messages; its schemas, and zod with them, stay on the server's side.
  const ours = Object.keys(meta.inputs).filter(name => name.startsWith('src/protocol/'));
  expect(ours.filter(name => readFileSync(join(ROOT, name), 'utf8').includes("from 'zod"))).toEqual([]);
  expect(ours).toContain('src/protocol/messages/describe.ts');
});

it('loads the catalogue of causes with the first failure, neither with JupyterLab nor with the panel', () => {
  const read = (names: readonly string[]): string[] =>
    names
      .flatMap(name => Object.keys(meta.outputs[name].inputs))
      .filter(name => name.startsWith('src/protocol/messages/'))
      .sort();
  expect(read(atStart())).toEqual([]);
  // Enough to tell of a failure when the catalogue cannot be loaded.
  expect(read(withPanel())).toEqual(
    ['description', 'evidence', 'headlines', 'trans'].map(name => `src/protocol/messages/${name}.ts`)
  );
});

it('is no more than its limit for what JupyterLab loads at its start, styles included', () => {
  const styles = ['controls', 'sections', 'outside', 'panel', 'narrow'].map(name =>
    readFileSync(join(ROOT, `style/${name}.css`))
  );
  expect(bytes(atStart()) + Buffer.concat(styles).length).toBeLessThan(AT_START);
});

it('is no more altogether than it was decided to be', () => {
  expect(bytes(Object.keys(meta.outputs))).toBeLessThan(ALTOGETHER);
});

it('loads with the panel what is there while all is well, and the rest when it is first shown', () => {
  expect(bytes(withPanel())).toBeLessThan(WITH_PANEL);
  const read = withPanel().flatMap(name => Object.keys(meta.outputs[name].inputs));
  expect(read).toContain('src/lab/settings/repository-section.tsx');
  const late = /\/(login\/.*|.*-form|.*-list|first-run|locked-fields|fix-section|evidence-lines)\.tsx?$/;
  expect(read.filter(name => late.test(name))).toEqual([]);
});

it('loads the panel’s content later', () => {
  const late = Object.keys(meta.outputs).filter(name => !atStart().includes(name));
  expect(bytes(atStart())).toBeLessThan(CODE_AT_START);
  expect(late.some(name => Object.keys(meta.outputs[name].inputs).includes('src/lab/panel/body.tsx'))).toBe(
    true
  );
  console.info(
    `front end: ${bytes(atStart())} bytes at start, ${bytes(withPanel())} with the panel, ${bytes(late)} later`
  );
});

it('asks of JupyterLab what package.json says: 4.5 is enough', () => {
  const folder = join(ROOT, 'jupyterlab_codeartifact/labextension/static');
  const entry = readdirSync(folder).find(name => name.startsWith('remoteEntry')) ?? '';
  const asked = readFileSync(join(folder, entry), 'utf8').matchAll(
    /"(@jupyterlab\/[\w-]+)",import:null,requiredVersion:"([^"]+)"/g
  );
  const ranges = Object.fromEntries([...asked].map(([, name, range]) => [name, range]));
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  expect(Object.keys(ranges).length).toBeGreaterThan(5);
  expect(ranges).toEqual(Object.fromEntries(Object.keys(ranges).map(name => [name, dependencies[name]])));
});
