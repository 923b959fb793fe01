// Bundles the engine into one file that needs nothing but Node 20, with the licences of what is inside.
//   node scripts/build-engine.mjs [--entry FILE] [--outdir DIR] [--no-minify] [--metafile FILE]
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { bundledInputs, noticesOf } from './notices.mjs';

/** The wheel carries it, every notebook loads it: the AWS SDK alone takes some 320 KB of this. */
const LARGEST_BUNDLE = 500_000;

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
mkdirSync(values.outdir, { recursive: true });
rmSync(outfile, { force: true });

const { metafile } = await build({
  entryPoints: [values.entry],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // The packages' ES modules can be shaken; esbuild's default for Node takes CommonJS, 170 KB more.
  mainFields: ['module', 'main'],
  minify: !values['no-minify'],
  define: { VERSION: JSON.stringify(version) },
  legalComments: 'none',
  // Kerberos for proxies, an optional native module that we never ask for.
  external: ['kerberos'],
  charset: 'utf8',
  metafile: true,
  logLevel: 'warning'
});

writeFileSync(notices, noticesOf(bundledInputs(metafile)));
if (values.metafile) {
  writeFileSync(values.metafile, JSON.stringify(metafile));
}

const size = statSync(outfile).size;
console.log(`engine: ${outfile}, ${size} bytes`);
if (!values['no-minify'] && size > LARGEST_BUNDLE) {
  console.error(
    `engine: ${size} bytes are more than ${LARGEST_BUNDLE}: look at the metafile for what came in`
  );
  process.exit(1);
}
