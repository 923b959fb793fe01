import type { AwsCalls } from '../aws/api-calls';
import { done, type Outcome } from '../core/failure';
import type { EngineDeps } from '../connection/engine-deps';
import { diagnoseWith } from '../connection/diagnosis-run';
import type { Prepared } from '../connection/request';

/** The API with an identity, for listings. */
export interface ApiAccess {
  readonly calls: AwsCalls;
  readonly region: string;
  /** The caller's ARN, when the credentials' source tells it. */
  readonly principal?: string;
  /** 12 digits; without a setting the caller's own account, as CodeArtifact takes it. */
  readonly domainOwner?: string;
}

/** Region, endpoint, proxy, certificates and credentials as the ladder finds them: its first two rungs. */
export async function apiAccess(
  deps: EngineDeps,
  prepared: Prepared,
  signal: AbortSignal
): Promise<Outcome<ApiAccess>> {
  const { failure, calls, region, principal, domainOwner } = await diagnoseWith(
    deps,
    prepared,
    null,
    'credentials',
    () => undefined,
    signal
  );
  if (failure) {
    return { ok: false, failure };
  }
  if (!calls || region === undefined) {
    throw new Error('the ladder found credentials but no way to use them');
  }
  return done({ calls, region, ...(principal && { principal }), ...(domainOwner && { domainOwner }) });
}
