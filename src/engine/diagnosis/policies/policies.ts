import { domainArn, packagesArn, partitionOf, repositoryArn } from './arns';
import type { PolicyFacts } from '../fixes/fix-facts';
import { type Principal, principalOf } from '../../core/principal';
import { policyDocument, type PolicyDocument, type Statement } from './statement';

/** Which policy: the role's own, the two resource policies, the two endpoint policies. */
export const POLICY_KINDS = [
  'role',
  'repository',
  'domain',
  'api-endpoint',
  'repositories-endpoint'
] as const;

export type PolicyKind = (typeof POLICY_KINDS)[number];

export interface PolicyOptions {
  /** Also what the repository picker and the package list call; connecting does without. */
  readonly listing?: boolean;
}

/**
 * `sts:GetServiceBearerToken` has no resource, and without the condition it would let the role get
 * bearer tokens of every service: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_bearer.html
 */
export const BEARER: Statement = {
  Sid: 'ReceiveToken',
  Effect: 'Allow',
  Action: 'sts:GetServiceBearerToken',
  Resource: '*',
  Condition: { StringEquals: { 'sts:AWSServiceName': 'codeartifact.amazonaws.com' } }
};

const askForToken = (facts: PolicyFacts): Statement => ({
  Sid: 'AskForToken',
  Effect: 'Allow',
  Action: 'codeartifact:GetAuthorizationToken',
  Resource: domainArn(facts)
});

const findRepository = (facts: PolicyFacts): Statement => ({
  Sid: 'FindRepository',
  Effect: 'Allow',
  Action: 'codeartifact:GetRepositoryEndpoint',
  Resource: repositoryArn(facts)
});

const readPackages = (facts: PolicyFacts): Statement => ({
  Sid: 'ReadPackages',
  Effect: 'Allow',
  Action: 'codeartifact:ReadFromRepository',
  Resource: repositoryArn(facts)
});

const listing = (facts: PolicyFacts): readonly Statement[] => [
  {
    Sid: 'ListDomains',
    Effect: 'Allow',
    Action: ['codeartifact:ListDomains', 'codeartifact:ListRepositories'],
    Resource: '*'
  },
  {
    Sid: 'ListRepositories',
    Effect: 'Allow',
    Action: ['codeartifact:DescribeDomain', 'codeartifact:ListRepositoriesInDomain'],
    Resource: domainArn(facts)
  },
  {
    Sid: 'ListPackages',
    Effect: 'Allow',
    Action: ['codeartifact:DescribeRepository', 'codeartifact:ListPackages'],
    Resource: repositoryArn(facts)
  },
  {
    Sid: 'ListVersions',
    Effect: 'Allow',
    Action: 'codeartifact:ListPackageVersions',
    Resource: packagesArn(facts)
  }
];

/** The statement that allows one of our actions; undefined for any other. */
export function statementFor(action: string, facts: PolicyFacts): Statement | undefined {
  return [askForToken(facts), BEARER, findRepository(facts), readPackages(facts), ...listing(facts)].find(s =>
    [s.Action].flat().includes(action)
  );
}

/** Whether only a picker or a list asks for it: connecting does without. */
export const isListing = (action: string): boolean =>
  /^codeartifact:(List[A-Za-z]+|Describe(Domain|Repository))$/.test(action);

/**
 * Who a resource's or endpoint's policy lets in. A session's ARN leaves out the role's path, and a
 * guess at it would let nobody in: then the account is named, narrowed to roles of that name.
 */
export function admit(facts: PolicyFacts): Pick<Statement, 'Principal' | 'Condition'> {
  const caller = principalOf(facts.roleArn ?? '');
  if (caller.iamArn !== undefined) {
    return { Principal: { AWS: caller.iamArn } };
  }
  const account = accountOf(caller, facts);
  const root = `arn:${partitionOf(facts.region)}:iam::${account}:root`;
  if (caller.kind !== 'role') {
    return { Principal: { AWS: root } };
  }
  const roles = `arn:${caller.partition}:iam::${caller.account}:role`;
  return {
    Principal: { AWS: root },
    Condition: { ArnLike: { 'aws:PrincipalArn': [`${roles}/${caller.name}`, `${roles}/*/${caller.name}`] } }
  };
}

/** With nobody known at all AWS must refuse the text: `*` would let everybody in. */
const accountOf = (caller: Principal, facts: PolicyFacts): string =>
  caller.account || facts.accountId || facts.domainOwner || 'REPLACE';

/** A statement with its principal; resource and endpoint policies name theirs, a role's has none. */
function opened(statement: Statement, facts: PolicyFacts): Statement {
  const { Principal, Condition } = admit(facts);
  const both = { ...statement.Condition, ...Condition };
  return {
    Effect: statement.Effect,
    ...(Principal === undefined ? {} : { Principal }),
    Action: statement.Action,
    Resource: statement.Resource,
    ...(Object.keys(both).length === 0 ? {} : { Condition: both })
  };
}

function statementsOf(kind: PolicyKind, facts: PolicyFacts, lists: boolean): readonly Statement[] {
  const list = lists ? listing(facts) : [];
  switch (kind) {
    case 'role':
      return [askForToken(facts), BEARER, findRepository(facts), readPackages(facts), ...list];
    // sts:GetServiceBearerToken has no effect in resource policies (CodeArtifact guide, "Provision an IAM user").
    case 'domain':
      return [askForToken(facts), ...list.filter(s => s.Resource === domainArn(facts))];
    case 'repository':
      return [
        findRepository(facts),
        readPackages(facts),
        ...list.filter(s => s.Resource === repositoryArn(facts) || s.Resource === packagesArn(facts))
      ];
    case 'api-endpoint':
      return [askForToken(facts), BEARER, findRepository(facts), ...list];
    // Packages themselves pass the second endpoint: the two policies guard different calls.
    case 'repositories-endpoint':
      return [readPackages(facts)];
  }
}

/** The least that pip needs, as a whole document of that kind. */
export function policyFor(kind: PolicyKind, facts: PolicyFacts, options: PolicyOptions = {}): PolicyDocument {
  const statements = statementsOf(kind, facts, options.listing ?? false);
  return policyDocument(kind === 'role' ? statements : statements.map(s => opened(s, facts)));
}
