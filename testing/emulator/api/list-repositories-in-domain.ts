import { domainArn } from '../world/arns';
import { repositorySummary } from './descriptions';
import { mustBeAllowed, type Operation } from './operation';
import { page } from './pages';
import { findDomain, mustExist, namedDomain } from './parameters';

export const listRepositoriesInDomain: Operation = request => {
  const { world } = request.state;
  const { query } = request;
  const { domain, owner } = namedDomain(request);
  const found = findDomain(request, domain, owner);
  mustBeAllowed(request, {
    action: 'codeartifact:ListRepositoriesInDomain',
    resource: domainArn(world, owner, domain),
    owner: found === undefined ? world.caller.account : owner,
    policy: found?.policy
  });
  mustExist(request, domain, owner);
  const names = Object.keys(world.repositories)
    .filter(name => world.repositories[name].domain === domain)
    .filter(name => name.startsWith(query.get('repository-prefix') ?? ''))
    .sort();
  const { items, nextToken } = page(names, query.get('max-results'), query.get('next-token'));
  return { repositories: items.map(name => repositorySummary(world, name)), nextToken };
};
