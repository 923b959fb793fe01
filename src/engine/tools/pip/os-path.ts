import type { ToolsDeps } from '../tools-deps';

/** pip's paths begin at the folder that it is started in; `~` is the home folder (os.path.expanduser). Null where that folder is not known. */
export function absolute({ runtime }: ToolsDeps, path: string): string | null {
  const expanded = path === '~' || path.startsWith('~/') ? `${runtime.home}${path.slice(1)}` : path;
  return expanded.startsWith('/')
    ? expanded
    : runtime.cwd === undefined
      ? null
      : `${runtime.cwd}/${expanded}`;
}

/** os.path.exists: also a folder, a device, or a file that may not be read. */
export async function exists(deps: ToolsDeps, path: string): Promise<boolean> {
  const [read, folder] = await Promise.all([deps.disk.read(path), deps.disk.isFolder(path)]);
  return folder || !read.ok || read.value.file !== null;
}
