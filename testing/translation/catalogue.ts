import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const LITERAL = String.raw`'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"`;
const CALL = new RegExp(
  String.raw`\btrans\.(?:__|_n|gettext|ngettext)\(\s*(${LITERAL})(?:\s*,\s*(${LITERAL}))?`,
  'g'
);

/** What a literal of the source stands for. */
const valueOf = (literal: string): string =>
  JSON.parse(
    `"${literal
      .slice(1, -1)
      .replace(/\\'/g, "'")
      .replace(/(?<!\\)"/g, '\\"')}"`
  ) as string;

/**
 * Every text that translators are given, as jupyterlab-translate collects them: literals in calls of `trans.__` and
 * `trans._n`, in the sources of the browser and of the engine alike.
 * https://github.com/jupyterlab/jupyterlab-translate/blob/main/jupyterlab_translate/utils.py (`extract_tsx_strings`)
 */
export function catalogue(folder = 'src'): ReadonlySet<string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    name => /\.tsx?$/.test(name) && !/\.spec\.tsx?$/.test(name)
  );
  return new Set(
    files.flatMap(name =>
      [...readFileSync(join(folder, name), 'utf8').matchAll(CALL)].flatMap(([, one, many]) =>
        [one, many].filter(literal => literal !== undefined).map(valueOf)
      )
    )
  );
}
