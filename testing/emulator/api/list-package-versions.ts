import { compareVersions, isPrerelease } from '../index/version-order';
import { packageArn } from '../world/arns';
import { packageNotFound } from './api-error';
import { mustBeAllowed, type Operation } from './operation';
import { page } from './pages';
import { findRepository, missing, namedRepository, repositoryMustExist } from './parameters';

export const listPackageVersions: Operation = request => {
  const { state, query } = request;
  const { domain, owner, repository } = namedRepository(request);
  const name = query.get('package') ?? missing('package');
  const format = query.get('format') ?? missing('format');
  const found = findRepository(request, domain, owner, repository);
  mustBeAllowed(request, {
    action: 'codeartifact:ListPackageVersions',
    resource: packageArn(state.world, owner, domain, repository, name),
    owner: found === undefined ? state.world.caller.account : owner,
    policy: found?.policy
  });
  repositoryMustExist(request, domain, owner, repository);
  const all = format === 'pypi' ? state.packages.versions(repository, name) : [];
  if (all.length === 0) throw packageNotFound(name);
  const byVersion = new Map(all.map(file => [file.version, file]));
  const newestFirst = [...byVersion.values()].sort((a, b) => compareVersions(b.version, a.version));
  const shown = [undefined, null, 'Published'].includes(query.get('status')) ? newestFirst : [];
  // Without PUBLISHED_TIME AWS promises no order: the other way round finds a caller that relies on one.
  const ordered = query.get('sortBy') === 'PUBLISHED_TIME' ? shown : [...shown].reverse();
  const { items, nextToken } = page(ordered, query.get('max-results'), query.get('next-token'));
  return {
    defaultDisplayVersion: (newestFirst.find(file => !isPrerelease(file.version)) ?? newestFirst[0]).version,
    format: 'pypi',
    package: name,
    versions: items.map(file => ({
      version: file.version,
      revision: file.sha256.slice(0, 32),
      status: 'Published',
      origin:
        file.origin === null
          ? { originType: 'INTERNAL', domainEntryPoint: { repositoryName: repository } }
          : { originType: 'EXTERNAL', domainEntryPoint: { externalConnectionName: file.origin } }
    })),
    nextToken
  };
};
