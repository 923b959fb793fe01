import { domainSummary } from './descriptions';
import { mustBeAllowed, type Operation } from './operation';
import { page } from './pages';

/** Lists the caller's own account only: a domain shared by another account never shows. */
export const listDomains: Operation = request => {
  const { world } = request.state;
  mustBeAllowed(request, { action: 'codeartifact:ListDomains', resource: '*', owner: world.caller.account });
  const own = Object.keys(world.domains)
    .filter(name => world.domains[name].owner === world.caller.account)
    .sort();
  const { items, nextToken } = page(
    own,
    request.input.maxResults as number,
    request.input.nextToken as string
  );
  return { domains: items.map(name => domainSummary(world, name)), nextToken };
};
