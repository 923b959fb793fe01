import type { AwsCalls } from '../aws/api-calls';
import type { FoundCredentials } from '../aws/found-credentials';
import type { FoundRegion } from '../aws/region';
import type { ProxyChoice } from '../core/proxy';
import type { AddressClass, CheckId } from '../../protocol/rung';
import type { File } from '../../protocol/file';
import type { KernelPip } from '../../protocol/kernel';
import type { Secret } from '../core/secret/secret';
import type { PipNetwork } from '../tools/pip/network';
import type { ApiEndpoint } from '../core/settings/endpoints';
import type { ToolTrust } from '../tools/trust';
import type { SageMakerNotebook } from './sagemaker-metadata';

/** One of the two endpoints: where it is and how it is reached. */
export interface Endpoint {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  /** The proxy in between; names and addresses are then the proxy's. */
  readonly proxy?: ProxyChoice;
}

/** What was learnt of the way to a place. */
export interface Route {
  endpoint?: Endpoint;
  addresses?: readonly string[];
  addressClass?: AddressClass;
  /** The first address that answered. */
  address?: string;
}

/** Whose certificates one chosen tool takes at the package index. */
export interface IndexTrust extends Pick<ToolTrust, 'tool' | 'by' | 'unchecked'> {
  /** PEM; absent: the built-in authorities, which are much the same in every tool. */
  readonly ca?: readonly string[];
}

export interface TokenInUse {
  readonly token: Secret;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  readonly minted: boolean;
}

/** What the rungs find and hand to those above them. */
export interface Findings {
  region?: FoundRegion;
  apiEndpoint?: ApiEndpoint;
  /** PEM to trust instead of the built-in authorities, and the file it is from. */
  ca?: { readonly pem: string; readonly path: string };
  /** What the server's own pip is told of the network by its files and variables. */
  pipNetwork?: PipNetwork;
  /** Whose certificates each chosen tool takes at the package index. */
  trusts?: readonly IndexTrust[];
  /** The authorities to trust there for our own request: what any of those tools does, and what AWS's tools are told to. */
  indexCa?: readonly string[];
  credentials?: FoundCredentials;
  calls?: AwsCalls;
  token?: TokenInUse;
  /** As AWS answered. */
  repositoryEndpoint?: string;
  indexUrl?: string;
  /** What SageMaker says of the notebook. */
  notebook?: SageMakerNotebook;
  files?: readonly File[];
  kernels?: readonly KernelPip[];
  readonly api: Route;
  readonly repository: Route;
}

export const noFindings = (): Findings => ({ api: {}, repository: {} });

/** Which of the two ways a probe belongs to. */
export const routeOf = (findings: Findings, id: CheckId): Route =>
  id.endsWith('.api') ? findings.api : findings.repository;

/** A URL as a place to be reached. */
export function endpointOf(url: string, proxy?: ProxyChoice | null): Endpoint {
  const { hostname, port, protocol } = new URL(url);
  const secure = protocol === 'https:';
  return {
    url,
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (secure ? 443 : 80),
    secure,
    ...(proxy ? { proxy } : {})
  };
}
