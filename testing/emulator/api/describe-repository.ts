import { repositoryArn } from '../world/arns';
import { repositorySummary } from './descriptions';
import { mustBeAllowed, type Operation } from './operation';
import { findRepository, namedRepository, repositoryMustExist } from './parameters';

export const describeRepository: Operation = request => {
  const { world } = request.state;
  const { domain, owner, repository } = namedRepository(request);
  const found = findRepository(request, domain, owner, repository);
  mustBeAllowed(request, {
    action: 'codeartifact:DescribeRepository',
    resource: repositoryArn(world, owner, domain, repository),
    owner: found === undefined ? world.caller.account : owner,
    policy: found?.policy
  });
  const { upstreams, externalConnections } = repositoryMustExist(request, domain, owner, repository);
  return {
    repository: {
      ...repositorySummary(world, repository),
      upstreams: upstreams.map(repositoryName => ({ repositoryName })),
      externalConnections: externalConnections.map(externalConnectionName => ({
        externalConnectionName,
        packageFormat: externalConnectionName === 'public:pypi' ? 'pypi' : 'npm',
        status: 'Available'
      }))
    }
  };
};
