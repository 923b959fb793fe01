// CreateDomain, DeleteDomain and package groups.
import { accessDenied, ApiError, domainNotFound, validation } from '../api/api-error';
import { describeDomain } from '../api/describe-domain';
import type { Request } from '../api/operation';
import { findDomain, mustExist, namedDomain } from '../api/parameters';
import type { CodeartifactAdmin } from './codeartifact-policies';
import { refusesDomain } from './kms';

const described = (request: Request): Record<string, unknown> => describeDomain(request);

const create: CodeartifactAdmin = async (plane, request) => {
  const { domain, owner } = namedDomain(request);
  if (Object.hasOwn(plane.state.world.domains, domain)) {
    throw new ApiError('ConflictException', 409, `Domain '${domain}' already exists.`, {
      resourceId: domain,
      resourceType: 'domain'
    });
  }
  const { encryptionKey } = request.input;
  const refused = encryptionKey === undefined ? undefined : refusesDomain(plane, String(encryptionKey));
  if (refused !== undefined) throw accessDenied(refused);
  const { region } = plane.state.world;
  const made = {
    owner,
    encryptionKey: String(encryptionKey ?? `arn:aws:kms:${region}:${owner}:key/aws-managed`),
    keyState: 'Enabled' as const,
    policy: null
  };
  await plane.change(draft => void (draft.domains[domain] = made));
  return described({ ...request, state: plane.state });
};

/** Only an empty one: https://docs.aws.amazon.com/codeartifact/latest/ug/domain-delete.html */
const remove: CodeartifactAdmin = async (plane, request) => {
  const { domain, owner } = namedDomain(request);
  if (findDomain(request, domain, owner) === undefined) throw domainNotFound(domain, owner);
  const { repositories } = plane.state.world;
  if (Object.values(repositories).some(each => each.domain === domain)) {
    throw new ApiError('ConflictException', 409, `Domain '${domain}' still has repositories.`, {
      resourceId: domain,
      resourceType: 'domain'
    });
  }
  const answer = described(request);
  await plane.change(draft => {
    delete draft.domains[domain];
    delete draft.packageGroups[domain];
  });
  return answer;
};

/** https://docs.aws.amazon.com/codeartifact/latest/ug/package-group-definition-syntax-matching-behavior.html */
const PATTERN = /^\/pypi\/\/[a-z0-9]+(-[a-z0-9]+)*[~$]$|^\/pypi\/\*$|^\/\*$/;

function patternOf(request: Request): string {
  const pattern = String(request.input.packageGroup ?? request.query.get('package-group') ?? '');
  if (!PATTERN.test(pattern)) throw validation(`The package group pattern '${pattern}' is not valid.`);
  return pattern;
}

const shown = (domain: string, pattern: string, mode: string): Record<string, unknown> => ({
  packageGroup: {
    pattern,
    domainName: domain,
    originConfiguration: { restrictions: { EXTERNAL_UPSTREAM: { mode, effectiveMode: mode } } }
  }
});

const createGroup: CodeartifactAdmin = async (plane, request) => {
  const { domain, owner } = namedDomain(request);
  mustExist(request, domain, owner);
  const pattern = patternOf(request);
  const group = { externalUpstream: 'ALLOW' as const };
  await plane.change(draft => {
    draft.packageGroups[domain] = { ...draft.packageGroups[domain], [pattern]: group };
  });
  return shown(domain, pattern, 'ALLOW');
};

function groupMustExist(request: Request, domain: string): string {
  const pattern = patternOf(request);
  if (request.state.world.packageGroups[domain]?.[pattern] === undefined) {
    throw new ApiError('ResourceNotFoundException', 404, `There is no package group '${pattern}'.`, {
      resourceId: pattern,
      resourceType: 'package-group'
    });
  }
  return pattern;
}

const updateOrigin: CodeartifactAdmin = async (plane, request) => {
  const { domain } = namedDomain(request);
  const pattern = groupMustExist(request, domain);
  const { restrictions } = request.input as { restrictions?: Record<string, string> };
  const mode = restrictions?.EXTERNAL_UPSTREAM ?? 'ALLOW';
  if (mode !== 'ALLOW' && mode !== 'BLOCK') throw validation(`The emulator does not know the mode ${mode}.`);
  await plane.change(draft => void (draft.packageGroups[domain][pattern].externalUpstream = mode));
  return shown(domain, pattern, mode);
};

const removeGroup: CodeartifactAdmin = async (plane, request) => {
  const { domain } = namedDomain(request);
  const pattern = groupMustExist(request, domain);
  const mode = plane.state.world.packageGroups[domain][pattern].externalUpstream;
  await plane.change(draft => void delete draft.packageGroups[domain][pattern]);
  return shown(domain, pattern, mode);
};

export const domainOperations: Record<string, CodeartifactAdmin> = {
  'POST /v1/domain': create,
  'DELETE /v1/domain': remove,
  'POST /v1/package-group': createGroup,
  'PUT /v1/package-group-origin-configuration': updateOrigin,
  'DELETE /v1/package-group': removeGroup
};
