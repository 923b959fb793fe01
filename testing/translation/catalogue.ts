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

/** A text, and where it stands for another number than one, what it is then. */
type Entry = readonly [one: string, many?: string];

/**
 * Every text that translators are given, as jupyterlab-translate collects them: literals in calls of `trans.__` and
 * `trans._n`, in the sources of the browser and of the engine alike.
 * https://github.com/jupyterlab/jupyterlab-translate/blob/main/jupyterlab_translate/utils.py (`extract_tsx_strings`)
 */
export function entries(folder = 'src'): readonly Entry[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    name => /\.tsx?$/.test(name) && !/\.spec\.tsx?$/.test(name)
  );
  return files.flatMap(name =>
    [...readFileSync(join(folder, name), 'utf8').matchAll(CALL)].map(([call, one, many]): Entry =>
      /\.(?:_n|ngettext)\(/.test(call) ? [valueOf(one), valueOf(many)] : [valueOf(one)]
    )
  );
}

/** The same, each text by itself. */
export const catalogue = (folder?: string): ReadonlySet<string> =>
  new Set(entries(folder).flatMap(([one, many]) => (many === undefined ? [one] : [one, many])));
