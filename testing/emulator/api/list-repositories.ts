import { repositorySummary } from './descriptions';
import { mustBeAllowed, type Operation } from './operation';
import { page } from './pages';

export const listRepositories: Operation = request => {
  const { world } = request.state;
  const { query } = request;
  mustBeAllowed(request, {
    action: 'codeartifact:ListRepositories',
    resource: '*',
    owner: world.caller.account
  });
  const own = Object.keys(world.repositories)
    .filter(name => world.domains[world.repositories[name].domain]?.owner === world.caller.account)
    .filter(name => name.startsWith(query.get('repository-prefix') ?? ''))
    .sort();
  const { items, nextToken } = page(own, query.get('max-results'), query.get('next-token'));
  return { repositories: items.map(name => repositorySummary(world, name)), nextToken };
};
