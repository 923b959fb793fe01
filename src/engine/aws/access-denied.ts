import type { PolicyType } from '../../protocol/rung';
import { parseDenial, type Denial } from './denial';
import type { Failure } from '../core/failure';
import { principalOf } from '../core/principal';

/** What our actions are for, in a data scientist's words. */
const PURPOSE: Readonly<Record<string, string>> = {
  'codeartifact:GetAuthorizationToken': 'ask for a token',
  'sts:GetServiceBearerToken': 'receive a token',
  'codeartifact:GetRepositoryEndpoint': "ask for the repository's address",
  'codeartifact:ReadFromRepository': 'read packages from the repository',
  'codeartifact:ListDomains': 'list domains',
  'codeartifact:ListRepositories': 'list repositories',
  'codeartifact:ListRepositoriesInDomain': 'list the repositories of the domain',
  'codeartifact:ListPackages': 'list the packages of the repository',
  'codeartifact:ListPackageVersions': 'list the versions of a package',
  'codeartifact:DescribeDomain': "see the domain's details",
  'codeartifact:DescribeRepository': "see the repository's details",
  'sts:AssumeRole': 'be assumed'
};

/** Another service's action, or one that is new, has its name only. */
const purposeOf = (action: string | undefined): string =>
  action === undefined ? 'do this' : (PURPOSE[action] ?? `use ${action}`);

/** AWS's names of the policy types, as its own texts have them. */
export const POLICY_WORDS: Readonly<Record<PolicyType, string>> = {
  identity: 'identity-based policy',
  resource: 'resource-based policy',
  vpc_endpoint: 'VPC endpoint policy',
  scp: 'service control policy',
  rcp: 'resource control policy',
  boundary: 'permissions boundary',
  session: 'session policy',
  unknown: 'policy'
};

/** "The role SageMaker-DataScientist", "The user ana", "This notebook". */
export function callerWords(principal: string | undefined): string {
  const who = principalOf(principal ?? '');
  if (who.permissionSet !== undefined) {
    return `The permission set ${who.permissionSet}`;
  }
  return who.kind === 'role' || who.kind === 'user' ? `The ${who.kind} ${who.name}` : 'This notebook';
}

function reason(denial: Denial): string {
  const words = POLICY_WORDS[denial.policyType];
  if (denial.policyType === 'unknown') {
    return 'AWS does not say which policy refuses';
  }
  const article = /^[aeiou]/.test(words) ? 'an' : 'a';
  const action = denial.action ?? 'it';
  if (!denial.explicit) {
    return `no ${words} allows ${action}`;
  }
  const behind =
    denial.via === undefined || denial.via === 'unknown' ? '' : `, through a ${POLICY_WORDS[denial.via]}`;
  return `${article} ${words} denies ${action}${behind}`;
}

/** AccessDenied, read and put in words; evidence carries what AWS named and nothing that it did not. */
export function deniedFailure(message: string, evidence: Readonly<Record<string, unknown>>): Failure {
  const denial = parseDenial(message);
  return {
    verdict: 'access_denied',
    cause: 'denied',
    summary: `${callerWords(denial.principal)} may not ${purposeOf(denial.action)}: ${reason(denial)}.`,
    // The whole text only when we did not understand it: then the administrator must read it.
    evidence: {
      ...evidence,
      ...denial,
      ...(denial.policyType === 'unknown' ? { message: message.slice(0, 1000) } : {})
    }
  };
}
