import { decodeUtf8 } from '../text/decode';
import type { ToolsDeps } from '../tools-deps';

type Version = readonly number[];

/** What decides by which rules the pip of one environment reads: its own version, its Python's, and the kind of environment. */
export interface InstalledPip {
  /** Null when it cannot be told: then the newest pip's rules are taken. */
  readonly pip: Version | null;
  readonly python: Version | null;
  /** A virtual environment (PEP 405), which `require-virtualenv` wants. */
  readonly venv: boolean;
  /** In a virtual environment: whether it sees the packages of the Python below it. */
  readonly systemSitePackages: boolean;
}

// Python 3.6 is the oldest for which there is an ipykernel that today's Jupyter starts; 3.15 is planned.
const MINORS = [6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

/** Whether a version is at least `wanted`; one that is not known counts as the newest. */
export const atLeast = (version: Version | null, ...wanted: number[]): boolean => {
  if (version === null) {
    return true;
  }
  const first = wanted.findIndex((part, i) => (version[i] ?? 0) !== part);
  return first < 0 || (version[first] ?? 0) > wanted[first];
};

/** Looks at an environment's own files; starts no Python. */
export async function installedPip(deps: ToolsDeps): Promise<InstalledPip> {
  const prefix = deps.pythonPrefix;
  if (prefix === undefined) {
    return { pip: null, python: null, venv: false, systemSitePackages: true };
  }
  const config = await textOf(deps, `${prefix}/pyvenv.cfg`);
  const value = (key: string) =>
    new RegExp(`^${key}[ \\t]*=[ \\t]*(.*)$`, 'im').exec(config ?? '')?.[1].trim();
  const python = versionIn(value('version(?:_info)?')) ?? (await pythonBelow(deps, prefix));
  const site = python === null ? null : `${prefix}/lib/python${python[0]}.${python[1]}/site-packages`;
  const init = site === null ? null : await textOf(deps, `${site}/pip/__init__.py`);
  return {
    pip: versionIn(/^__version__ = ["']([\d.]+)/m.exec(init ?? '')?.[1]),
    python,
    // https://github.com/python/cpython/blob/3.13/Lib/site.py (`venv`): `home` makes a folder an environment.
    venv: value('home') !== undefined,
    // pip/_internal/utils/virtualenv.py (`_no_global_under_venv`)
    systemSitePackages: value('include-system-site-packages') !== 'false'
  };
}

/** A conda environment or a system's Python says its version only by the name of its library's folder. */
async function pythonBelow(deps: ToolsDeps, prefix: string): Promise<Version | null> {
  const found = await Promise.all(
    MINORS.map(async minor => ((await deps.disk.isFolder(`${prefix}/lib/python3.${minor}`)) ? minor : null))
  );
  const minors = found.filter(minor => minor !== null);
  // Two of them: an upgrade left the older one behind.
  return minors.length > 0 ? [3, Math.max(...minors)] : null;
}

async function textOf(deps: ToolsDeps, path: string): Promise<string | null> {
  const read = await deps.disk.read(path);
  const text = read.ok && read.value.file ? decodeUtf8(read.value.file.bytes) : null;
  return text?.ok ? text.value : null;
}

const versionIn = (text: string | undefined): Version | null => {
  const found = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(text ?? '');
  return found ? found.slice(1).map(part => Number(part ?? 0)) : null;
};
