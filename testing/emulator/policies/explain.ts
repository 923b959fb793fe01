// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
import type { Decision, PolicyType } from './evaluate';
import type { Question } from './match';

const implicitName: Record<PolicyType, string> = {
  identity: 'identity-based policy',
  vpc_endpoint: 'VPC endpoint policy',
  resource: 'resource-based policy',
  scp: 'service control policy',
  rcp: 'resource control policy',
  boundary: 'permissions boundary',
  session: 'session policy'
};

const explicitName: Record<PolicyType, string> = {
  identity: 'an identity-based policy',
  vpc_endpoint: 'a VPC endpoint policy',
  resource: 'a resource-based policy',
  scp: 'a service control policy',
  rcp: 'a resource control policy',
  boundary: 'a permissions boundary',
  session: 'a session policy'
};

/** AWS names these types' ARNs only; endpoint and resource policies have none. */
const withArn: PolicyType[] = ['identity', 'scp', 'rcp', 'boundary', 'session'];

/** A denial in AWS's own sentence. */
export function explain(
  question: Question,
  decision: Decision & { allowed: false },
  nameArn: boolean
): string {
  const { action, resource, principal } = question;
  const context = decision.explicit
    ? `with an explicit deny in ${explicitName[decision.policyType]}`
    : `because no ${implicitName[decision.policyType]} allows the ${action} action`;
  const suffix =
    nameArn && decision.policyArn !== undefined && withArn.includes(decision.policyType)
      ? `: ${decision.policyArn}`
      : '';
  const on = resource === '*' ? '' : ` on resource: ${resource}`;
  return `User: ${principal} is not authorized to perform: ${action}${on} ${context}${suffix}`;
}
