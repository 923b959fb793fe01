import { repositoryArn } from '../world/arns';
import { mustBeAllowed, type Operation } from './operation';
import { page } from './pages';
import { findRepository, namedRepository, repositoryMustExist } from './parameters';

/** Lists what the repository has retained or was given; what an upstream could still give does not show. */
export const listPackages: Operation = request => {
  const { state, query } = request;
  const { domain, owner, repository } = namedRepository(request);
  const found = findRepository(request, domain, owner, repository);
  mustBeAllowed(request, {
    action: 'codeartifact:ListPackages',
    resource: repositoryArn(state.world, owner, domain, repository),
    owner: found === undefined ? state.world.caller.account : owner,
    policy: found?.policy
  });
  repositoryMustExist(request, domain, owner, repository);
  const format = query.get('format') ?? 'pypi';
  const prefix = query.get('package-prefix') ?? '';
  const names = format === 'pypi' && !query.get('namespace') ? state.packages.names(repository) : [];
  const { items, nextToken } = page(
    names.filter(name => name.startsWith(prefix)),
    query.get('max-results'),
    query.get('next-token')
  );
  return {
    packages: items.map(name => {
      // CodeArtifact's defaults: what came from upstream may not be published over, and the other way round.
      const published = state.packages.versions(repository, name).some(file => file.origin === null);
      const restrictions = published
        ? { publish: 'ALLOW', upstream: 'BLOCK' }
        : { publish: 'BLOCK', upstream: 'ALLOW' };
      return { format: 'pypi', package: name, originConfiguration: { restrictions } };
    }),
    nextToken
  };
};
