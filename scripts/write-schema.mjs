// Writes what is derived from the tables of src/protocol, so that no two places can disagree:
//   schema/plugin.json                      the settings, for JupyterLab's settings editor
//   jupyterlab_codeartifact/protocol.json   the settings' defaults and the verbs, for the server
// node scripts/write-schema.mjs [--check]   (--check fails on a difference)
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { format, resolveConfig } from 'prettier';

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

async function tablesOf(entry) {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false
  });
  const source = Buffer.from(outputFiles[0].contents).toString('base64');
  return import(`data:text/javascript;base64,${source}`);
}

const { SETTINGS, DEFAULT_SETTINGS } = await tablesOf('src/protocol/settings.ts');
const { NAME_PATTERNS } = await tablesOf('src/protocol/names.ts');
const { VERBS } = await tablesOf('src/protocol/verbs.ts');

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
    // Empty is "not set"; white space around a name is dropped by the engine.
    string: () => ({
      type: 'string',
      ...(row.name in NAME_PATTERNS && { pattern: `^\\s*(?:${NAME_PATTERNS[row.name]})?\\s*$` })
    }),
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
  // The language packs' domain in which JupyterLab's server looks these texts up.
  'jupyter.lab.internationalization': { domain: 'jupyterlab_codeartifact' },
  // The plugin of this id registers a transform that locks what an administrator has pinned.
  'jupyter.lab.transform': true,
  type: 'object',
  properties: Object.fromEntries(SETTINGS.map(row => [row.name, property(row)])),
  additionalProperties: false
};

/** What the server needs to know before any engine runs, and a command line within milliseconds. */
const protocol = {
  settings: DEFAULT_SETTINGS,
  verbs: Object.fromEntries(
    Object.entries(VERBS).flatMap(([name, { rest, seconds, query, body, lists }]) =>
      rest === undefined ? [] : [[name, { rest, seconds, query, body, lists }]]
    )
  )
};

const FILES = { 'schema/plugin.json': schema, 'jupyterlab_codeartifact/protocol.json': protocol };
for (const [file, value] of Object.entries(FILES)) {
  const text = await format(JSON.stringify(value), { ...(await resolveConfig(file)), parser: 'json' });
  if (!values.check) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    console.log(`schema: ${file} written`);
  } else if (existing(file) !== text) {
    console.error(`schema: ${file} differs from src/protocol: run node scripts/write-schema.mjs`);
    process.exitCode = 1;
  } else {
    console.log(`schema: ${file} is as src/protocol says`);
  }
}

function existing(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
