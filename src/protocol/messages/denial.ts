import { CHECKS } from '../checks';
import type { Place } from './cause';
import type { Evidence, PolicyType } from './evidence';
import { sentences, type Trans } from './trans';

/** AWS's own names of the policy types. */
function policyName(type: Exclude<PolicyType, 'unknown'>, trans: Trans): string {
  switch (type) {
    case 'identity':
      return trans.__('identity-based policy');
    case 'resource':
      return trans.__('resource-based policy');
    case 'vpc_endpoint':
      return trans.__('VPC endpoint policy');
    case 'scp':
      return trans.__('service control policy');
    case 'rcp':
      return trans.__('resource control policy');
    case 'boundary':
      return trans.__('permissions boundary');
    case 'session':
      return trans.__('session policy');
  }
}

/**
 * `arn:aws:sts::111122223333:assumed-role/NAME/session` and `arn:aws:iam::…:role/path/NAME` both name NAME; IAM Identity
 * Center's roles stand for a permission set.
 */
export function callerOf(principal: string): {
  readonly kind: 'role' | 'user' | 'permission set' | 'other';
  readonly name: string;
} {
  const [type, ...path] = principal.split(':').slice(5).join(':').split('/');
  const name = (type === 'assumed-role' ? path[0] : path[path.length - 1]) ?? '';
  const set = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(name)?.[1];
  if (set !== undefined) {
    return { kind: 'permission set', name: set };
  }
  const kind = type === 'assumed-role' || type === 'role' ? 'role' : type === 'user' ? 'user' : 'other';
  return { kind, name };
}

function callerName(principal: string | undefined, trans: Trans): string {
  const { kind, name } = callerOf(principal ?? '');
  switch (name === '' ? 'other' : kind) {
    case 'permission set':
      return trans.__('The permission set `%1`', name);
    case 'role':
      return trans.__('The role `%1`', name);
    case 'user':
      return trans.__('The user `%1`', name);
    default:
      return trans.__('This notebook’s role');
  }
}

/** What the caller may not do; another service's action, or one that is new, has its name only. */
export function forbidden({ principal, action }: Evidence, trans: Trans): string {
  const who = callerName(principal, trans);
  switch (action) {
    case 'codeartifact:GetAuthorizationToken':
      return trans.__('%1 may not ask for a token.', who);
    case 'sts:GetServiceBearerToken':
      return trans.__('%1 may not receive a token.', who);
    case 'codeartifact:GetRepositoryEndpoint':
      return trans.__('%1 may not ask for the repository’s address.', who);
    case 'codeartifact:ReadFromRepository':
      return trans.__('%1 may not read packages from the repository.', who);
    case 'codeartifact:ListDomains':
      return trans.__('%1 may not list domains.', who);
    case 'codeartifact:ListRepositories':
      return trans.__('%1 may not list repositories.', who);
    case 'codeartifact:ListRepositoriesInDomain':
      return trans.__('%1 may not list the repositories of the domain.', who);
    case 'codeartifact:ListPackages':
      return trans.__('%1 may not list the packages of the repository.', who);
    case 'codeartifact:ListPackageVersions':
      return trans.__('%1 may not list the versions of a package.', who);
    case 'codeartifact:DescribeDomain':
      return trans.__('%1 may not see the domain’s details.', who);
    case 'codeartifact:DescribeRepository':
      return trans.__('%1 may not see the repository’s details.', who);
    case 'sts:AssumeRole':
      return trans.__('%1 may not be assumed.', who);
    case undefined:
      return trans.__('%1 may not do this.', who);
    default:
      return trans.__('%1 may not use `%2`.', who, action);
  }
}

/** Which policy refused, as AWS tells it, and the action that it names. */
export function policySentence({ policyType, explicit, action, via }: Evidence, trans: Trans): string {
  if (policyType === undefined || policyType === 'unknown') {
    return trans.__('AWS does not say which policy refuses.');
  }
  const policy = policyName(policyType, trans);
  if (!explicit) {
    return action === undefined
      ? trans.__('No %1 allows it.', policy)
      : trans.__('No %1 allows `%2`.', policy, action);
  }
  if (via !== undefined && via !== 'unknown') {
    return trans.__('The %1 denies `%2`, through the %3.', policy, action ?? '*', policyName(via, trans));
  }
  return action === undefined
    ? trans.__('The %1 denies it.', policy)
    : trans.__('The %1 denies `%2`.', policy, action);
}

/** Asked of the domain, not of the repository (Service Authorization Reference, "AWS CodeArtifact"). */
const ON_THE_DOMAIN: readonly string[] = [
  'codeartifact:GetAuthorizationToken',
  'codeartifact:DescribeDomain',
  'codeartifact:ListRepositoriesInDomain'
];

const ofDomain = ({ action }: Evidence, { check }: Place): boolean =>
  action === undefined ? check === 'token' : ON_THE_DOMAIN.includes(action);

export function deniedHeadline(evidence: Evidence, trans: Trans, place: Place): string {
  switch (evidence.policyType) {
    case 'identity':
      return trans.__('AccessDenied by the role’s policy');
    case 'vpc_endpoint':
      return trans.__('AccessDenied by the endpoint’s policy');
    case 'resource':
      return ofDomain(evidence, place)
        ? trans.__('AccessDenied by the domain’s policy')
        : trans.__('AccessDenied by the repository’s policy');
    case 'scp':
      return trans.__('AccessDenied by a service control policy');
    case 'rcp':
      return trans.__('AccessDenied by a resource control policy');
    case 'boundary':
      return trans.__('AccessDenied by the role’s permissions boundary');
    case 'session':
      return trans.__('AccessDenied by the session’s policy');
    default:
      return place.check === 'index'
        ? trans.__('AccessDenied at the index')
        : trans.__('AccessDenied by AWS');
  }
}

function whatRefused(evidence: Evidence, trans: Trans, place: Place): string {
  switch (evidence.policyType) {
    case 'vpc_endpoint':
      return trans.__('The policy on the VPC endpoint itself refuses.');
    case 'resource':
      return ofDomain(evidence, place)
        ? trans.__('The policy of the domain refuses this notebook’s role.')
        : trans.__('The policy of the repository refuses this notebook’s role.');
    case 'scp':
      return trans.__('A service control policy of the organization refuses, whatever the role allows.');
    case 'rcp':
      return trans.__('A resource control policy of the organization refuses, whatever the role allows.');
    case 'boundary':
      return trans.__('The permissions boundary of the role refuses, whatever its policies allow.');
    case 'session':
      return trans.__('The policy of this session refuses, whatever the role allows.');
    case 'identity':
      return forbidden(evidence, trans);
    default:
      return evidence.action === undefined
        ? trans.__('AWS refuses and does not say which policy.')
        : trans.__('AWS refuses `%1` and does not say which policy.', evidence.action);
  }
}

/** Whether the token was there already: only the index is read with it. */
const hasToken = ({ action }: Evidence, { check }: Place): boolean =>
  action === 'codeartifact:ReadFromRepository' || (check !== undefined && CHECKS[check].node === 'index');

/** What a denial proves to be in order, then what refused. */
export function deniedSentence(evidence: Evidence, trans: Trans, place: Place): string {
  if (evidence.policyType === 'vpc_endpoint' && !hasToken(evidence, place)) {
    return trans.__(
      'The network is fine and the role may ask. The policy on the VPC endpoint itself refuses.'
    );
  }
  return sentences(
    hasToken(evidence, place)
      ? trans.__('The network and the token are fine.')
      : trans.__('The network is fine.'),
    whatRefused(evidence, trans, place)
  );
}

/** Policy, action and caller, as far as the sentence has not told them. */
export const deniedDetail = (evidence: Evidence, trans: Trans): string =>
  sentences(
    evidence.policyType === 'unknown' ? '' : policySentence(evidence, trans),
    evidence.policyType === 'identity' || evidence.principal === undefined
      ? ''
      : trans.__('Asked by: `%1`.', callerOf(evidence.principal).name || evidence.principal)
  );
