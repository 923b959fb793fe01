import { repositoryArn } from '../world/arns';
import { validation } from './api-error';
import { mustBeAllowed, type Operation } from './operation';
import { findRepository, missing, namedRepository, repositoryMustExist } from './parameters';

const formats = ['npm', 'pypi', 'maven', 'nuget', 'generic', 'ruby', 'swift', 'cargo'];

function oneOf(value: string, values: string[], member: string): string {
  if (values.includes(value)) return value;
  throw validation(
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ` +
      `Member must satisfy enum value set: [${values.join(', ')}]`
  );
}

export const getRepositoryEndpoint: Operation = request => {
  const { state } = request;
  const { domain, owner, repository } = namedRepository(request);
  const format = oneOf(request.query.get('format') ?? missing('format'), formats, 'format');
  const type = oneOf(request.query.get('endpointType') ?? 'ipv4', ['dualstack', 'ipv4'], 'endpointType');
  mustBeAllowed(request, {
    action: 'codeartifact:GetRepositoryEndpoint',
    resource: repositoryArn(state.world, owner, domain, repository),
    owner: findRepository(request, domain, owner, repository) ? owner : state.world.caller.account,
    policy: findRepository(request, domain, owner, repository)?.policy
  });
  repositoryMustExist(request, domain, owner, repository);
  return { repositoryEndpoint: `${state.indexBase(domain, type === 'dualstack')}/${format}/${repository}/` };
};
