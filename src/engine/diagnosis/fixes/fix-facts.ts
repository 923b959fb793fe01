import type { AddressClass, CheckId } from '../../../protocol/rung';
import type { ProbedAddress } from '../../core/evidence';
import type { Shadow } from '../../tools/shadow';
import type { Admitted } from '../policies/admitted';

/**
 * What the engine knows from inside the notebook, for filling in a fix. What cannot be known from
 * inside (VPC, subnets, security groups) is a shell variable at the top of the snippet.
 */
export interface FixContext {
  /** The check that failed. */
  readonly rung: CheckId;
  readonly region: string;
  readonly domain: string;
  /** 12 digits. */
  readonly domainOwner: string;
  readonly repository: string;
  /** The AWS profile in use; empty for the default chain. */
  readonly profile: string;
  /** The caller as AWS names it: a role's, an assumed role's or a user's ARN. */
  readonly roleArn?: string;
  /** Where the credentials come from, in the words of the chain. */
  readonly credentialSource?: string;
  /** The caller's account. */
  readonly accountId?: string;
  /** Whom a policy lets in, where it is not the caller. */
  readonly admitted?: Admitted;
  /** What names the proxy on the way, where pip's own `proxy` does: it knows no exceptions. */
  readonly pipProxy?: Shadow;
  readonly apiHost: string;
  readonly repositoryHost: string;
  readonly addressClass?: AddressClass;
  /** Addresses of the endpoint that failed. */
  readonly addresses?: readonly ProbedAddress[];
  /** Known from explicit `vpce-` hosts. */
  readonly vpcEndpointIds?: { readonly api?: string; readonly repositories?: string };
  /** The other endpoint does not answer either: one fix then makes both. */
  readonly otherEndpointSilent?: boolean;
  /** The SageMaker notebook instance (resource-metadata.json): its subnet and group can then be looked up. */
  readonly notebookInstance?: string;
  /** The Studio domain that the space is in (the same file): likewise. */
  readonly studioDomain?: string;
  /** Where SageMaker says the notebook is, which need not be where the CodeArtifact domain is. */
  readonly notebookRegion?: string;
}

/** The part of the facts that policies are made of. */
export type PolicyFacts = Pick<
  FixContext,
  'region' | 'domain' | 'domainOwner' | 'repository' | 'roleArn' | 'accountId' | 'admitted'
>;
