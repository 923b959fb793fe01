import type { Clock } from './clock';
import type { WheelSource } from './index/wheel';
import type { Tls } from './vpc/front';
import type { OtherAddresses } from './vpc/other-services';
import type { WorldOptions } from './world/default-world';
import type { LogEntry } from './world/request-log';
import type { World } from './world/world';

/** Where a client's credentials come from: static keys, instance metadata or the container endpoint. */
export type CredentialSource = 'environment' | 'instance' | 'container';

export interface EmulatorOptions extends WorldOptions {
  /** 0, the default of every port, takes a free one. */
  apiPort?: number;
  indexPort?: number;
  controlPort?: number;
  instancePort?: number;
  containerPort?: number;
  /** AWS as an administrator meets it: EC2, IAM, KMS, SageMaker and all of CodeArtifact. */
  adminPort?: number;
  /** Ports of the endpoints' own `vpce-` names. */
  vpceApiPort?: number;
  vpceIndexPort?: number;
  /** Addresses to listen on, one for each zone; loopback unless told. */
  apiAddresses?: string[];
  indexAddresses?: string[];
  vpceApiAddresses?: string[];
  vpceIndexAddresses?: string[];
  /** Addresses of STS's endpoint and of the public S3, to listen on at port 443; neither is served unless told. */
  otherAddresses?: OtherAddresses;
  /** What GetRepositoryEndpoint answers before `/pypi/REPO/`, e.g. `https://DOMAIN-OWNER.d.codeartifact.REGION.amazonaws.com`. */
  publicIndexBase?: string;
  /** GetRepositoryEndpoint answers AWS's own names, of the domain and the endpoint type that it is asked for. */
  awsNames?: boolean;
  /** Names in the URLs of `apiUrl` and the client's environment, in place of the listening address. */
  apiName?: string;
  /** Serve the API and the index by TLS: with this certificate, or with generated ones for all names (see `caPem`). */
  tls?: Tls | 'generate';
  /**
   * Answer DNS (UDP) from the world; not started unless told. The listening addresses are then the endpoints' own, which
   * stay reachable without private DNS: it is the name that leads elsewhere.
   */
  dns?: { host?: string; port?: number };
  /**
   * Without a network of its own: each of the endpoints' addresses is a loopback port, and `routes` says which. `dns` must be
   * given too. A client then reaches the emulator by AWS's names and private addresses, if what connects for it follows `routes`.
   */
  translate?: boolean;
  clock?: Clock;
  scenario?: string;
  /** More packages for `public:pypi`. */
  packages?: WheelSource[];
  credentials?: CredentialSource;
}

export interface StackText {
  stack: string;
  template: string;
}

/** Where everything is. */
export interface Addresses {
  apiUrl: string;
  /** Base of the index, without `/pypi/…`. */
  indexUrl: string;
  vpceApiUrl: string;
  vpceIndexUrl: string;
  controlUrl: string;
  instanceUrl: string;
  containerUrl: string;
  adminUrl: string;
  /** `host:port` of the resolver, when there is one. */
  dns: string | null;
  /** With `translate`: where a connection to `address:port` is to go; `*` is a black hole, for all others. */
  routes: Record<string, string> | null;
}

export interface Emulator extends Addresses {
  /** Environment of a client: Region, API endpoint and credentials by the chosen source. */
  env: Record<string, string>;
  envFor(source: CredentialSource): Record<string, string>;
  /** Environment of an administrator's AWS CLI: every service leads to the emulator. */
  adminEnv: Record<string, string>;
  /** The same of another account's administrator. */
  adminEnvOf(account: string): Record<string, string>;
  /** Makes or updates a stack by its template's text, without the AWS CLI; throws why it could not. */
  deploy(template: StackText, parameters: Record<string, string>, account?: string): Promise<void>;
  /** Takes resources out of a stack behind its back, in this order. */
  takeAway(stack: string, resources: string[], account?: string): Promise<void>;
  /** Remembers world and stacks; `restore` puts them back. */
  remember(): void;
  restore(): Promise<void>;
  /** PEM of the generated authority, with `tls: 'generate'`. */
  caPem: string | null;
  scenario(): string;
  /** A healthy world with the scenario's damage; resolves when every port has followed. */
  setScenario(name: string): Promise<void>;
  readonly world: World;
  /** JSON merge patch (RFC 7396) on the world; ports follow before it resolves. */
  patchWorld(patch: unknown): Promise<void>;
  setWorld(world: World): Promise<void>;
  readonly log: LogEntry[];
  clearLog(): void;
  tokensMinted(): number;
  /** Makes every token this many milliseconds older. */
  ageTokens(ms: number): void;
  close(): Promise<void>;
}
