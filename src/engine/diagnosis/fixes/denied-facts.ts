import type { PolicyType } from '../../../protocol/rung';
import { domainArn, repositoryArn } from '../policies/arns';
import { type Evidence, fact } from '../../core/evidence';
import type { FixContext } from './fix-facts';
import { type Principal, principalOf } from '../../core/principal';
import { raw, type Value } from './shell';
import { trans } from '../../core/say';

/** A denial as fixes need it: what AWS named, and what we know where it named nothing. */
export interface Denied {
  readonly facts: FixContext;
  readonly type: PolicyType;
  readonly via: PolicyType | undefined;
  readonly explicit: boolean;
  readonly action: string;
  readonly resource: string;
  readonly policyArn: string;
  readonly who: Principal;
}

const TYPES: ReadonlySet<string> = new Set([
  'identity',
  'vpc_endpoint',
  'resource',
  'scp',
  'rcp',
  'boundary',
  'session'
]);

const typeOf = (value: string): PolicyType | undefined =>
  TYPES.has(value) ? (value as PolicyType) : undefined;

/** The resource that an action is judged on, when AWS's text leaves it out. */
function resourceOf(action: string, facts: FixContext): string {
  switch (action) {
    case 'codeartifact:GetAuthorizationToken':
    case 'codeartifact:DescribeDomain':
    case 'codeartifact:ListRepositoriesInDomain':
      return domainArn(facts);
    case 'codeartifact:GetRepositoryEndpoint':
    case 'codeartifact:ReadFromRepository':
    case 'codeartifact:DescribeRepository':
    case 'codeartifact:ListPackages':
      return repositoryArn(facts);
    default:
      return '*';
  }
}

/** The action of a rung's own call, for a text that names none. */
function actionOf(facts: FixContext): string {
  switch (facts.rung) {
    case 'endpoint':
      return 'codeartifact:GetRepositoryEndpoint';
    case 'index':
    case 'tools':
      return 'codeartifact:ReadFromRepository';
    default:
      return 'codeartifact:GetAuthorizationToken';
  }
}

/** The caller that AWS named beats what we believe: the fix must be for that one. */
export function deniedFacts(evidence: Evidence, known: FixContext): Denied {
  const principal = fact(evidence, 'principal') || known.roleArn || '';
  const facts: FixContext =
    principal === '' ? known : { ...known, roleArn: principalToUse(principal, known) };
  const action = fact(evidence, 'action') || actionOf(facts);
  return {
    facts,
    type: typeOf(fact(evidence, 'policyType')) ?? 'unknown',
    via: typeOf(fact(evidence, 'via')),
    explicit: evidence.explicit === true,
    action,
    resource: fact(evidence, 'resource') || resourceOf(action, facts),
    policyArn: fact(evidence, 'policyArn'),
    who: principalOf(facts.roleArn ?? '')
  };
}

/** AWS names the session, which leaves out the role's path; keep the full ARN where we know it to be the same role. */
function principalToUse(named: string, known: FixContext): string {
  const a = principalOf(named);
  const b = principalOf(known.roleArn ?? '');
  return b.iamArn !== undefined && a.kind === b.kind && a.name === b.name && a.account === b.account
    ? b.arn
    : named;
}

/** "role SageMaker-DataScientist", "user ana", "notebook's role". */
export const callerName = (who: Principal): string =>
  who.kind === 'role'
    ? trans.__('role %1', who.name)
    : who.kind === 'user'
      ? trans.__('user %1', who.name)
      : trans.__("notebook's role");

/** Lines and value for the role's name: from AWS's text, else to be filled in. */
export function roleName(who: Principal): { readonly lines: readonly string[]; readonly value: Value } {
  return who.name === ''
    ? {
        lines: ['# Fill in once:', "ROLE_NAME=REPLACE  # the notebook's execution role", ''],
        value: raw('"$ROLE_NAME"')
      }
    : { lines: [], value: who.name };
}

/** "account 111122223333, which owns the domain". */
export const owningAccount = (facts: FixContext): string =>
  facts.domainOwner === ''
    ? trans.__('the account that owns the domain')
    : trans.__('account %1, which owns the domain', facts.domainOwner);

/** Only one policy type is named even where several refuse (IAM guide, "Troubleshoot access denied"). */
export const SECOND_DENIAL = trans.__(
  'AWS names only one policy at a time, so after this a second denial may appear; check again.'
);
