import { admit } from './admit';
import { domainArn, packagesArn, repositoriesArn, repositoryArn } from './arns';
import type { PolicyFacts } from '../fixes/fix-facts';
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
  /** Also what twine needs to upload. */
  readonly publish?: boolean;
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

/** Without it a diagnosis cannot tell a repository that draws from nowhere from one that reaches PyPI. */
const seeUpstreams = (facts: PolicyFacts): Statement => ({
  Sid: 'SeeUpstreams',
  Effect: 'Allow',
  Action: 'codeartifact:DescribeRepository',
  Resource: repositoriesArn(facts)
});

/** https://docs.aws.amazon.com/codeartifact/latest/ug/python-configure-twine.html */
const publishPackages = (facts: PolicyFacts): Statement => ({
  Sid: 'PublishPackages',
  Effect: 'Allow',
  Action: 'codeartifact:PublishPackageVersion',
  Resource: packagesArn(facts)
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
    Action: 'codeartifact:ListPackages',
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
  return [
    askForToken(facts),
    BEARER,
    findRepository(facts),
    readPackages(facts),
    seeUpstreams(facts),
    publishPackages(facts),
    ...listing(facts)
  ].find(s => [s.Action].flat().includes(action));
}

/** Whether only a picker or a list asks for it: connecting does without. */
export const isListing = (action: string): boolean =>
  /^codeartifact:(List[A-Za-z]+|DescribeDomain)$/.test(action);

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

function statementsOf(
  kind: PolicyKind,
  facts: PolicyFacts,
  { listing: lists = false, publish = false }: PolicyOptions
): readonly Statement[] {
  const list = lists ? listing(facts) : [];
  const published = publish ? [publishPackages(facts)] : [];
  switch (kind) {
    case 'role':
      return [
        askForToken(facts),
        BEARER,
        findRepository(facts),
        readPackages(facts),
        seeUpstreams(facts),
        ...list,
        ...published
      ];
    // sts:GetServiceBearerToken has no effect in resource policies (CodeArtifact guide, "Provision an IAM user").
    // A domain's policy rules the repositories in it too: upstreams of others are seen by it.
    case 'domain':
      return [askForToken(facts), seeUpstreams(facts), ...list.filter(s => s.Resource === domainArn(facts))];
    case 'repository':
      return [
        findRepository(facts),
        readPackages(facts),
        { ...seeUpstreams(facts), Resource: repositoryArn(facts) },
        ...list.filter(s => s.Resource === repositoryArn(facts) || s.Resource === packagesArn(facts)),
        ...published
      ];
    case 'api-endpoint':
      return [askForToken(facts), BEARER, findRepository(facts), seeUpstreams(facts), ...list];
    // Packages themselves pass the second endpoint: the two policies guard different calls.
    case 'repositories-endpoint':
      return [readPackages(facts), ...published];
  }
}

/** The least that pip needs, as a whole document of that kind. */
export function policyFor(kind: PolicyKind, facts: PolicyFacts, options: PolicyOptions = {}): PolicyDocument {
  const statements = statementsOf(kind, facts, options);
  return policyDocument(kind === 'role' ? statements : statements.map(s => opened(s, facts)));
}
