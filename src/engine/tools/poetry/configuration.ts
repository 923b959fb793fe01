import { parse, TomlError } from 'smol-toml';
import { done, failed, type Outcome } from '../../core/failure';
import { configHome } from '../paths';
import { decodeUtf8 } from '../text/decode';
import type { ToolsDeps } from '../tools-deps';

export type Toml = Record<string, unknown>;

/** One file that Poetry reads. */
export interface PoetryFile {
  readonly path: string;
  readonly text: string;
  readonly data: Toml;
  /** Why Poetry stops at it. */
  readonly problem?: { readonly line: number };
}

// Poetry goes up to the root; deeper than this is a loop of links.
const MOST_FOLDERS = 64;

/**
 * Poetry's folder of this user: POETRY_CONFIG_DIR, else platformdirs' place.
 * https://python-poetry.org/docs/configuration/#config-directory
 */
export async function poetryFolder(deps: ToolsDeps): Promise<Outcome<string>> {
  const { env, home, platform, cwd = '' } = deps.runtime;
  const named = env['POETRY_CONFIG_DIR'];
  if (named) {
    return done(named.startsWith('/') ? named : `${cwd}/${named}`);
  }
  if (platform === 'darwin') {
    return home
      ? done(`${home}/Library/Application Support/pypoetry`)
      : failed('no_home', { variable: 'HOME' });
  }
  const folder = configHome(deps);
  return folder.ok ? done(`${folder.value}/pypoetry`) : folder;
}

/** What Poetry reads in the folder we were called from, the strongest first, and the project there. */
export async function poetryFiles(
  deps: ToolsDeps
): Promise<{ readonly settings: readonly PoetryFile[]; readonly project?: PoetryFile }> {
  const folder = await poetryFolder(deps);
  const own = folder.ok ? [`${folder.value}/auth.toml`, `${folder.value}/config.toml`] : [];
  const project = await nearestProject(deps);
  const local = project ? [project.path.replace(/pyproject\.toml$/, 'poetry.toml')] : [];
  const settings = await Promise.all([...local, ...own].map(path => readToml(deps, path)));
  return { settings: settings.filter(file => file !== null), ...(project && { project }) };
}

async function nearestProject(deps: ToolsDeps): Promise<PoetryFile | undefined> {
  const here = deps.runtime.cwd ?? '';
  const parts = here.split('/').slice(0, MOST_FOLDERS);
  for (let left = here.startsWith('/') ? parts.length : 0; left > 0; left--) {
    const file = await readToml(deps, `${parts.slice(0, left).join('/')}/pyproject.toml`);
    if (file) {
      return file;
    }
  }
  return undefined;
}

async function readToml(deps: ToolsDeps, path: string): Promise<PoetryFile | null> {
  const read = await deps.disk.read(path);
  if (!read.ok || !read.value.file) {
    return null;
  }
  const text = decodeUtf8(read.value.file.bytes);
  if (!text.ok) {
    return { path, text: '', data: {}, problem: { line: text.problem.line } };
  }
  try {
    return { path, text: text.value, data: parse(text.value) };
  } catch (error) {
    const line = error instanceof TomlError ? error.line : 1;
    return { path, text: text.value, data: {}, problem: { line } };
  }
}

export const tableOf = (value: unknown): Toml | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
    ? (value as Toml)
    : undefined;

/** The first line that holds a text, counted from 1. */
export const lineOf = ({ text }: PoetryFile, what: string): number =>
  Math.max(1, text.split(/\r\n|\n|\r/).findIndex(line => line.includes(what)) + 1);
