// What a registry answers: https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md
import { createHash } from 'node:crypto';

interface NpmVersion {
  /** The package.json that was published, with `dist`. */
  manifest: Record<string, unknown>;
  tarball: Buffer;
}

interface NpmPackage {
  tags: Record<string, string>;
  versions: Map<string, NpmVersion>;
}

/** Packages of npm's format that were published to repositories. */
export interface NpmPackages {
  /** Metadata with tarball addresses below `base`; undefined when the repository does not have it. */
  metadata(repositories: string[], name: string, base: string): Record<string, unknown> | undefined;
  tarball(repositories: string[], name: string, version: string): Buffer | undefined;
  /** Takes what `npm publish` sends; false when one of the versions is there already. */
  publish(repository: string, body: Record<string, unknown>): boolean;
}

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

export function createNpmPackages(): NpmPackages {
  const held = new Map<string, Map<string, NpmPackage>>();
  const find = (repositories: string[], name: string): NpmPackage | undefined =>
    repositories.map(repository => held.get(repository)?.get(name)).find(found => found !== undefined);

  return {
    metadata(repositories, name, base) {
      const found = find(repositories, name);
      if (found === undefined) return undefined;
      const file = name.split('/').at(-1);
      const versions = [...found.versions].map(([version, { manifest, tarball }]) => {
        const dist = {
          tarball: `${base}${name}/-/${file}-${version}.tgz`,
          shasum: createHash('sha1').update(tarball).digest('hex'),
          integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}`
        };
        return [version, { ...manifest, dist }] as const;
      });
      return { _id: name, name, 'dist-tags': found.tags, versions: Object.fromEntries(versions) };
    },
    tarball: (repositories, name, version) => find(repositories, name)?.versions.get(version)?.tarball,
    publish(repository, body) {
      const name = String(body.name);
      const packages = held.get(repository) ?? new Map<string, NpmPackage>();
      held.set(repository, packages);
      const found = packages.get(name) ?? { tags: {}, versions: new Map<string, NpmVersion>() };
      packages.set(name, found);
      const versions = Object.entries(asRecord(body.versions));
      if (versions.some(([version]) => found.versions.has(version))) return false;
      const [attachment] = Object.values(asRecord(body._attachments));
      const tarball = Buffer.from(String(asRecord(attachment).data), 'base64');
      for (const [version, manifest] of versions)
        found.versions.set(version, { manifest: asRecord(manifest), tarball });
      Object.assign(found.tags, asRecord(body['dist-tags']));
      return true;
    }
  };
}
