import { parse, TomlError } from 'smol-toml';
import { decodeUtf8 } from '../text/decode';
import { uvFile } from '../paths';
import type { ToolsDeps } from '../tools-deps';
import { stumble } from './settings-table';
import { trans } from '../../core/say';

export type Toml = Record<string, unknown>;

/** One file that uv reads, the settings in it, and where a value stands. */
export interface UvFile {
  readonly path: string;
  readonly text: string;
  readonly data: Toml;
  /** Why uv stops at it; the line is counted from 1. */
  readonly problem?: { readonly line: number; readonly what: string };
}

/** An index as uv lists it; the first of each name counts. */
export interface UvIndexSetting {
  readonly name?: string;
  readonly url: string;
  readonly isDefault: boolean;
  readonly explicit: boolean;
  readonly authenticate?: unknown;
  /** Answers of the index at which uv goes on to the next one, beside 404. */
  readonly ignoredCodes?: readonly unknown[];
  readonly key: 'index' | 'index-url' | 'extra-index-url' | 'find-links' | 'variable';
  readonly file?: UvFile;
  readonly variable?: string;
}

// uv looks for a project in the folder and all above it; deeper than this is a loop of links.
const MOST_FOLDERS = 64;

/** The files that uv reads where no variable says otherwise, the strongest first: project, user, system. */
export async function uvFiles(deps: ToolsDeps): Promise<UvFile[]> {
  const user = uvFile(deps);
  const found = await Promise.all([
    projectFile(deps),
    user.ok ? readUvToml(deps, user.value) : null,
    systemFile(deps)
  ]);
  return found.filter(file => file !== null);
}

/** The nearest project's settings: uv.toml, else pyproject.toml with a table tool.uv. */
async function projectFile(deps: ToolsDeps): Promise<UvFile | null> {
  for (const folder of foldersFrom(await projectFolder(deps))) {
    const own = await readUvToml(deps, `${folder}/uv.toml`);
    if (own) {
      return own;
    }
    const project = await readToml(deps, `${folder}/pyproject.toml`);
    const table = uvTable(project);
    // A pyproject.toml that uv does not understand it passes over with a warning.
    if (project && table && stumble(table, true) === undefined) {
      return { ...project, data: table };
    }
  }
  return null;
}

/** Where uv begins to look: at the root of the workspace, or of the project, that the nearest pyproject.toml belongs to; else here. */
async function projectFolder(deps: ToolsDeps): Promise<string> {
  const here = deps.runtime.cwd ?? '';
  let member: string | undefined;
  for (const folder of foldersFrom(here)) {
    const project = await readToml(deps, `${folder}/pyproject.toml`);
    const workspace = tableOf(uvTable(project)?.['workspace']);
    if (member !== undefined) {
      if (workspace && hasMember(workspace, member.slice(folder.length + 1))) {
        return folder;
      }
    } else if (project) {
      if (workspace || !tableOf(project.data['project'])) {
        return workspace ? folder : here;
      }
      member = folder;
    }
  }
  return member ?? here;
}

function foldersFrom(start: string): string[] {
  const parts = start.split('/');
  const folders = parts.map((_, i) => parts.slice(0, parts.length - i).join('/'));
  return start.startsWith('/') ? folders.slice(0, MOST_FOLDERS) : [];
}

const hasMember = ({ members }: Toml, path: string): boolean =>
  Array.isArray(members) &&
  members.some(
    pattern =>
      typeof pattern === 'string' &&
      new RegExp(
        `^${pattern
          .replace(/[.+^${}()|[\]\\]/g, '\\$&')
          .replaceAll('*', '[^/]*')
          .replaceAll('?', '[^/]')}/?$`
      ).test(path)
  );

const uvTable = (file: UvFile | null): Toml | undefined => tableOf(tableOf(file?.data['tool'])?.['uv']);

/** The first that is there (uv-dirs, `system_config_file`). */
async function systemFile(deps: ToolsDeps): Promise<UvFile | null> {
  const root = deps.systemRoot ?? '';
  const dirs = deps.runtime.env['XDG_CONFIG_DIRS'] || `${root}/etc/xdg`;
  const paths = [...dirs.split(':').map(dir => `${dir.trim()}/uv/uv.toml`), `${root}/etc/uv/uv.toml`];
  for (const path of paths) {
    const file = path.startsWith('/') ? await readUvToml(deps, path) : null;
    if (file) {
      return file;
    }
  }
  return null;
}

/** A uv.toml with what uv makes of it; null where it is not there. */
export async function readUvToml(deps: ToolsDeps, path: string): Promise<UvFile | null> {
  const file = await readToml(deps, path);
  const odd = file && !file.problem ? stumble(file.data, false) : undefined;
  if (!file || !odd) {
    return file;
  }
  const key = odd.key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const line = lineOf(file, new RegExp(`^[ \\t]*\\[*[ \\t]*(?:pip\\.)?["']?${key}["']?[ \\t]*[=\\].]`));
  return { ...file, data: {}, problem: { line, what: trans.__('%1 %2', odd.key, odd.what) } };
}

/** A file as data; null where it is not there. */
async function readToml(deps: ToolsDeps, path: string): Promise<UvFile | null> {
  const read = await deps.disk.read(path);
  if (!read.ok || !read.value.file) {
    return null;
  }
  const text = decodeUtf8(read.value.file.bytes);
  if (!text.ok) {
    return { path, text: '', data: {}, problem: { line: text.problem.line, what: text.problem.what } };
  }
  try {
    // uv lets a byte-order mark pass.
    return { path, text: text.value, data: parse(text.value.replace(/^\ufeff/, '')) };
  } catch (error) {
    const line = error instanceof TomlError ? error.line : 1;
    return { path, text: text.value, data: {}, problem: { line, what: trans.__('it is not valid TOML') } };
  }
}

export const tableOf = (value: unknown): Toml | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Toml) : undefined;

/**
 * Every index of the files, in uv's order: the [[index]] blocks of all files, then what pip's names said before them.
 * https://docs.astral.sh/uv/concepts/indexes/ and https://docs.astral.sh/uv/reference/settings/#pip
 */
export function indexesOf(files: readonly UvFile[]): UvIndexSetting[] {
  const blocks = files.flatMap(file => indexBlocks(file));
  const strongest = (key: string) =>
    [
      ...files.map(file => ({ file, value: tableOf(file.data['pip'])?.[key] })),
      ...files.map(file => ({ file, value: file.data[key] }))
    ].find(({ value }) => value !== undefined);
  const index = strongest('index-url');
  const extras = [
    ...files.map(file => ({ file, value: tableOf(file.data['pip'])?.['extra-index-url'] })),
    ...files.map(file => ({ file, value: file.data['extra-index-url'] }))
  ];
  const legacy = (url: unknown, key: 'index-url' | 'extra-index-url', file: UvFile): UvIndexSetting[] =>
    typeof url === 'string' ? [{ url, isDefault: key === 'index-url', explicit: false, key, file }] : [];
  return [
    ...blocks,
    ...extras.flatMap(({ file, value }) =>
      Array.isArray(value) ? value.flatMap(url => legacy(url, 'extra-index-url', file)) : []
    ),
    ...(index ? legacy(index.value, 'index-url', index.file) : [])
  ];
}

function indexBlocks(file: UvFile): UvIndexSetting[] {
  const list: unknown = file.data['index'];
  const tables = Array.isArray(list) ? list.map(tableOf).filter(table => table !== undefined) : [];
  return tables.flatMap(({ name, url, default: isDefault, explicit, ...more }) =>
    typeof url === 'string'
      ? [
          {
            ...(typeof name === 'string' ? { name } : {}),
            url,
            isDefault: isDefault === true,
            explicit: explicit === true,
            authenticate: more['authenticate'],
            ...(Array.isArray(more['ignore-error-codes'])
              ? { ignoredCodes: more['ignore-error-codes'] }
              : {}),
            key: 'index' as const,
            file
          }
        ]
      : []
  );
}

/** One setting of the files, of [pip] and the top: uv takes [pip] first. */
export function strongest(files: readonly UvFile[], key: string, inPip: boolean, atTop: boolean) {
  const found = [
    ...(inPip ? files.map(file => ({ file, value: tableOf(file.data['pip'])?.[key] })) : []),
    ...(atTop ? files.map(file => ({ file, value: file.data[key] })) : [])
  ];
  return found.find(({ value }) => value !== undefined);
}

/** The line of a value, counted from 1; the first line where it cannot be found. */
export const lineOf = ({ text }: Pick<UvFile, 'text'>, value: string | RegExp): number =>
  Math.max(
    1,
    text
      .split('\n')
      .findIndex(line => (typeof value === 'string' ? line.includes(value) : value.test(line))) + 1
  );
