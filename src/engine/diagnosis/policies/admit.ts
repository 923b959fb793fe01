import type { PolicyFacts } from '../fixes/fix-facts';
import { type Principal, principalOf } from '../../core/principal';
import { partitionOf } from '../../core/partition';
import type { Statement } from './statement';

/**
 * Who a resource's or endpoint's policy lets in. A session's ARN leaves out the role's path, and a
 * guess at it would let nobody in: then the account is named, narrowed to roles of that name.
 */
export function admit(facts: PolicyFacts): Pick<Statement, 'Principal' | 'Condition'> {
  const { admitted } = facts;
  if (admitted?.kind === 'organization') {
    // All accounts, but only with the organization's mark, which AWS sets and a caller cannot:
    // https://docs.aws.amazon.com/codeartifact/latest/ug/domain-policies.html
    return {
      Principal: { AWS: '*' },
      Condition: { StringEquals: { 'aws:PrincipalOrgID': admitted.id } }
    };
  }
  if (admitted?.kind === 'account') {
    return { Principal: { AWS: root(facts, admitted.account) } };
  }
  const caller = principalOf(admitted?.arn ?? facts.roleArn ?? '');
  if (caller.iamArn !== undefined) {
    return { Principal: { AWS: caller.iamArn } };
  }
  if (caller.kind !== 'role') {
    return { Principal: { AWS: root(facts, accountOf(caller, facts)) } };
  }
  const roles = `arn:${caller.partition}:iam::${caller.account}:role`;
  return {
    Principal: { AWS: root(facts, caller.account) },
    Condition: { ArnLike: { 'aws:PrincipalArn': [`${roles}/${caller.name}`, `${roles}/*/${caller.name}`] } }
  };
}

const root = ({ region }: PolicyFacts, account: string): string =>
  `arn:${partitionOf(region)}:iam::${account}:root`;

/** With nobody known at all AWS must refuse the text: `*` would let everybody in. */
const accountOf = (caller: Principal, facts: PolicyFacts): string =>
  caller.account || facts.accountId || facts.domainOwner || 'REPLACE';
