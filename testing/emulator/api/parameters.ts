import { domainNotFound, repositoryNotFound, validation } from './api-error';
import type { Domain, Repository } from '../world/world';
import type { Request } from './operation';

const patterns = {
  domain: /^[a-z][a-z0-9-]{0,48}[a-z0-9]$/,
  'domain-owner': /^[0-9]{12}$/,
  repository: /^[A-Za-z0-9][A-Za-z0-9._-]{1,99}$/
};

/** Member names as AWS's validation prints them. */
const members = { domain: 'domain', 'domain-owner': 'domainOwner', repository: 'repository' };

function checked(query: URLSearchParams, name: keyof typeof patterns): string | undefined {
  const value = query.get(name);
  if (value === null) return undefined;
  if (!patterns[name].test(value)) {
    throw validation(
      `1 validation error detected: Value '${value}' at '${members[name]}' failed to satisfy constraint: ` +
        `Member must satisfy regular expression pattern: ${patterns[name].source.replace(/^\^|\$$/g, '')}`
    );
  }
  return value;
}

export function missing(member: string): never {
  throw validation(
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`
  );
}

/** The domain a request names; the owner is the caller's account unless it says another. */
export function namedDomain(request: Request): { domain: string; owner: string } {
  const domain = checked(request.query, 'domain') ?? missing('domain');
  return { domain, owner: checked(request.query, 'domain-owner') ?? request.state.world.caller.account };
}

export function namedRepository(request: Request): { domain: string; owner: string; repository: string } {
  const { domain, owner } = namedDomain(request);
  return { domain, owner, repository: checked(request.query, 'repository') ?? missing('repository') };
}

export function findDomain(request: Request, domain: string, owner: string): Domain | undefined {
  const { domains } = request.state.world;
  const found = Object.hasOwn(domains, domain) ? domains[domain] : undefined;
  return found?.owner === owner ? found : undefined;
}

export function mustExist(request: Request, domain: string, owner: string): Domain {
  const found = findDomain(request, domain, owner);
  if (found === undefined) throw domainNotFound(domain, owner);
  return found;
}

export function findRepository(
  request: Request,
  domain: string,
  owner: string,
  name: string
): Repository | undefined {
  if (findDomain(request, domain, owner) === undefined) return undefined;
  const { repositories } = request.state.world;
  const found = Object.hasOwn(repositories, name) ? repositories[name] : undefined;
  return found?.domain === domain ? found : undefined;
}

export function repositoryMustExist(
  request: Request,
  domain: string,
  owner: string,
  name: string
): Repository {
  mustExist(request, domain, owner);
  const found = findRepository(request, domain, owner, name);
  if (found === undefined) throw repositoryNotFound(domain, name);
  return found;
}
