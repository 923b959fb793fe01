// The order of https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
import type { NamedPolicy } from './document';
import { judge, type Question } from './match';

export type PolicyType = 'identity' | 'vpc_endpoint' | 'resource' | 'scp' | 'rcp' | 'boundary' | 'session';

export interface PolicySet {
  identity: NamedPolicy[];
  /** The interface endpoint that the call came through; null when it came another way. */
  vpcEndpoint: NamedPolicy | null;
  /** The policy on the domain or repository; null when it has none. */
  resource: NamedPolicy | null;
  /** No resource policy can grant the action (`sts:GetServiceBearerToken`). */
  resourceCannotGrant?: boolean;
  /** The resource belongs to another account: both sides must allow. */
  crossAccount: boolean;
  /** Empty: no organization policies are in the way. Each level's policies are taken as one. */
  scp: NamedPolicy[];
  rcp: NamedPolicy[];
  boundary: NamedPolicy | null;
  session: NamedPolicy | null;
}

export type Decision =
  | { allowed: true }
  | { allowed: false; explicit: boolean; policyType: PolicyType; policyArn: string | undefined };

/** Which policy type refuses, as AWS names one only even where several do. */
export function evaluate(question: Question, set: PolicySet): Decision {
  const groups: [PolicyType, NamedPolicy[]][] = [
    ['scp', set.scp],
    ['rcp', set.rcp],
    ['vpc_endpoint', one(set.vpcEndpoint)],
    ['resource', set.resourceCannotGrant ? [] : one(set.resource)],
    ['identity', set.identity],
    ['boundary', one(set.boundary)],
    ['session', one(set.session)]
  ];
  for (const [policyType, policies] of groups) {
    const denier = policies.find(policy => judge(policy.document, question) === 'deny');
    if (denier !== undefined) return { allowed: false, explicit: true, policyType, policyArn: denier.arn };
  }
  const allows = (policies: NamedPolicy[], byAccount = true): boolean =>
    policies.some(p => judge(p.document, question, byAccount) === 'allow');
  const implicit = (policyType: PolicyType, policyArn?: string): Decision => ({
    allowed: false,
    explicit: false,
    policyType,
    policyArn
  });
  // An RCP cannot allow; AWS attaches RCPFullAccess beside every other, so only its explicit denies count.
  if (set.scp.length > 0 && !allows(set.scp)) return implicit('scp', set.scp[0].arn);
  if (set.vpcEndpoint !== null && !allows([set.vpcEndpoint])) return implicit('vpc_endpoint');
  const identity = allows(set.identity);
  const resource = !set.resourceCannotGrant && allows(one(set.resource), set.crossAccount);
  if (set.crossAccount && !set.resourceCannotGrant) {
    if (!identity) return implicit('identity');
    if (!resource) return implicit('resource');
  } else if (!identity && !resource) return implicit('identity');
  if (set.boundary !== null && !allows([set.boundary])) return implicit('boundary', set.boundary.arn);
  if (set.session !== null && !allows([set.session])) return implicit('session', set.session.arn);
  return { allowed: true };
}

function one(policy: NamedPolicy | null): NamedPolicy[] {
  return policy === null ? [] : [policy];
}
