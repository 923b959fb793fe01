// Bundles the engine into one file that needs nothing but Node 20, the one that starts it, and the licences of what is
// inside.
//   node scripts/build-engine.mjs [--entry FILE] [--outdir DIR] [--no-minify] [--metafile FILE]
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { bundledInputs, bytesOfPackages, noticesOf } from './notices.mjs';
import { trim } from './trim.mjs';

/** Other people's code: the SDK takes some 285 KB of it, zod 30. One careless import (`{ z } from 'zod'`) adds 400 KB. */
const MOST_OF_PACKAGES = 380_000;

/** The whole engine, which every notebook reads at its start. */
const LARGEST_BUNDLE = 805_000;

const { values } = parseArgs({
  options: {
    entry: { type: 'string', default: 'src/engine/main.ts' },
    outdir: { type: 'string', default: 'jupyterlab_codeartifact/engine' },
    'no-minify': { type: 'boolean', default: false },
    metafile: { type: 'string' }
  }
});

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const outfile = join(values.outdir, 'main.cjs');
const starter = join(values.outdir, 'engine.cjs');
const notices = join(values.outdir, 'THIRD-PARTY-LICENSES.txt');
// Beside the old one, which a running server may be about to start: it is replaced when the new one is whole.
const fresh = mkdtempSync(join(tmpdir(), 'engine-'));
const built = join(fresh, 'main.cjs');
mkdirSync(values.outdir, { recursive: true });

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: !values['no-minify']
};

const { metafile } = await build({
  ...common,
  entryPoints: [values.entry],
  outfile: built,
  // import('node:http') reads every export of it for a namespace object; one of them is a getter that loads
  // Node's own undici, 17 ms for a WebSocket that nobody opens. require() reads none.
  supported: { 'dynamic-import': false },
  // The packages' ES modules can be shaken; esbuild's default for Node takes CommonJS, 170 KB more.
  mainFields: ['module', 'main'],
  define: { VERSION: JSON.stringify(version) },
  legalComments: 'none',
  plugins: [trim],
  // One letter of another alphabet, and V8 keeps the whole text in two bytes a letter.
  charset: 'ascii',
  metafile: true,
  logLevel: 'warning'
});

// esbuild leaves regular expressions as they are.
const text = readFileSync(built, 'utf8').replace(
  /[^\0-\x7f]/g,
  letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`
);
// A function, as Node would make it one: start.ts runs it as a script, whose compiled code can be kept.
writeFileSync(built, `(function (require) {${text.trimEnd()}\n})\n`);

writeFileSync(notices, noticesOf(bundledInputs(metafile)));
if (values.metafile) {
  writeFileSync(values.metafile, JSON.stringify(metafile));
}

const size = statSync(built).size;
const packages = bytesOfPackages(metafile);
console.log(`engine: ${outfile}, ${size} bytes, ${packages} of them from packages`);
if (!values['no-minify'] && (size > LARGEST_BUNDLE || packages > MOST_OF_PACKAGES)) {
  console.error(
    `engine: more than ${LARGEST_BUNDLE} bytes, or ${MOST_OF_PACKAGES} from packages: --metafile shows what came in`
  );
  process.exit(1);
}
await build({ ...common, entryPoints: ['src/engine/runtime/start.ts'], outfile: join(fresh, 'engine.cjs') });
for (const file of [outfile, starter]) {
  copyFileSync(join(fresh, basename(file)), `${file}.new`);
  renameSync(`${file}.new`, file);
}
rmSync(fresh, { recursive: true });
