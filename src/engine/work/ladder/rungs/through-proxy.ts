import { shownProxy } from '../../../outside/network/proxy';
import type { Failure } from '../../../pure/verdicts/failure';
import type { Place } from '../found';

/**
 * A failure on the way to the proxy is the proxy's matter: nothing about the endpoint is known, and no
 * security group or DNS zone of AWS would mend it.
 */
export function throughProxy(failure: Failure, place: Place): Failure {
  if (!place.proxy) {
    return failure;
  }
  const proxy = shownProxy(place.proxy);
  const { variable } = place.proxy;
  return {
    ...failure,
    cause: 'http_proxy_page',
    summary: `The proxy ${proxy}, which ${variable} names for ${place.host}, cannot be used: ${failure.summary}`,
    evidence: { ...failure.evidence, proxy, proxyVariable: variable, proxyProblem: failure.cause }
  };
}
