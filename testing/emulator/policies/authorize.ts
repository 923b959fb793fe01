import type { World } from '../world/world';
import type { Route } from '../world/state';
import { many, type PolicyDocument } from './document';
import { evaluate, type PolicySet } from './evaluate';
import { explain } from './explain';
import type { Question } from './match';

export interface Asked {
  action: string;
  resource: string;
  /** Account that owns the resource. */
  owner: string;
  /** The resource's own policy. */
  policy?: PolicyDocument | null;
  resourceCannotGrant?: boolean;
  /** More context keys, e.g. `sts:DurationSeconds`. */
  context?: Record<string, string>;
}

/** A domain's policy rules the repositories and packages in it too: either may allow, and a Deny of either counts. */
function resourcePolicy(world: World, { resource, policy }: Asked): PolicySet['resource'] {
  const domain = /:codeartifact:[^:]*:\d+:(?:repository|package)\/([^/]+)\//.exec(resource)?.[1];
  const ofDomain =
    domain !== undefined && Object.hasOwn(world.domains, domain) && world.domains[domain].policy;
  const documents = [policy, ofDomain].filter(each => each !== undefined && each !== null && each !== false);
  return documents.length === 0
    ? null
    : { document: { Statement: documents.flatMap(each => many(each.Statement)) } };
}

/** What the policy of an endpoint is judged by. */
export interface Through {
  id: string;
  policy: PolicyDocument;
}

/** AWS's sentence when the caller may not; undefined when it may. */
export function refusal(
  world: World,
  endpoint: Through | null,
  route: Route,
  asked: Asked
): string | undefined {
  const { caller } = world;
  const through = route === 'internet' ? null : endpoint;
  const keys: Record<string, string> = {
    'aws:PrincipalArn': caller.roleArn,
    'aws:PrincipalAccount': caller.account,
    'aws:PrincipalType': 'AssumedRole',
    'aws:ResourceAccount': asked.owner,
    'aws:RequestedRegion': world.region,
    'aws:SecureTransport': 'true',
    ...(caller.organization ? { 'aws:PrincipalOrgID': caller.organization } : {}),
    ...(through === null ? {} : { 'aws:SourceVpce': through.id, 'aws:SourceVpc': world.vpc.id }),
    ...asked.context
  };
  const question: Question = {
    action: asked.action,
    resource: asked.resource,
    principal: caller.arn,
    roleArn: caller.roleArn,
    account: caller.account,
    context: new Map(Object.entries(keys).map(([key, value]) => [key.toLowerCase(), value]))
  };
  const set: PolicySet = {
    identity: Object.values(caller.policies),
    vpcEndpoint: through === null ? null : { document: through.policy },
    resource: resourcePolicy(world, asked),
    resourceCannotGrant: asked.resourceCannotGrant,
    crossAccount: asked.owner !== caller.account,
    scp: world.serviceControlPolicies,
    rcp: asked.resourceCannotGrant ? [] : world.resourceControlPolicies,
    boundary: caller.boundary ?? null,
    session: caller.session ?? null
  };
  const decision = evaluate(question, set);
  return decision.allowed ? undefined : explain(question, decision, world.namePolicyArns);
}
