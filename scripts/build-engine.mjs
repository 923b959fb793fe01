// Bundles the engine into one file that needs nothing but Node 20, with the licences of what is inside.
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
import { join } from 'node:path';
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
const outfile = join(values.outdir, 'engine.cjs');
const notices = join(values.outdir, 'THIRD-PARTY-LICENSES.txt');
// Beside the old one, which a running server may be about to start: it is replaced when the new one is whole.
const fresh = mkdtempSync(join(tmpdir(), 'engine-'));
const built = join(fresh, 'engine.cjs');
mkdirSync(values.outdir, { recursive: true });

const { metafile } = await build({
  entryPoints: [values.entry],
  outfile: built,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // import('node:http') reads every export of it for a namespace object; one of them is a getter that loads
  // Node's own undici, 17 ms for a WebSocket that nobody opens. require() reads none.
  supported: { 'dynamic-import': false },
  // The packages' ES modules can be shaken; esbuild's default for Node takes CommonJS, 170 KB more.
  mainFields: ['module', 'main'],
  minify: !values['no-minify'],
  define: { VERSION: JSON.stringify(version) },
  legalComments: 'none',
  plugins: [trim],
  charset: 'utf8',
  metafile: true,
  logLevel: 'warning'
});

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
copyFileSync(built, `${outfile}.new`);
renameSync(`${outfile}.new`, outfile);
rmSync(fresh, { recursive: true });
