// Put… and Get…PermissionsPolicy of domains and repositories.
import { createHash } from 'node:crypto';
import { ApiError } from '../api/api-error';
import type { Request } from '../api/operation';
import { mustExist, namedDomain, namedRepository, repositoryMustExist } from '../api/parameters';
import { checkDocument } from '../policies/check-document';
import type { PolicyDocument } from '../policies/document';
import { domainArn, repositoryArn } from '../world/arns';
import type { World } from '../world/world';
import type { Output, Plane } from './plane';

export type CodeartifactAdmin = (plane: Plane, request: Request) => Promise<Output> | Output;

interface Holder {
  arn: string;
  kind: string;
  policy: PolicyDocument | null | undefined;
  set(draft: World, policy: PolicyDocument | null): void;
}

/** Put…DomainPermissionsPolicy carries all in its body, the others in the query. */
function withQuery(request: Request): Request {
  const query = new URLSearchParams(request.query);
  const { domain, domainOwner } = request.input;
  if (typeof domain === 'string') query.set('domain', domain);
  if (typeof domainOwner === 'string') query.set('domain-owner', domainOwner);
  return { ...request, query };
}

function domainHolder(request: Request): Holder {
  const { domain, owner } = namedDomain(request);
  return {
    arn: domainArn(request.state.world, owner, domain),
    kind: 'domain',
    policy: mustExist(request, domain, owner).policy,
    set: (draft, policy) => void (draft.domains[domain].policy = policy)
  };
}

function repositoryHolder(request: Request): Holder {
  const { domain, owner, repository } = namedRepository(request);
  return {
    arn: repositoryArn(request.state.world, owner, domain, repository),
    kind: 'repository',
    policy: repositoryMustExist(request, domain, owner, repository).policy,
    set: (draft, policy) => void (draft.repositories[repository].policy = policy)
  };
}

const revisionOf = (policy: PolicyDocument): string =>
  createHash('sha256').update(JSON.stringify(policy)).digest('base64').slice(0, 44);

const shown = (arn: string, policy: PolicyDocument): Output => ({
  policy: { resourceArn: arn, revision: revisionOf(policy), document: JSON.stringify(policy) }
});

const get =
  (holderOf: (request: Request) => Holder): CodeartifactAdmin =>
  (_plane, request) => {
    const { arn, kind, policy } = holderOf(request);
    if (policy) return shown(arn, policy);
    throw new ApiError('ResourceNotFoundException', 404, `The ${kind} has no permissions policy.`, {
      resourceId: arn,
      resourceType: kind
    });
  };

const put =
  (holderOf: (request: Request) => Holder): CodeartifactAdmin =>
  async (plane, asked) => {
    const request = withQuery(asked);
    const holder = holderOf(request);
    const { policyDocument, policyRevision } = request.input;
    let document: PolicyDocument;
    try {
      document = checkDocument(JSON.parse(String(policyDocument)), 'resource');
    } catch (error) {
      throw new ApiError('ValidationException', 400, `Invalid policy document: ${(error as Error).message}`, {
        reason: 'OTHER'
      });
    }
    if (
      policyRevision !== undefined &&
      policyRevision !== (holder.policy ? revisionOf(holder.policy) : undefined)
    ) {
      throw new ApiError('ConflictException', 409, 'The policy was changed since its revision was read.', {
        resourceType: holder.kind
      });
    }
    await plane.change(draft => holder.set(draft, document));
    return shown(holder.arn, document);
  };

const remove =
  (holderOf: (request: Request) => Holder): CodeartifactAdmin =>
  async (plane, request) => {
    const answer = await get(holderOf)(plane, request);
    await plane.change(draft => holderOf(request).set(draft, null));
    return answer;
  };

export const policyOperations: Record<string, CodeartifactAdmin> = {
  'DELETE /v1/domain/permissions/policy': remove(domainHolder),
  'DELETE /v1/repository/permissions/policies': remove(repositoryHolder),
  'GET /v1/domain/permissions/policy': get(domainHolder),
  'PUT /v1/domain/permissions/policy': put(domainHolder),
  'GET /v1/repository/permissions/policy': get(repositoryHolder),
  'PUT /v1/repository/permissions/policy': put(repositoryHolder)
};
