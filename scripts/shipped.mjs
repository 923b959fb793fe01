// What users get with the wheel: the packages inside the engine's bundle and the front end's, and what pip installs beside.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { bundledInputs, packageFolder } from './notices.mjs';

const FRONT_END = 'jupyterlab_codeartifact/labextension/static/third-party-licenses.json';

const read = path => JSON.parse(readFileSync(path, 'utf8'));

/**
 * Packages with at least one byte in the engine's bundle, from esbuild's metafile of a build made for this.
 * `folder` is also the key of the package in package-lock.json.
 */
function engine() {
  const scratch = mkdtempSync(join(tmpdir(), 'shipped-'));
  try {
    const metafile = join(scratch, 'meta.json');
    const flags = ['--outdir', scratch, '--metafile', metafile];
    execFileSync(process.execPath, ['scripts/build-engine.mjs', ...flags], {
      stdio: ['ignore', 'ignore', 'inherit']
    });
    const folders = new Set(bundledInputs(read(metafile)).map(packageFolder).filter(Boolean));
    return [...folders].sort().map(describe);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** Packages in the front end's bundles, as the builder lists them; JupyterLab's own are JupyterLab's to ship. */
function frontEnd() {
  if (!existsSync(FRONT_END)) {
    throw new Error(`${FRONT_END} is missing: npm run build:labextension`);
  }
  return read(FRONT_END).packages.map(({ name, versionInfo }) => {
    const found = describe(`node_modules/${name}`);
    if (found.version !== versionInfo) {
      throw new Error(
        `the front end was built with ${name}@${versionInfo}, and ${found.version} is installed`
      );
    }
    return found;
  });
}

function describe(folder) {
  const { name, version, license } = read(join(folder, 'package.json'));
  return { folder, name, version, license };
}

/** Names and ranges of versions, from `[project] dependencies`. */
function python() {
  const { project } = parse(readFileSync('pyproject.toml', 'utf8'));
  return project.dependencies.map(requirement => {
    // PEP 508 without extras and markers, of which there are none.
    const [, name, range] = /^([\w.-]+)\s*([<>=!~][^;[\]]*)?$/.exec(requirement);
    return { name: name.toLowerCase().replace(/[-_.]+/g, '-'), range: range ?? '' };
  });
}

export function shipped() {
  return { engine: engine(), frontEnd: frontEnd(), python: python() };
}
