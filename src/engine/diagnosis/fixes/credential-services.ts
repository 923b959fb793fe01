import type { Fix } from '../../../protocol/fix';
import { type Evidence, fact } from '../../core/evidence';
import { partitionOf } from '../../core/partition';
import { principalOf } from '../../core/principal';
import { deniedFacts } from './denied-facts';
import type { FixContext } from './fix-facts';
import { denyOnRole } from './identity';
import { restricted } from './restricting-policies';
import { json } from './snippet';
import { aws, bash } from './shell';
import { addToStsPolicy, stsMissing, stsPolicy, stsSecurityGroup } from './sts-endpoint';
import { together, trans } from '../../core/say';

/** STS has an interface endpoint of its own; the sign-in services are reached over the Internet or a proxy. */
export function unreachableService(evidence: Evidence, facts: FixContext): Fix {
  const host = fact(evidence, 'host');
  if (fact(evidence, 'service') !== 'AWS STS') {
    return {
      who: 'platform team',
      text: trans.__(
        "The notebook must reach %1, such as through a proxy, to use a sign-in there. Without it, use the notebook's own role: leave the profile empty.",
        host
      ),
      snippets: [
        bash(trans.__('Whether it answers'), [`curl -sS -o /dev/null -w '%{http_code}' https://${host}/`])
      ]
    };
  }
  return fact(evidence, 'addressClass') === 'private'
    ? stsSecurityGroup(host, facts)
    : stsMissing(host, facts);
}

/** AWS's text is the same for both: "Not authorized to perform sts:AssumeRoleWithWebIdentity". */
const ENDPOINT_TOO = trans.__(
  'AWS does not say which policy refuses: where the VPC has an interface endpoint for AWS STS, its policy must pass the call as well.'
);

/** AssumeRole needs two: the trust policy of the role, and the caller's own policy; others can forbid it. */
export function deniedRole(evidence: Evidence, facts: FixContext): Fix {
  const role = fact(evidence, 'role');
  const host = fact(evidence, 'host');
  const action = `sts:${fact(evidence, 'operation') || 'AssumeRole'}`;
  const denied = deniedFacts({ ...evidence, action, resource: role }, facts);
  const fix = restricted(denied);
  if (fix) {
    return fix;
  }
  if (denied.type === 'vpc_endpoint') {
    return stsPolicy(host, denied.explicit, facts);
  }
  if (denied.type === 'identity' && denied.explicit) {
    return denyOnRole(denied);
  }
  const { name } = principalOf(role);
  const caller = principalOf(fact(evidence, 'principal'));
  const byToken = fact(evidence, 'kind') === 'web-identity';
  const principal =
    caller.iamArn ??
    (caller.kind === 'role'
      ? `arn:${caller.partition}:iam::${caller.account}:role/${caller.name}`
      : `arn:${partitionOf(facts.region)}:iam::REPLACE`);
  const look = bash(trans.__('What the role trusts'), [
    aws('iam get-role', { 'role-name': name || role, query: 'Role.AssumeRolePolicyDocument' })
  ]);
  return byToken
    ? {
        who: 'identity administrator',
        text: together(
          trans.__(
            'The trust policy of the role %1 must name the identity provider of the cluster (Federated), the action sts:AssumeRoleWithWebIdentity, and the service account of the notebook in its conditions.',
            role
          ),
          ENDPOINT_TOO
        ),
        snippets: [look, addToStsPolicy(host, facts)]
      }
    : {
        who: 'identity administrator',
        text: trans.__(
          'Let the trust policy of the role %1 name who asks, and a policy of who asks allow sts:AssumeRole on the role. Look for conditions as well: an external ID, an MFA device, the organization.',
          role
        ),
        snippets: [
          look,
          json(trans.__('Statement for the trust policy of the role'), {
            Effect: 'Allow',
            Principal: { AWS: principal },
            Action: 'sts:AssumeRole'
          }),
          json(trans.__('Statement for the policy of who asks'), {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Resource: role
          })
        ]
      };
}

/** STS cannot use the request: its own text says why. */
export const rejectedRole = (evidence: Evidence): Fix =>
  fact(evidence, 'profile') === '' ? rejectedByVariables() : rejectedOfProfile(evidence);

const rejectedByVariables = (): Fix => ({
  who: 'platform team',
  text: trans.__(
    'Correct AWS_ROLE_ARN, AWS_ROLE_SESSION_NAME and what stands in the file that AWS_WEB_IDENTITY_TOKEN_FILE names; on Amazon EKS they come from the service account of the pod. Where AWS STS names the Region, it has to be activated for the account.'
  ),
  snippets: [
    bash(trans.__('What the environment names'), [
      'env | grep -E "^AWS_(ROLE_ARN|ROLE_SESSION_NAME|WEB_IDENTITY_TOKEN_FILE)="'
    ])
  ]
});

const rejectedOfProfile = (evidence: Evidence): Fix => ({
  who: 'you',
  text: trans.__(
    'Correct what the profile says of the role in ~/.aws/config: role_arn, role_session_name, external_id, duration_seconds. Where AWS STS names the Region, it has to be activated for the account.'
  ),
  snippets: [
    bash(trans.__('In a terminal'), [
      aws('sts get-caller-identity', {
        ...(fact(evidence, 'profile') === '' ? {} : { profile: fact(evidence, 'profile') })
      })
    ])
  ]
});

/** The permission set is given to people in IAM Identity Center, account by account. */
export const deniedSignIn = (evidence: Evidence): Fix => ({
  who: 'identity administrator',
  text: trans.__(
    'Assign the permission set %1 in the account %2 to the user in IAM Identity Center; or write a role and account that the user has into the profile %3.',
    fact(evidence, 'role'),
    fact(evidence, 'account'),
    fact(evidence, 'profile')
  ),
  snippets: [
    bash(trans.__('Sign in again afterwards'), [aws('sso login', { profile: fact(evidence, 'profile') })])
  ]
});
