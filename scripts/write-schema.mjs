// Writes schema/plugin.json from the table in src/protocol/settings.ts, so that the settings editor, the command line
// and the engine cannot disagree.   node scripts/write-schema.mjs [--check]   (--check fails on a difference)
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { format, resolveConfig } from 'prettier';

const FILE = 'schema/plugin.json';
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

const { outputFiles } = await build({
  entryPoints: ['src/protocol/settings.ts'],
  bundle: true,
  format: 'esm',
  platform: 'node',
  write: false
});
const source = Buffer.from(outputFiles[0].contents).toString('base64');
const { SETTINGS } = await import(`data:text/javascript;base64,${source}`);

/** `oneOf` with titles, not `enum`: the editor shows the titles (@jupyter/eslint-plugin, no-schema-enum). */
const choices = row => ({
  type: 'string',
  oneOf: row.choices.map(({ value, title }) => ({ const: value, title }))
});

/** Limits that the editor can show while one types; the engine says the rest in whole sentences. */
const LIMITS = {
  durationSeconds: { minimum: 0, maximum: 43200 },
  fleetSize: { minimum: 0, maximum: 1000000 }
};

function property(row) {
  const kinds = {
    string: () => ({ type: 'string' }),
    boolean: () => ({ type: 'boolean' }),
    number: () => ({ type: 'integer', ...LIMITS[row.name] }),
    choice: () => choices(row),
    list: () => ({ type: 'array', items: choices(row), uniqueItems: true, minItems: 1 })
  };
  return { title: row.title, description: row.description, ...kinds[row.kind](), default: row.default };
}

const schema = {
  title: 'CodeArtifact',
  description: 'Connect pip to AWS CodeArtifact. Settings with a lock are fixed by an administrator.',
  'jupyter.lab.setting-icon': 'jupyterlab-codeartifact:icon',
  'jupyter.lab.setting-icon-label': 'CodeArtifact',
  // The plugin of this id registers a transform that locks what an administrator has pinned.
  'jupyter.lab.transform': true,
  type: 'object',
  properties: Object.fromEntries(SETTINGS.map(row => [row.name, property(row)])),
  additionalProperties: false
};

const text = await format(JSON.stringify(schema), { ...(await resolveConfig(FILE)), parser: 'json' });

if (!values.check) {
  mkdirSync('schema', { recursive: true });
  writeFileSync(FILE, text);
  console.log(`schema: ${FILE}, ${SETTINGS.length} settings`);
} else if (existing() !== text) {
  console.error(`schema: ${FILE} differs from src/protocol/settings.ts: run node scripts/write-schema.mjs`);
  process.exit(1);
} else {
  console.log(`schema: ${FILE} is as src/protocol/settings.ts says`);
}

function existing() {
  try {
    return readFileSync(FILE, 'utf8');
  } catch {
    return '';
  }
}
