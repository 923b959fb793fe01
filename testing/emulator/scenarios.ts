import type { PolicyDocument } from './policies/document';
import { fullAccess } from './world/default-world';
import { mergePatch } from './world/merge-patch';
import type { World } from './world/world';

export interface Scenario {
  /** One line for `scenarios`. */
  title: string;
  /** What the broken world has that a healthy one has not; undefined where nothing is broken. */
  patch: (world: World) => unknown;
}

/** The caller's policy without the statements that allow an action. */
function without(world: World, action: string): PolicyDocument {
  const [policy] = Object.values(world.caller.policies);
  const statements = [policy.document.Statement].flat();
  const kept = statements
    .map(each => ({ ...each, Action: [each.Action ?? []].flat().filter(name => name !== action) }))
    .filter(each => each.Action.length > 0);
  return { ...policy.document, Statement: kept };
}

const rolePolicy = (world: World, document: PolicyDocument): unknown => ({
  caller: { policies: { [Object.keys(world.caller.policies)[0]]: { document } } }
});

/** The article's endpoint policy: everything allowed, some actions denied. */
const endpointDeny = (action: string): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [
    ...[fullAccess.Statement].flat(),
    { Effect: 'Deny', Principal: '*', Action: action, Resource: '*' }
  ]
});

const endpointAllow = (action: string): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: action, Resource: '*' }]
});

const denyRole = (world: World, action: string): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Principal: { AWS: world.caller.roleArn }, Action: action, Resource: '*' }]
});

const eachDomain = (world: World, patch: unknown): unknown =>
  Object.fromEntries(Object.keys(world.domains).map(name => [name, patch]));

const eachRepository = (world: World, patch: unknown): unknown =>
  Object.fromEntries(Object.keys(world.repositories).map(name => [name, patch]));

const lastDead = (world: World, side: 'api' | 'repositories'): unknown => ({
  deadAddresses: world.endpoints[side].addresses.slice(1).slice(-1)
});

export const scenarios: Record<string, Scenario> = {
  ok: { title: 'everything is right', patch: () => ({}) },
  'no-endpoints': {
    title: 'no interface endpoints: both names lead to public addresses, and connects hang',
    patch: () => ({ endpoints: { api: { exists: false }, repositories: { exists: false } } })
  },
  'api-missing': {
    title: 'only the repositories endpoint exists: API calls hang',
    patch: () => ({ endpoints: { api: { exists: false } } })
  },
  'repositories-missing': {
    title: 'only the api endpoint exists: the token comes, pip hangs',
    patch: () => ({ endpoints: { repositories: { exists: false } } })
  },
  'private-dns-off': {
    title: 'both endpoints exist without private DNS: only their vpce- names connect',
    patch: () => ({ endpoints: { api: { privateDns: false }, repositories: { privateDns: false } } })
  },
  'security-group': {
    title: "the endpoints' security group does not let port 443 in",
    patch: () => ({
      endpoints: { api: { securityGroupOpen: false }, repositories: { securityGroupOpen: false } }
    })
  },
  'one-zone-dead': {
    title: 'the last address of each endpoint is silent (where it has more than one)',
    patch: world => ({
      endpoints: { api: lastDead(world, 'api'), repositories: lastDead(world, 'repositories') }
    })
  },
  egress: {
    title: "the notebook's own security group lets nothing out",
    patch: () => ({ vpc: { egressOpen: false } })
  },
  'no-dns-hostnames': {
    title: 'the VPC has DNS hostnames off, so private DNS has no effect',
    patch: () => ({
      vpc: { enableDnsHostnames: false },
      endpoints: { api: { privateDns: false }, repositories: { privateDns: false } }
    })
  },
  'no-role-permission': {
    title: 'the role may not call GetAuthorizationToken',
    patch: world => rolePolicy(world, without(world, 'codeartifact:GetAuthorizationToken'))
  },
  'no-bearer-token': {
    title: 'the role may not call sts:GetServiceBearerToken',
    patch: world => rolePolicy(world, without(world, 'sts:GetServiceBearerToken'))
  },
  'no-repository-permission': {
    title: 'the role may get a token, but neither the endpoint of the repository nor a package',
    patch: world => ({
      caller: {
        policies: {
          [Object.keys(world.caller.policies)[0]]: {
            document: {
              ...fullAccess,
              Statement: [
                {
                  Effect: 'Allow',
                  Action: ['codeartifact:GetAuthorizationToken', 'sts:GetServiceBearerToken'],
                  Resource: '*'
                }
              ]
            }
          }
        }
      }
    })
  },
  'endpoint-policy': {
    title: "the api endpoint's policy denies GetAuthorizationToken",
    patch: () => ({ endpoints: { api: { policy: endpointDeny('codeartifact:GetAuthorizationToken') } } })
  },
  'endpoint-policy-index': {
    title: "the repositories endpoint's policy denies ReadFromRepository: pip finds nothing",
    patch: () => ({
      endpoints: { repositories: { policy: endpointDeny('codeartifact:ReadFromRepository') } }
    })
  },
  'endpoint-policy-narrow': {
    title: "the api endpoint's policy allows lists only",
    patch: () => ({ endpoints: { api: { policy: endpointAllow('codeartifact:List*') } } })
  },
  'endpoint-policy-no-bearer': {
    title: "the api endpoint's policy allows CodeArtifact, but not sts:GetServiceBearerToken",
    patch: () => ({ endpoints: { api: { policy: endpointAllow('codeartifact:*') } } })
  },
  'endpoint-policy-index-narrow': {
    title: "the repositories endpoint's policy allows nothing that pip needs",
    patch: () => ({ endpoints: { repositories: { policy: endpointAllow('codeartifact:List*') } } })
  },
  'key-disabled': {
    title: "the domain's KMS key is disabled",
    patch: world => ({ domains: eachDomain(world, { keyState: 'Disabled' }) })
  },
  'repository-policy': {
    title: "the repository's policy denies the role: the token comes, pip finds nothing",
    patch: world => ({
      repositories: eachRepository(world, { policy: denyRole(world, 'codeartifact:ReadFromRepository') })
    })
  },
  'domain-policy': {
    title: "the domain's policy denies the role GetAuthorizationToken",
    patch: world => ({
      domains: eachDomain(world, { policy: denyRole(world, 'codeartifact:GetAuthorizationToken') })
    })
  },
  'domain-not-shared': {
    title: 'the domain has no policy: where another account owns it, it is not shared',
    patch: world => ({ domains: eachDomain(world, { policy: null }) })
  },
  'repository-not-shared': {
    title: 'the repositories have no policy: where another account owns them, they are not shared',
    patch: world => ({ repositories: eachRepository(world, { policy: null }) })
  },
  'repository-not-found': {
    title: 'the repository does not exist',
    patch: world => ({ repositories: eachRepository(world, null) })
  },
  'no-upstream': {
    title: 'the repository has no upstream: it holds only what was put in',
    patch: world => ({ repositories: eachRepository(world, { upstreams: [], externalConnections: [] }) })
  },
  throttled: {
    title: 'GetAuthorizationToken is over its quota (Retry-After: 2)',
    patch: () => ({ faults: { api: { kind: 'throttled', retryAfterSeconds: 2 } } })
  },
  'service-error': {
    title: 'the service answers 500',
    patch: () => ({ faults: { api: { kind: 'error', status: 500 } } })
  },
  'proxy-page': {
    title: 'a proxy answers HTML with status 403 in place of the API',
    patch: () => ({ faults: { api: { kind: 'proxy_page', status: 403 } } })
  },
  'proxy-page-index': {
    title: 'a proxy answers HTML with status 503 in place of the repository',
    patch: () => ({ faults: { index: { kind: 'proxy_page', status: 503 } } })
  },
  garbage: {
    title: 'the API answers bytes that are no JSON',
    patch: () => ({ faults: { api: { kind: 'garbage' } } })
  },
  silent: {
    title: 'the API accepts connections and never answers',
    patch: () => ({ faults: { api: { kind: 'silent' } } })
  },
  refused: {
    title: 'nothing listens on the API port',
    patch: () => ({ faults: { api: { kind: 'refused' } } })
  },
  reset: {
    title: 'every connection to the API is reset',
    patch: () => ({ faults: { api: { kind: 'reset' } } })
  },
  slow: {
    title: 'the API takes 1.5 s to answer',
    patch: () => ({ faults: { api: { kind: 'slow', delayMs: 1500 } } })
  },
  'no-credentials': {
    title: 'the instance has no role, the container none either',
    patch: () => ({ metadata: { instance: 'no_role', container: 'no_role' } })
  },
  'expired-credentials': {
    title: "the caller's session has ended",
    patch: () => ({ caller: { credentials: 'expired' } })
  },
  'clock-skew': {
    title: "the service's clock is one hour ahead of the client's",
    patch: () => ({ clockOffsetSeconds: 3600 })
  }
};

export function isScenario(name: string): boolean {
  return Object.hasOwn(scenarios, name);
}

/** The healthy world with the scenario's damage. */
export function worldOf(name: string, healthy: World): World {
  if (!isScenario(name))
    throw new Error(`there is no scenario ${name}; there are: ${Object.keys(scenarios).join(', ')}`);
  return mergePatch(healthy, scenarios[name].patch(healthy)) as World;
}
