import type { PolicyDocument } from '../policies/document';
import type { InterfaceEndpoint, World } from './world';

export interface WorldOptions {
  account?: string;
  region?: string;
  domain?: string;
  /** Another account than the caller's: the domain and its repositories are then shared by their policies. */
  domainOwner?: string;
  repository?: string;
  role?: string;
}

/** What `create-vpc-endpoint` gives an endpoint when no policy is named. */
export const fullAccess: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }]
};

/** The role policy that everything needs: three CodeArtifact actions, the bearer token, and the picker's lists. */
export function readerPolicy(region: string, owner: string, domain: string): PolicyDocument {
  const arn = `arn:aws:codeartifact:${region}:${owner}`;
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: [
          'codeartifact:GetAuthorizationToken',
          'codeartifact:DescribeDomain',
          'codeartifact:ListRepositoriesInDomain'
        ],
        Resource: `${arn}:domain/${domain}`
      },
      {
        Effect: 'Allow',
        Action: [
          'codeartifact:GetRepositoryEndpoint',
          'codeartifact:ReadFromRepository',
          'codeartifact:DescribeRepository',
          'codeartifact:ListPackages'
        ],
        Resource: `${arn}:repository/${domain}/*`
      },
      {
        Effect: 'Allow',
        Action: ['codeartifact:ListPackageVersions', 'codeartifact:PublishPackageVersion'],
        Resource: `${arn}:package/${domain}/*`
      },
      {
        Effect: 'Allow',
        Action: ['codeartifact:ListDomains', 'codeartifact:ListRepositories'],
        Resource: '*'
      },
      {
        Effect: 'Allow',
        Action: 'sts:GetServiceBearerToken',
        Resource: '*',
        Condition: { StringEquals: { 'sts:AWSServiceName': 'codeartifact.amazonaws.com' } }
      }
    ]
  };
}

function endpoint(id: string, address: string): InterfaceEndpoint {
  return {
    id,
    exists: true,
    privateDns: true,
    policy: fullAccess,
    securityGroup: 'sg-0e1f2a3b4c5d6e7f8',
    securityGroupOpen: true,
    addresses: [address],
    deadAddresses: []
  };
}

/** What the owner of a shared domain or repository allows the caller's account. */
function sharedWith(account: string, actions: string[]): PolicyDocument {
  const Principal = { AWS: `arn:aws:iam::${account}:root` };
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action: actions, Resource: '*' }]
  };
}

/** The article's world with everything right: domain, three repositories, two endpoints, one role. */
export function defaultWorld(options: WorldOptions = {}): World {
  const account = options.account ?? '111122223333';
  const region = options.region ?? 'us-east-1';
  const domain = options.domain ?? 'analytics';
  const main = options.repository ?? 'isolatedsm';
  const role = options.role ?? 'notebook-role';
  const owner = options.domainOwner ?? account;
  const shared = (actions: string[]): PolicyDocument | null =>
    owner === account ? null : sharedWith(account, actions);
  const domainPolicy = shared([
    'codeartifact:GetAuthorizationToken',
    'codeartifact:DescribeDomain',
    'codeartifact:ListRepositoriesInDomain'
  ]);
  const policy = shared([
    'codeartifact:GetRepositoryEndpoint',
    'codeartifact:ReadFromRepository',
    'codeartifact:DescribeRepository',
    'codeartifact:ListPackages',
    'codeartifact:ListPackageVersions'
  ]);
  const repository = { domain, policy, upstreams: [], externalConnections: [] };
  return {
    account,
    region,
    otherRegions: [],
    clockOffsetSeconds: 0,
    vpc: {
      id: 'vpc-0a1b2c3d4e5f60718',
      enableDnsSupport: true,
      enableDnsHostnames: true,
      internet: false,
      egressOpen: true,
      notebookInstance: {
        name: 'isolated-notebook',
        securityGroup: 'sg-0a9b8c7d6e5f4a3b2',
        subnet: 'subnet-0a1b2c3d4e5f60001',
        address: '10.0.0.5'
      },
      securityGroups: {
        'sg-0e1f2a3b4c5d6e7f8': { name: 'codeartifact-endpoints', open: true, rules: [] },
        'sg-0a9b8c7d6e5f4a3b2': { name: 'notebook', open: false, rules: [] }
      },
      subnets: ['subnet-0a1b2c3d4e5f60001', 'subnet-0a1b2c3d4e5f60002'],
      routeTable: 'rtb-0a1b2c3d',
      publicAddresses: {
        api: ['203.0.113.10'],
        repositories: ['203.0.113.20', '203.0.113.21'],
        sts: ['203.0.113.30'],
        s3: ['203.0.113.40']
      },
      stsAddresses: ['10.0.1.30']
    },
    endpoints: {
      api: endpoint('vpce-0a1b2c3d4e5f6a7b8', '10.0.1.10'),
      repositories: endpoint('vpce-0b2c3d4e5f6a7b8c9', '10.0.1.20')
    },
    caller: {
      arn: `arn:aws:sts::${account}:assumed-role/${role}/SageMaker`,
      roleArn: `arn:aws:iam::${account}:role/${role}`,
      account,
      organization: 'o-a1b2c3d4e5',
      policies: { 'codeartifact-reader': { document: readerPolicy(region, owner, domain) } },
      boundary: null,
      session: null,
      credentials: 'valid'
    },
    managedPolicies: {},
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    kmsKeys: {},
    domains: {
      [domain]: {
        owner,
        encryptionKey: `arn:aws:kms:${region}:${owner}:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9`,
        keyState: 'Enabled',
        policy: domainPolicy
      }
    },
    repositories: {
      [main]: { ...repository, description: 'Packages for isolated notebooks', upstreams: ['pypi-store'] },
      'pypi-store': {
        ...repository,
        description: 'Packages from the public index',
        externalConnections: ['public:pypi']
      },
      scratch: { ...repository, description: 'Packages made here' }
    },
    packageGroups: {},
    roles: {},
    otherEndpoints: {},
    identityProviders: {},
    buckets: {},
    hostedZones: {},
    notebookInstances: {},
    inNotebook: null,
    lifecycleConfigs: { notebook: {}, studio: {} },
    faults: { api: { kind: 'none' }, index: { kind: 'none' } },
    tls: { api: 'ok', index: 'ok' },
    dns: { api: 'ok', repositories: 'ok' },
    metadata: { instance: 'ok', container: 'ok' },
    namePolicyArns: false
  };
}
