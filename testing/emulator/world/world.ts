import type { NamedPolicy, PolicyDocument } from '../policies/document';

/** What a port does instead of answering; see vpc/faults.ts for each. */
export type Fault =
  | { kind: 'none' }
  | { kind: 'black_hole' }
  | { kind: 'refused' }
  /** Accepts, reads the request, never answers. */
  | { kind: 'silent' }
  /** Accepts and never reads: with TLS the handshake hangs. */
  | { kind: 'handshake_silent' }
  /** RST on connect. */
  | { kind: 'reset' }
  /** RST on the first byte: with TLS on the ClientHello, as a filter of server names does it. */
  | { kind: 'handshake_reset' }
  | { kind: 'slow'; delayMs: number }
  | { kind: 'throttled'; retryAfterSeconds: number }
  | { kind: 'error'; status: number }
  | { kind: 'proxy_page'; status: number }
  | { kind: 'garbage' };

/** How the certificate of a port is wrong, where it serves TLS. */
export type TlsMode =
  'ok' | 'expired' | 'not_yet_valid' | 'wrong_name' | 'unknown_issuer' | 'old_version' | 'plain';

/** What the resolver does with a name, where the emulator is the resolver. */
export type DnsMode = 'ok' | 'nxdomain' | 'nodata' | 'servfail' | 'refused' | 'drop' | 'slow';

/** One of the two interface endpoints, as `aws ec2 create-vpc-endpoint` makes it. */
export interface InterfaceEndpoint {
  id: string;
  exists: boolean;
  /** With private DNS the public name resolves to this endpoint; without it only the `vpce-` host does. */
  privateDns: boolean;
  policy: PolicyDocument;
  securityGroup: string;
  /** Does the endpoint's security group let TCP 443 in from the notebook's? */
  securityGroupOpen: boolean;
  /** Addresses of its network interfaces, one a zone. On loopback there is one. */
  addresses: string[];
  /** Addresses that answer nothing (one broken zone). */
  deadAddresses: string[];
}

/** One rule that lets traffic in. */
export interface Rule {
  protocol: string;
  from: number;
  to: number;
  groups: string[];
  ranges: string[];
}

export interface SecurityGroup {
  name: string;
  open: boolean;
  /** Those that were added here; a group that the world began with says only whether it is open. */
  rules: Rule[];
}

/** A role other than the notebook's. */
export interface Role {
  arn: string;
  /** Who may assume it. */
  trust: PolicyDocument;
  policies: Record<string, NamedPolicy>;
}

/** An endpoint of another service than CodeArtifact: the interface endpoint of STS, the gateway of S3. */
export interface OtherEndpoint {
  service: string;
  type: 'Interface' | 'Gateway';
  policy: PolicyDocument;
  /** Of a gateway endpoint: what goes by another table does not come through it. */
  routeTables: string[];
  /** Of an interface endpoint. */
  securityGroups: string[];
  privateDns: boolean;
}

/** An issuer of web identities that IAM knows, such as the cluster's of EKS. */
export interface IdentityProvider {
  arn: string;
  /** PEM of the key that it signs with (RS256). */
  publicKey: string;
  audiences: string[];
}

/** A bucket: its objects' texts by key. */
export interface Bucket {
  owner: string;
  objects: Record<string, string>;
}

/** A private hosted zone; records are aliases of endpoints' own names. */
export interface HostedZone {
  name: string;
  vpcs: string[];
  records: Record<string, string>;
}

export interface NotebookInstance {
  role: string;
  subnet: string;
  securityGroups: string[];
  lifecycleConfig: string | null;
  status: 'InService' | 'Stopped';
}

export interface Vpc {
  id: string;
  enableDnsSupport: boolean;
  enableDnsHostnames: boolean;
  /** A NAT gateway: without an endpoint the public service still answers, past every endpoint policy. */
  internet: boolean;
  /** Does the notebook's security group let TCP 443 out? */
  egressOpen: boolean;
  notebookInstance: { name: string; securityGroup: string; subnet: string; address: string };
  /** Groups by id; `open` is to the notebook's group on TCP 443. */
  securityGroups: Record<string, SecurityGroup>;
  subnets: string[];
  /** Of the notebook's subnet. */
  routeTable: string;
  /** Where the public names lead without private DNS; TEST-NET-3 (RFC 5737), so that no packet finds anybody. */
  publicAddresses: { api: string[]; repositories: string[]; sts: string[]; s3: string[] };
  /** Addresses that an endpoint of STS gets in the VPC. */
  stsAddresses: string[];
}

export interface Principal {
  /** What a denial names: the session, for an assumed role. */
  arn: string;
  /** What `aws:PrincipalArn` and a policy's Principal name. */
  roleArn: string;
  account: string;
  organization: string | null;
  policies: Record<string, NamedPolicy>;
  boundary: NamedPolicy | null;
  session: NamedPolicy | null;
  /** The caller's keys: valid, expired (ExpiredTokenException) or revoked (UnrecognizedClientException). */
  credentials: 'valid' | 'expired' | 'revoked';
}

export interface Domain {
  owner: string;
  encryptionKey: string;
  /** The KMS key's state: with any but Enabled CodeArtifact can read nothing of the domain. */
  keyState: 'Enabled' | 'Disabled' | 'PendingDeletion';
  policy: PolicyDocument | null;
}

export interface Repository {
  domain: string;
  description: string;
  upstreams: string[];
  externalConnections: string[];
  policy: PolicyDocument | null;
}

export type MetadataMode = 'ok' | 'no_role' | 'refused' | 'silent' | 'unauthorized';

/** Everything a test or an administrator can change. JSON all through: the control plane shows and patches it. */
export interface World {
  account: string;
  region: string;
  /** Regions whose CodeArtifact answers here too, with nothing in it; a call that is signed for any other is refused. */
  otherRegions: string[];
  /** Seconds by which the service's clock is ahead of the client's. */
  clockOffsetSeconds: number;
  vpc: Vpc;
  endpoints: { api: InterfaceEndpoint; repositories: InterfaceEndpoint };
  caller: Principal;
  /** Customer managed policies by ARN. */
  managedPolicies: Record<string, PolicyDocument>;
  serviceControlPolicies: NamedPolicy[];
  resourceControlPolicies: NamedPolicy[];
  /** Policies of the keys that were made here, by ARN; a domain's key that is not among them is its account's. */
  kmsKeys: Record<string, PolicyDocument>;
  domains: Record<string, Domain>;
  repositories: Record<string, Repository>;
  /** By domain and pattern: whether names under it may come from an external connection. */
  packageGroups: Record<string, Record<string, { externalUpstream: 'ALLOW' | 'BLOCK' }>>;
  roles: Record<string, Role>;
  otherEndpoints: Record<string, OtherEndpoint>;
  /** By the issuer's host and path, as the ARN has it. */
  identityProviders: Record<string, IdentityProvider>;
  buckets: Record<string, Bucket>;
  hostedZones: Record<string, HostedZone>;
  /** Made here, beside the one that the notebook is. */
  notebookInstances: Record<string, NotebookInstance>;
  /** Which of them the client is in; null: the one that the world began with. */
  inNotebook: string | null;
  /** Content, as it was given, by name. */
  lifecycleConfigs: { notebook: Record<string, string>; studio: Record<string, string> };
  faults: { api: Fault; index: Fault };
  tls: { api: TlsMode; index: TlsMode };
  dns: { api: DnsMode; repositories: DnsMode };
  metadata: { instance: MetadataMode; container: MetadataMode };
  /** End a denial with the policy's ARN, as AWS began to do in 2026. */
  namePolicyArns: boolean;
}

export type PortName = 'api' | 'index';
