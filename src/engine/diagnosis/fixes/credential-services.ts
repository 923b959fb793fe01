import type { Fix } from '../../../protocol/fix';
import { type Evidence, fact } from '../../core/evidence';
import { principalOf } from '../../core/principal';
import { partitionOf } from '../../core/partition';
import { type PolicyDocument, policyDocument } from '../policies/statement';
import type { FixContext } from './fix-facts';
import { json } from './snippet';
import { aws, bash, blanks, comment, guarded, raw, variable } from './shell';
import { together, trans } from '../../core/say';

/** AssumeRoleWithWebIdentity is called without credentials: the role's trust policy judges it. */
const stsOnly = (region: string): PolicyDocument =>
  policyDocument([
    {
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity'],
      Resource: `arn:${partitionOf(region)}:iam::*:role/*`
    }
  ]);

const STS_EVERYBODY = trans.__(
  'Private DNS leads every client of the VPC to the endpoint: its security group must let all of them in on port 443, and its policy what they call besides, such as sts:GetCallerIdentity.'
);

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
  const region = facts.region || 'REGION';
  return {
    who: 'platform team',
    text: together(
      trans.__(
        "Make an interface endpoint for AWS STS in the VPC, with private DNS, so that %1 leads to it; or use the notebook's own role, which needs none.",
        host
      ),
      STS_EVERYBODY
    ),
    snippets: [
      bash(trans.__('The endpoint for AWS STS'), [
        guarded([
          ...blanks([
            { name: 'VPC_ID', value: 'vpc-REPLACE', what: 'the VPC of the notebook' },
            { name: 'SUBNET_ID', value: 'subnet-REPLACE', what: 'a subnet of it' },
            { name: 'ENDPOINT_SG', value: 'sg-REPLACE', what: 'lets the notebook in on port 443' }
          ]),
          comment(STS_EVERYBODY),
          aws('ec2 create-vpc-endpoint', {
            region,
            'vpc-endpoint-type': 'Interface',
            'service-name': `com.amazonaws.${region}.sts`,
            'vpc-id': variable('VPC_ID'),
            'subnet-ids': variable('SUBNET_ID'),
            'security-group-ids': variable('ENDPOINT_SG'),
            'private-dns-enabled': true,
            'policy-document': raw(`'${JSON.stringify(stsOnly(region), null, 2)}'`)
          })
        ])
      ])
    ]
  };
}

/** AssumeRole needs two: the trust policy of the role, and the caller's own policy. */
export function deniedRole(evidence: Evidence): Fix {
  const role = fact(evidence, 'role');
  const { name } = principalOf(role);
  const caller = principalOf(fact(evidence, 'principal'));
  const byToken = fact(evidence, 'kind') === 'web-identity';
  const principal =
    caller.iamArn ??
    (caller.kind === 'role'
      ? `arn:${caller.partition}:iam::${caller.account}:role/${caller.name}`
      : 'arn:aws:iam::REPLACE');
  const look = bash(trans.__('What the role trusts'), [
    aws('iam get-role', { 'role-name': name || role, query: 'Role.AssumeRolePolicyDocument' })
  ]);
  return byToken
    ? {
        who: 'identity administrator',
        text: trans.__(
          'The trust policy of the role %1 must name the identity provider of the cluster (Federated), the action sts:AssumeRoleWithWebIdentity, and the service account of the notebook in its conditions.',
          role
        ),
        snippets: [look]
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
