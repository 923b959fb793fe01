import { decodeUtf8 } from '../text/decode';
import type { ToolsDeps } from '../tools-deps';

// npm goes up to the root; deeper than this is a loop of links.
const MOST_FOLDERS = 64;

/**
 * The folder whose .npmrc npm reads: the nearest with a package.json or node_modules, or the workspaces' root that
 * this one belongs to; else the folder itself (`loadLocalPrefix` of @npmcli/config).
 */
export async function projectRoot(deps: ToolsDeps, isGlobal: boolean): Promise<string> {
  const here = deps.runtime.cwd ?? '';
  let found: string | undefined;
  let isPackage = false;
  for (const folder of foldersFrom(here)) {
    const manifest = await packageJson(deps, folder);
    if (found === undefined) {
      if (manifest !== null || (await deps.disk.isFolder(`${folder}/node_modules`))) {
        found = folder;
        isPackage = manifest !== null;
        if (isGlobal) {
          break;
        }
      }
    } else if (isPackage && manifest !== null && isMember(manifest, found.slice(folder.length + 1))) {
      return folder;
    }
  }
  return found ?? here;
}

function foldersFrom(start: string): string[] {
  const parts = start.split('/');
  const folders = parts.map((_, i) => parts.slice(0, parts.length - i).join('/'));
  return start.startsWith('/') ? folders.slice(0, MOST_FOLDERS) : [];
}

/** What package.json says; an empty object where it is no JSON; null where there is none. */
async function packageJson(deps: ToolsDeps, folder: string): Promise<Record<string, unknown> | null> {
  const read = await deps.disk.read(`${folder}/package.json`);
  if (!read.ok || !read.value.file) {
    return null;
  }
  const text = decodeUtf8(read.value.file.bytes);
  try {
    const value: unknown = JSON.parse(text.ok ? text.value.replace(/^\ufeff/, '') : '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Whether a folder is one of the `workspaces`; `!` takes folders out again. */
function isMember({ workspaces }: Record<string, unknown>, path: string): boolean {
  const listed = Array.isArray(workspaces)
    ? workspaces
    : (workspaces as { packages?: unknown } | undefined)?.packages;
  const patterns = (Array.isArray(listed) ? listed : []).filter(one => typeof one === 'string');
  return patterns.reduce((is, pattern) => {
    const isNot = pattern.startsWith('!');
    return globOf(pattern.slice(isNot ? 1 : 0)).test(path) ? !isNot : is;
  }, false);
}

const globOf = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .split('/')
      .filter(part => part !== '' && part !== '.')
      .join('/')
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*\*\/|\*\*?|\?/g, wild =>
        wild === '**/' ? '(?:[^/]+/)*' : wild === '**' ? '.*' : wild === '*' ? '[^/]*' : '[^/]'
      )}$`
  );
