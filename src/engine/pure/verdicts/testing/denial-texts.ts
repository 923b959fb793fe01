import type { PolicyType } from '../../../../protocol/rung';

/** The four actions we call. */
export const ACTIONS = [
  'codeartifact:GetAuthorizationToken',
  'sts:GetServiceBearerToken',
  'codeartifact:GetRepositoryEndpoint',
  'codeartifact:ReadFromRepository'
] as const;

export const PRINCIPALS = [
  'arn:aws:sts::111122223333:assumed-role/SageMaker-DataScientist/SageMaker',
  'arn:aws:iam::111122223333:user/ana'
] as const;

export interface ContextForm {
  readonly text: (action: string) => string;
  readonly policyType: PolicyType;
  readonly explicit: boolean;
  readonly via?: PolicyType;
  readonly policyArn?: string;
}

const SCP = 'arn:aws:organizations::987654321098:policy/o-qv5af4abcd/service_control_policy/p-2kgnabcd';
const RCP = 'arn:aws:organizations::987654321098:policy/o-qv5af4abcd/resource_control_policy/p-3abcnabcd';
const MANAGED = 'arn:aws:iam::111122223333:policy/team/Limits';

const none = (policy: string, policyType: PolicyType, end = '', policyArn?: string): ContextForm => ({
  text: action => ` because no ${policy} allows the ${action} action${end}`,
  policyType,
  explicit: false,
  ...(policyArn === undefined ? {} : { policyArn })
});

const deny = (
  policy: string,
  policyType: PolicyType,
  end = '',
  more: Partial<ContextForm> = {}
): ContextForm => ({
  text: () => ` with an explicit deny in ${policy}${end}`,
  policyType,
  explicit: true,
  ...more
});

/** Every published form: facts/aws.md 4.1, from the IAM guide and the AWS Security Blog. */
export const CONTEXTS: readonly ContextForm[] = [
  none('identity-based policy', 'identity'),
  deny('an identity-based policy', 'identity'),
  none('resource-based policy', 'resource'),
  deny('a resource-based policy', 'resource'),
  none('VPC endpoint policy', 'vpc_endpoint'),
  deny('a VPC endpoint policy', 'vpc_endpoint'),
  deny('a VPC endpoint policy transitively through a service control policy', 'vpc_endpoint', '', {
    via: 'scp'
  }),
  none('service control policy', 'scp'),
  deny('a service control policy', 'scp'),
  { text: () => ' due to an explicit deny in a Service Control Policy', policyType: 'scp', explicit: true },
  none('resource control policy', 'rcp'),
  deny('a resource control policy', 'rcp'),
  none('permissions boundary', 'boundary'),
  deny('a permissions boundary', 'boundary'),
  none('session policy', 'session'),
  deny('a sessions policy', 'session'),
  deny('a session policy', 'session'),
  none('role trust policy', 'resource'),
  deny('the role trust policy', 'resource'),
  deny('a service control policy', 'scp', `: ${SCP}`, { policyArn: SCP }),
  deny('a resource control policy', 'rcp', `: ${RCP}`, { policyArn: RCP }),
  deny('a permissions boundary', 'boundary', `: ${MANAGED}`, { policyArn: MANAGED }),
  deny('a session policy', 'session', `: ${MANAGED}`, { policyArn: MANAGED }),
  deny('an identity-based policy', 'identity', `: ${MANAGED}`, { policyArn: MANAGED }),
  none('permissions boundary', 'boundary', `: ${MANAGED}`, MANAGED),
  none('service control policy', 'scp', `: ${SCP}`, SCP),
  deny('a service control policy', 'scp', '. Encoded authorization failure message: XQ_jqde5rHje6j9P-qke7'),
  // The guide's own examples repeat the action with a typing mistake.
  {
    text: () => ' because no identity-based policy allows the codeartifact:ListRespositories action',
    policyType: 'identity',
    explicit: false
  },
  // Older services and calls between accounts.
  { text: () => '', policyType: 'unknown', explicit: false },
  // What nobody has published.
  { text: () => ' because no quantum policy allows the thing', policyType: 'unknown', explicit: false },
  { text: () => ' with an explicit deny in a galactic policy', policyType: 'unknown', explicit: true },
  { text: () => ' because your organization said so', policyType: 'unknown', explicit: false }
];

const ARN = 'arn:aws:codeartifact:eu-central-1:111122223333:domain/analytics';

/** How the resource is said, and what is to be read of it. */
export const RESOURCES: readonly (readonly [text: string, read: string | undefined])[] = [
  [` on resource: ${ARN}`, ARN],
  [` on resource: "${ARN}"`, ARN],
  [' on this resource', undefined],
  ['', undefined]
];
