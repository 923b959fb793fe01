import { parse } from 'smol-toml';
import type { Settings } from '../../../protocol/settings';
import { decodeUtf8 } from '../text/decode';
import { redactUrl, sameIndex } from '../text/url-credentials';
import { words } from '../text/python-whitespace';
import { uvFile } from '../paths';
import type { Shadow } from '../shadow';
import type { ToolsDeps } from '../tools-deps';

type Toml = Record<string, unknown>;

// uv looks for a project in the folder and all above it; deeper than this is a loop of links.
const MOST_FOLDERS = 64;

const VARIABLES = ['UV_DEFAULT_INDEX', 'UV_INDEX_URL'];

// `name=url` names it; https://docs.astral.sh/uv/concepts/indexes/
const valueOf = (value: string | undefined): string | undefined => value?.replace(/^[\w.-]+=/, '');

/**
 * What keeps uv from using the connection as its index: a variable, or a file that is read before the user's.
 * https://docs.astral.sh/uv/concepts/configuration-files/ and https://docs.astral.sh/uv/reference/environment/
 * As an index beside others (`extra-index-url`) ours is asked whatever the default is.
 */
export async function uvShadows(
  deps: ToolsDeps,
  mode: Settings['indexMode'],
  indexUrl: string
): Promise<Shadow[]> {
  const { env } = deps.runtime;
  const isOurs = (url: unknown): boolean => sameIndex(String(url), indexUrl);
  const shadows: Shadow[] = [];
  for (const variable of mode === 'index-url' ? VARIABLES : []) {
    const value = valueOf(env[variable]);
    if (value && !isOurs(value)) {
      shadows.push({ by: `the variable ${variable} (${redactUrl(value)})`, variable });
    }
  }
  const extras = words(env['UV_INDEX'] ?? '').map(word => word.text.replace(/^[\w.-]+=/, ''));
  if (env['UV_NO_CONFIG'] && /^(1|true|yes|on|y|t)$/i.test(env['UV_NO_CONFIG']) && !extras.some(isOurs)) {
    const variable = 'UV_NO_CONFIG';
    shadows.push({ by: `the variable ${variable}, which keeps uv from every configuration file`, variable });
    return shadows;
  }
  const own = uvFile(deps);
  const named = env['UV_CONFIG_FILE'];
  if (named && !(own.ok && named === own.value)) {
    if (!(await namesIndex(deps, named, indexUrl))) {
      const by = `the variable UV_CONFIG_FILE (${named}), which uv reads in place of the file with our index`;
      shadows.push({ by, variable: 'UV_CONFIG_FILE' });
    }
    return shadows;
  }
  // A variable that names ours wins over every file.
  if (mode !== 'index-url' || VARIABLES.some(name => isOurs(valueOf(env[name])))) {
    return shadows;
  }
  const files = [await projectFile(deps), own.ok ? await readToml(deps, own.value) : null];
  for (const file of files) {
    const found = file && firstDefault(file.data);
    if (file && found) {
      if (isOurs(found.url)) {
        break;
      }
      const line = lineOf(file.text, found.url);
      const by = `${found.key} in ${file.path}, line ${line} (${redactUrl(found.url)})`;
      shadows.push({ by, path: file.path, line });
    }
  }
  return shadows;
}

/** Whether this uv.toml has the index. */
export async function namesIndex(deps: ToolsDeps, path: string, indexUrl: string): Promise<boolean> {
  const toml = await readToml(deps, path);
  return toml !== null && indexes(toml.data).some(index => sameIndex(String(index['url']), indexUrl));
}

interface Read {
  readonly path: string;
  readonly text: string;
  readonly data: Toml;
}

/** The nearest project's settings: uv.toml, else pyproject.toml with a table tool.uv. */
async function projectFile(deps: ToolsDeps): Promise<Read | null> {
  let folder = deps.runtime.cwd ?? '';
  for (let left = MOST_FOLDERS; folder.startsWith('/') && left > 0; left--) {
    const at = folder === '/' ? '' : folder;
    const own = await readToml(deps, `${at}/uv.toml`);
    if (own) {
      return own;
    }
    const project = await readToml(deps, `${at}/pyproject.toml`);
    const table = tableOf(tableOf(project?.data['tool'])?.['uv']);
    if (project && table) {
      return { ...project, data: table };
    }
    if (folder === '/') {
      return null;
    }
    folder = folder.slice(0, folder.lastIndexOf('/')) || '/';
  }
  return null;
}

async function readToml(deps: ToolsDeps, path: string): Promise<Read | null> {
  const read = await deps.disk.read(path);
  const text = read.ok && read.value.file ? decodeUtf8(read.value.file.bytes) : null;
  if (!text?.ok) {
    return null;
  }
  try {
    return { path, text: text.value, data: parse(text.value) };
  } catch {
    // uv itself stops at such a file and names the line; it is no index that wins over ours.
    return null;
  }
}

const tableOf = (value: unknown): Toml | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Toml) : undefined;

function indexes(data: Toml): Toml[] {
  const list: unknown = data['index'];
  return Array.isArray(list) ? list.map(tableOf).filter(table => table !== undefined) : [];
}

/** The first default of a project comes before the user's. */
function firstDefault(data: Toml): { key: string; url: string } | null {
  const index = indexes(data).find(each => each['default'] === true);
  if (index && typeof index['url'] === 'string') {
    return { key: 'index', url: index['url'] };
  }
  const url = tableOf(data['pip'])?.['index-url'] ?? data['index-url'];
  return typeof url === 'string' ? { key: 'index-url', url } : null;
}

const lineOf = (text: string, value: string): number =>
  Math.max(1, text.split('\n').findIndex(line => line.includes(value)) + 1);
