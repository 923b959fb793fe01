import { checkDocument } from './check-document';
import type { NamedPolicy, Statement } from './document';
import { evaluate, type PolicySet, type PolicyType } from './evaluate';
import { explain } from './explain';
import type { Question } from './match';

const account = '111122223333';
const roleArn = `arn:aws:iam::${account}:role/notebook-role`;
const session = `arn:aws:sts::${account}:assumed-role/notebook-role/SageMaker`;
const domain = `arn:aws:codeartifact:us-east-1:${account}:domain/analytics`;

const policy = (statement: Partial<Statement>, arn?: string): NamedPolicy => ({
  arn,
  document: { Statement: { Effect: 'Allow', Action: '*', Resource: '*', ...statement } }
});
const allowAll = policy({});
const allow = (action: string): NamedPolicy => policy({ Action: action });
const deny = (action = 'codeartifact:GetAuthorizationToken', arn?: string): NamedPolicy =>
  policy({ Effect: 'Deny', Action: action }, arn);
const withDeny = (arn?: string): NamedPolicy => ({
  arn,
  document: { Statement: [allowAll, deny()].map(each => each.document.Statement as Statement) }
});
const grant = (
  principal: Statement['Principal'],
  action = 'codeartifact:GetAuthorizationToken'
): NamedPolicy => policy({ Principal: principal, Action: action });

function question(changes: Partial<Question> & { keys?: Record<string, string> } = {}): Question {
  const keys = { 'aws:principalarn': roleArn, ...changes.keys };
  return {
    action: 'codeartifact:GetAuthorizationToken',
    resource: domain,
    principal: session,
    roleArn,
    account,
    context: new Map(Object.entries(keys).map(([key, value]) => [key.toLowerCase(), value])),
    ...changes
  };
}

const set = (changes: Partial<PolicySet>): PolicySet => ({
  identity: [],
  vpcEndpoint: null,
  resource: null,
  crossAccount: false,
  scp: [],
  rcp: [],
  boundary: null,
  session: null,
  ...changes
});

const bearer = {
  action: 'sts:GetServiceBearerToken',
  resource: '*',
  keys: { 'sts:AWSServiceName': 'codeartifact.amazonaws.com', 'sts:DurationSeconds': '43200' }
};
const bearerIf = (operator: string, key: string, value: string): NamedPolicy =>
  policy({ Action: 'sts:GetServiceBearerToken', Condition: { [operator]: { [key]: value } } });

type Verdict = 'allow' | `explicit ${PolicyType}` | `implicit ${PolicyType}`;

const cases: [string, Question, Partial<PolicySet>, Verdict][] = [
  ['the role allows it', question(), { identity: [allow('codeartifact:GetAuthorizationToken')] }, 'allow'],
  ['no policy of the role names it', question(), { identity: [allow('s3:GetObject')] }, 'implicit identity'],
  ['the role allows and denies it', question(), { identity: [allowAll, deny()] }, 'explicit identity'],
  ['the role allows codeartifact:*', question(), { identity: [allow('codeartifact:*')] }, 'allow'],
  ['the role allows codeartifact:Get?uth*', question(), { identity: [allow('codeartifact:Get?uth*')] }, 'allow'],
  ['the role allows it for another domain', question(), { identity: [policy({ Resource: `${domain}-other` })] }, 'implicit identity'],
  ['the endpoint allows other actions only', question(), { identity: [allowAll], vpcEndpoint: allow('codeartifact:List*') }, 'implicit vpc_endpoint'],
  ['the endpoint denies it', question(), { identity: [allowAll], vpcEndpoint: withDeny() }, 'explicit vpc_endpoint'],
  ['the domain policy alone lets the role in', question(), { resource: grant({ AWS: roleArn }) }, 'allow'],
  ['the domain policy leaves it to the account', question(), { resource: grant({ AWS: `arn:aws:iam::${account}:root` }) }, 'implicit identity'],
  ['another account leaves it to this one, which allows it', question(), { identity: [allowAll], resource: grant({ AWS: account }), crossAccount: true }, 'allow'],
  ['the endpoint lets the account in', question(), { identity: [allowAll], vpcEndpoint: grant({ AWS: `arn:aws:iam::${account}:root` }) }, 'allow'],
  ['the domain policy denies the whole account', question(), { identity: [allowAll], resource: policy({ Effect: 'Deny', Principal: { AWS: account } }) }, 'explicit resource'],
  ['the domain policy lets another role in', question(), { resource: grant({ AWS: `${roleArn}-2` }) }, 'implicit identity'],
  ['the domain policy denies the role', question(), { identity: [allowAll], resource: policy({ Effect: 'Deny', Principal: '*' }) }, 'explicit resource'],
  ['another account owns the domain and does not share it', question(), { identity: [allowAll], crossAccount: true }, 'implicit resource'],
  ['another account shares the domain, the role lacks it', question(), { resource: grant('*'), crossAccount: true }, 'implicit identity'],
  ['both sides of two accounts allow it', question(), { identity: [allowAll], resource: grant('*'), crossAccount: true }, 'allow'],
  ['the organization allows other services only', question(), { identity: [allowAll], scp: [allow('s3:*')] }, 'implicit scp'],
  ['the organization denies it', question(), { identity: [allowAll], scp: [allowAll, deny()] }, 'explicit scp'],
  ['a resource control policy denies it', question(), { identity: [allowAll], rcp: [deny()] }, 'explicit rcp'],
  ['the boundary does not hold it', question(), { identity: [allowAll], boundary: allow('s3:*') }, 'implicit boundary'],
  ['the boundary denies it', question(), { identity: [allowAll], boundary: withDeny() }, 'explicit boundary'],
  ['the session policy does not hold it', question(), { identity: [allowAll], session: allow('s3:*') }, 'implicit session'],
  ['the session policy denies it', question(), { identity: [allowAll], session: withDeny() }, 'explicit session'],
  ['the bearer token is for CodeArtifact', question(bearer), { identity: [bearerIf('StringEquals', 'sts:AWSServiceName', 'codeartifact.amazonaws.com')], resourceCannotGrant: true }, 'allow'],
  ['the bearer token is for another service', question(bearer), { identity: [bearerIf('StringEquals', 'sts:AWSServiceName', 'other.amazonaws.com')], resourceCannotGrant: true }, 'implicit identity'],
  ['the bearer token lives longer than allowed', question(bearer), { identity: [bearerIf('NumericLessThanEquals', 'sts:DurationSeconds', '3600')], resourceCannotGrant: true }, 'implicit identity'],
  ['the bearer token lives as long as allowed', question(bearer), { identity: [bearerIf('NumericLessThanEquals', 'sts:DurationSeconds', '43200')], resourceCannotGrant: true }, 'allow'],
  ['a resource policy grants the bearer token', question(bearer), { resource: grant('*', '*'), resourceCannotGrant: true }, 'implicit identity'],
  ['the endpoint allows CodeArtifact, not the bearer token', question(bearer), { identity: [allowAll], vpcEndpoint: allow('codeartifact:*'), resourceCannotGrant: true }, 'implicit vpc_endpoint'],
  ['the call must come through an endpoint and does not', question(), { identity: [policy({ Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } })] }, 'implicit identity'],
  ['the call comes through the endpoint it must', question({ keys: { 'aws:SourceVpce': 'vpce-1' } }), { identity: [policy({ Condition: { StringEquals: { 'aws:sourcevpce': ['vpce-0', 'vpce-1'] } } })] }, 'allow'],
  ['all but one endpoint are denied, the call comes past every one', question(), { identity: [allowAll, policy({ Effect: 'Deny', Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } } })] }, 'explicit identity'],
  ['a role of any name with a prefix may', question(), { identity: [policy({ Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/notebook-*' } } })] }, 'allow'],
  ['a wildcard does not cross a colon of an ARN', question(), { identity: [policy({ Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:*/notebook-role' } } })] }, 'implicit identity'],
  ['StringLike crosses it', question(), { identity: [policy({ Condition: { StringLike: { 'aws:PrincipalArn': 'arn:*/notebook-role' } } })] }, 'allow'],
  ['two conditions must both hold', question(), { identity: [policy({ Condition: { StringLike: { 'aws:PrincipalArn': '*' }, Bool: { 'aws:SecureTransport': 'true' } } })] }, 'implicit identity'],
  ['IfExists holds for an absent key', question(), { identity: [policy({ Condition: { StringEqualsIfExists: { 'aws:SourceVpce': 'x' } } })] }, 'allow'],
  ['Null asks that a key is absent', question(), { identity: [policy({ Condition: { Null: { 'aws:SourceVpce': 'true' } } })] }, 'allow'],
  ['everything but one action is allowed', question(), { identity: [{ document: { Statement: { Effect: 'Allow', NotAction: 'codeartifact:Get*', Resource: '*' } } }] }, 'implicit identity']
]; // prettier-ignore

describe('who may do what', () => {
  test.each(cases)('%s', (_name, asked, changes, verdict) => {
    const decision = evaluate(asked, set(changes));
    expect(
      decision.allowed ? 'allow' : `${decision.explicit ? 'explicit' : 'implicit'} ${decision.policyType}`
    ).toBe(verdict);
  });
});

describe("AWS's sentence", () => {
  const head = `User: ${session} is not authorized to perform: codeartifact:GetAuthorizationToken on resource: ${domain}`;
  const no = (type: string): string =>
    `${head} because no ${type} allows the codeartifact:GetAuthorizationToken action`;
  const denied = (type: string): string => `${head} with an explicit deny in ${type}`;

  test.each<[Partial<PolicySet>, string]>([
    [{}, no('identity-based policy')],
    [{ identity: [allowAll, deny()] }, denied('an identity-based policy')],
    [{ identity: [allowAll], vpcEndpoint: deny() }, denied('a VPC endpoint policy')],
    [{ identity: [allowAll], vpcEndpoint: allow('s3:*') }, no('VPC endpoint policy')],
    [{ identity: [allowAll], crossAccount: true }, no('resource-based policy')],
    [
      { identity: [allowAll], resource: policy({ Effect: 'Deny', Principal: '*' }) },
      denied('a resource-based policy')
    ],
    [{ identity: [allowAll], scp: [allow('s3:*')] }, no('service control policy')],
    [{ identity: [allowAll], scp: [allowAll, deny()] }, denied('a service control policy')],
    [{ identity: [allowAll], rcp: [deny()] }, denied('a resource control policy')],
    [{ identity: [allowAll], boundary: allow('s3:*') }, no('permissions boundary')],
    [{ identity: [allowAll], boundary: deny() }, denied('a permissions boundary')],
    [{ identity: [allowAll], session: allow('s3:*') }, no('session policy')],
    [{ identity: [allowAll], session: deny() }, denied('a session policy')]
  ])('%#: %j', (changes, sentence) => {
    const decision = evaluate(question(), set(changes));
    expect(!decision.allowed && explain(question(), decision, false)).toBe(sentence);
  });

  const arn = 'arn:aws:organizations::444455556666:policy/o-a1b2c3d4e5/service_control_policy/p-0a1b2c3d';

  test('ends with the ARN of the policy where AWS names it', () => {
    const decision = evaluate(
      question(),
      set({ identity: [allowAll], scp: [allowAll, deny(undefined, arn)] })
    );
    expect(!decision.allowed && explain(question(), decision, true)).toBe(
      `${denied('a service control policy')}: ${arn}`
    );
  });

  test('names no resource for the bearer token', () => {
    const decision = evaluate(question(bearer), set({}));
    expect(!decision.allowed && explain(question(bearer), decision, false)).toBe(
      `User: ${session} is not authorized to perform: sts:GetServiceBearerToken because no identity-based policy allows the sts:GetServiceBearerToken action`
    );
  });
});

describe('a policy that AWS would not take', () => {
  const good = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'codeartifact:*', Resource: '*' }]
  };

  test('a good one is taken as it is', () => {
    expect(checkDocument(good, 'identity')).toBe(good);
  });

  test.each<[string, unknown, 'identity' | 'resource']>([
    ['no statement', { Version: '2012-10-17' }, 'identity'],
    ['another version', { ...good, Version: '2025-01-01' }, 'identity'],
    ['a principal in a role policy', { Statement: { ...good.Statement[0], Principal: '*' } }, 'identity'],
    ['no principal in a resource policy', good, 'resource'],
    ['no action', { Statement: { Effect: 'Allow', Resource: '*' } }, 'identity'],
    [
      'an action without a service',
      { Statement: { Effect: 'Allow', Action: 'GetObject', Resource: '*' } },
      'identity'
    ],
    ['no resource', { Statement: { Effect: 'Allow', Action: '*' } }, 'identity'],
    ['a misspelt member', { Statement: { ...good.Statement[0], Conditions: {} } }, 'identity'],
    [
      'an operator nobody knows',
      { Statement: { ...good.Statement[0], Condition: { StringMatches: {} } } },
      'identity'
    ],
    ['an effect nobody knows', { Statement: { ...good.Statement[0], Effect: 'Permit' } }, 'identity']
  ])('%s', (_name, document, kind) => {
    expect(() => checkDocument(document, kind)).toThrow(/^MalformedPolicyDocument: /);
  });
});
