import type { AwsCalls } from '../../outside/aws/calls';
import { done, type Outcome } from '../../pure/verdicts/failure';
import type { VerbDeps } from './deps';
import { look } from './diagnose';
import type { Prepared } from './prepare';

/** The API with an identity, for listings. */
export interface Reach {
  readonly calls: AwsCalls;
  readonly region: string;
  /** The caller's ARN, when the credentials' source tells it. */
  readonly principal?: string;
}

/** Region, endpoint, proxy, certificates and credentials as the ladder finds them: its first two rungs. */
export async function reach(
  deps: VerbDeps,
  prepared: Prepared,
  signal: AbortSignal
): Promise<Outcome<Reach>> {
  const { failure, calls, region, principal } = await look(
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
  return done({ calls, region, ...(principal && { principal }) });
}
