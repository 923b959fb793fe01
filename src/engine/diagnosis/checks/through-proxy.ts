import { shownProxy } from '../../net/proxy';
import type { Failure } from '../../core/failure';
import type { Endpoint } from '../findings';

/**
 * A failure on the way to the proxy is the proxy's matter: nothing about the endpoint is known, and no
 * security group or DNS zone of AWS would mend it.
 */
export function throughProxy(failure: Failure, endpoint: Endpoint): Failure {
  if (!endpoint.proxy) {
    return failure;
  }
  const proxy = shownProxy(endpoint.proxy);
  const { variable } = endpoint.proxy;
  return {
    ...failure,
    cause: 'http_proxy_page',
    summary: `The proxy ${proxy}, which ${variable} names for ${endpoint.host}, cannot be used: ${failure.summary}`,
    evidence: { ...failure.evidence, proxy, proxyVariable: variable, proxyProblem: failure.cause }
  };
}
