import type { World } from '../world/world';
import { buildWheel, sha256, type BuiltFile, type WheelSource } from './wheel';
import { compareVersions } from './version-order';

export interface StoredFile extends BuiltFile {
  name: string;
  version: string;
  requiresPython: string | null;
  /** The external connection it came through; null when it was published here. */
  origin: string | null;
}

/** PEP 503: runs of `-`, `_` and `.` are one `-`, in small letters. */
export function normalizeName(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase();
}

/** `/pypi//corp~` is names that begin with it at a word's end, `/pypi//corp$` that name, `/pypi/*` all. */
function matchesGroup(pattern: string, name: string): boolean {
  const [, word = '', end = ''] = /^\/pypi\/\/(.*)([~$])$/.exec(pattern) ?? [];
  if (word === '') return true;
  return name === word || (end === '~' && name.startsWith(`${word}-`));
}

export interface PackageStore {
  /** Names that the repository itself holds. */
  names(repository: string): string[];
  /** Files that the repository itself holds. */
  versions(repository: string, name: string): StoredFile[];
  /** Files that a client of the repository sees: its own, its upstreams', their external connections'. */
  visible(world: World, repository: string, name: string): StoredFile[];
  /** Keeps a fetched file where CodeArtifact keeps it. */
  retain(world: World, repository: string, file: StoredFile): void;
  /** False when the repository holds that file name already. */
  publish(
    repository: string,
    name: string,
    version: string,
    filename: string,
    content: Buffer,
    python: string | null
  ): boolean;
  bytes(repositories: string[]): number;
  clear(): void;
}

export function createPackageStore(catalogue: WheelSource[]): PackageStore {
  const held = new Map<string, StoredFile[]>();
  let external: StoredFile[] | undefined;

  // Wheels are built on first use: most tests of the API never need one.
  const publicFiles = (): StoredFile[] =>
    (external ??= catalogue.map(source => ({
      ...buildWheel(source),
      name: normalizeName(source.name),
      version: source.version,
      requiresPython: source.requiresPython ?? null,
      origin: 'public:pypi'
    })));

  const own = (repository: string): StoredFile[] => held.get(repository) ?? [];

  const add = (repository: string, file: StoredFile): void => {
    if (own(repository).some(other => other.filename === file.filename)) return;
    held.set(repository, [...own(repository), file]);
  };

  /** The repository and all it can reach upstream, nearest first; a loop of upstreams ends. */
  const reach = (world: World, repository: string, seen = new Set<string>()): string[] => {
    if (seen.has(repository) || !Object.hasOwn(world.repositories, repository)) return [];
    seen.add(repository);
    const { upstreams } = world.repositories[repository];
    return [repository, ...upstreams.flatMap(upstream => reach(world, upstream, seen))];
  };

  const connected = (world: World, repository: string): boolean =>
    world.repositories[repository].externalConnections.includes('public:pypi');

  /** A package group's origin control keeps a name from the public index: only what was published counts. */
  const blocked = (world: World, repository: string, name: string): boolean =>
    Object.entries(world.packageGroups[world.repositories[repository].domain] ?? {}).some(
      ([pattern, { externalUpstream }]) => externalUpstream === 'BLOCK' && matchesGroup(pattern, name)
    );

  return {
    names: repository => [...new Set(own(repository).map(file => file.name))].sort(),
    versions: (repository, name) => own(repository).filter(file => file.name === normalizeName(name)),
    visible(world, repository, name) {
      const wanted = normalizeName(name);
      const found = new Map<string, StoredFile>();
      for (const reached of reach(world, repository)) {
        const outside = connected(world, reached) && !blocked(world, reached, wanted);
        const files = [...own(reached), ...(outside ? publicFiles() : [])];
        for (const file of files) {
          if (file.name === wanted && !found.has(file.filename)) found.set(file.filename, file);
        }
      }
      return [...found.values()].sort((a, b) => compareVersions(a.version, b.version));
    },
    // https://docs.aws.amazon.com/codeartifact/latest/ug/repo-upstream-behavior.html: the repository asked and the
    // one with the external connection keep it, those between do not.
    retain(world, repository, file) {
      add(repository, file);
      if (file.origin === null) return;
      const source = reach(world, repository).find(reached => connected(world, reached));
      if (source !== undefined) add(source, file);
    },
    publish(repository, name, version, filename, content, python) {
      if (own(repository).some(file => file.filename === filename)) return false;
      const file = {
        filename,
        content,
        sha256: sha256(content),
        version,
        requiresPython: python,
        origin: null
      };
      add(repository, { ...file, name: normalizeName(name) });
      return true;
    },
    bytes: repositories => {
      const once = new Map(repositories.flatMap(own).map(file => [file.sha256, file.content.length]));
      return [...once.values()].reduce((sum, size) => sum + size, 0);
    },
    clear: () => held.clear()
  };
}
