import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const LITERAL = String.raw`'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"`;
/** Python joins literals that stand one after the other. */
const LITERALS = String.raw`(?:${LITERAL})(?:\s+(?:${LITERAL}))*`;
const CALL = new RegExp(
  String.raw`\btrans\.(?:__|_n|gettext|ngettext)\(\s*(${LITERALS})(?:\s*,\s*(${LITERALS}))?`,
  'g'
);

/** What a literal of the source stands for. */
const valueOf = (literals: string): string =>
  [...literals.matchAll(new RegExp(LITERAL, 'g'))]
    .map(
      ([literal]) =>
        JSON.parse(
          `"${literal
            .slice(1, -1)
            .replace(/\\'/g, "'")
            .replace(/(?<!\\)"/g, '\\"')}"`
        ) as string
    )
    .join('');

/** A text, and where it stands for another number than one, what it is then. */
type Entry = readonly [one: string, many?: string];

/** Texts of the browser and of the engine, and those of the server. */
const SOURCES = ['src', 'jupyterlab_codeartifact'];

const sourcesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.(?:tsx?|py)$/.test(name) && !/\.spec\.tsx?$/.test(name))
    .map(name => join(folder, name));

/**
 * Every text that translators are given, as jupyterlab-translate collects them: literals in calls of `trans.__` and
 * `trans._n`, in the sources of the browser, of the engine and of the server alike.
 * https://github.com/jupyterlab/jupyterlab-translate/blob/main/jupyterlab_translate/utils.py (`extract_tsx_strings`)
 */
export function entries(folders: readonly string[] = SOURCES): readonly Entry[] {
  return folders
    .flatMap(sourcesIn)
    .flatMap(name =>
      [...readFileSync(name, 'utf8').matchAll(CALL)].map(([call, one, many]): Entry =>
        /\.(?:_n|ngettext)\(/.test(call) ? [valueOf(one), valueOf(many)] : [valueOf(one)]
      )
    );
}

/** The same, each text by itself. */
export const catalogue = (): ReadonlySet<string> =>
  new Set(entries().flatMap(([one, many]) => (many === undefined ? [one] : [one, many])));

/** What JupyterLab's server translates in a schema: jupyterlab_server/translation_utils.py, DEFAULT_SCHEMA_SELECTORS. */
const SELECTORS: readonly (readonly [path: RegExp, context: string])[] = [
  [/^\/(?:definitions\/.*\/)?properties\/.*\/(?:title|description)$/, 'settings'],
  [/^\/(?:title|description)$/, 'schema'],
  [/^\/jupyter\.lab\.setting-icon-label$/, 'settings'],
  [/^\/jupyter\.lab\.menus\/.*\/label$/, 'menu'],
  [/^\/jupyter\.lab\.toolbars\/.*\/label$/, 'toolbar']
];

/** A text of a schema, and where it stands: translators are told. */
export type SchemaEntry = readonly [context: string, text: string];

function textsOf(schema: object, prefix = ''): SchemaEntry[] {
  return Object.entries(schema).flatMap(([name, value]): SchemaEntry[] => {
    const path = Array.isArray(schema) ? `${prefix}[${name}]` : `${prefix}/${name}`;
    if (typeof value === 'object' && value !== null) {
      return textsOf(value as object, path);
    }
    const context = SELECTORS.find(([selector]) => selector.test(path))?.[1];
    return typeof value === 'string' && value !== '' && context !== undefined ? [[context, value]] : [];
  });
}

/** Every text of the settings editor, menus and toolbars that a schema brings. */
export const schemaEntries = (folder = 'schema'): readonly SchemaEntry[] =>
  readdirSync(folder).flatMap(name =>
    textsOf(JSON.parse(readFileSync(join(folder, name), 'utf8')) as object)
  );
