import { ApiError, repositoryNotFound, validation } from '../api/api-error';
import { describeRepository } from '../api/describe-repository';
import type { Request } from '../api/operation';
import { findRepository, mustExist, namedRepository, repositoryMustExist } from '../api/parameters';
import type { CodeartifactAdmin } from './codeartifact-policies';

/** Direct upstreams a repository may have: the service's quota. */
const mostUpstreams = 10;

function upstreams(request: Request, domain: string, owner: string): string[] | undefined {
  const { upstreams: given } = request.input;
  if (given === undefined) return undefined;
  const names = (given as { repositoryName: string }[]).map(each => each.repositoryName);
  if (names.length > mostUpstreams)
    throw validation(`A repository has at most ${mostUpstreams} upstream repositories.`);
  const unknown = names.find(name => findRepository(request, domain, owner, name) === undefined);
  if (unknown !== undefined) throw repositoryNotFound(domain, unknown);
  return names;
}

const described = (request: Request): Record<string, unknown> => describeRepository(request);

const create: CodeartifactAdmin = async (plane, request) => {
  const { domain, owner, repository } = namedRepository(request);
  mustExist(request, domain, owner);
  if (findRepository(request, domain, owner, repository) !== undefined) {
    throw new ApiError(
      'ConflictException',
      409,
      `Repository '${repository}' already exists in domain '${domain}'.`,
      {
        resourceId: repository,
        resourceType: 'repository'
      }
    );
  }
  const made = {
    domain,
    description: String(request.input.description ?? ''),
    upstreams: upstreams(request, domain, owner) ?? [],
    externalConnections: [],
    policy: null
  };
  await plane.change(draft => void (draft.repositories[repository] = made));
  return described(request);
};

/** Upstreams are replaced as a whole. */
const update: CodeartifactAdmin = async (plane, request) => {
  const { domain, owner, repository } = namedRepository(request);
  repositoryMustExist(request, domain, owner, repository);
  const names = upstreams(request, domain, owner);
  await plane.change(draft => {
    if (names !== undefined) draft.repositories[repository].upstreams = names;
  });
  return described(request);
};

const associate: CodeartifactAdmin = async (plane, request) => {
  const { domain, owner, repository } = namedRepository(request);
  const found = repositoryMustExist(request, domain, owner, repository);
  const connection = request.query.get('external-connection') ?? '';
  if (!/^public:(pypi|npmjs|maven-central|nuget-org|crates-io|ruby-gems-org)$/.test(connection)) {
    throw validation(`External connection '${connection}' is not known.`);
  }
  if (found.externalConnections.length > 0) {
    throw new ApiError(
      'ServiceQuotaExceededException',
      402,
      'A repository has at most one external connection.'
    );
  }
  await plane.change(draft => void draft.repositories[repository].externalConnections.push(connection));
  return described(request);
};

const disassociate: CodeartifactAdmin = async (plane, request) => {
  const { domain, owner, repository } = namedRepository(request);
  const found = repositoryMustExist(request, domain, owner, repository);
  const connection = request.query.get('external-connection') ?? '';
  if (!found.externalConnections.includes(connection)) {
    throw new ApiError(
      'ResourceNotFoundException',
      404,
      `External connection '${connection}' is not associated.`,
      {
        resourceId: repository,
        resourceType: 'repository'
      }
    );
  }
  await plane.change(draft => void (draft.repositories[repository].externalConnections = []));
  return described(request);
};

/** Its packages go with it; repositories that draw from it draw from one less. */
const remove: CodeartifactAdmin = async (plane, request) => {
  const { domain, owner, repository } = namedRepository(request);
  repositoryMustExist(request, domain, owner, repository);
  const answer = described(request);
  await plane.change(draft => {
    delete draft.repositories[repository];
    for (const other of Object.values(draft.repositories)) {
      if (other.domain === domain) other.upstreams = other.upstreams.filter(name => name !== repository);
    }
  });
  return answer;
};

export const repositoryOperations: Record<string, CodeartifactAdmin> = {
  'POST /v1/repository': create,
  'PUT /v1/repository': update,
  'DELETE /v1/repository': remove,
  'POST /v1/repository/external-connection': associate,
  'DELETE /v1/repository/external-connection': disassociate
};
