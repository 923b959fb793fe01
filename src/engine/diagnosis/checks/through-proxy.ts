import { shownProxy } from '../../core/proxy';
import { type Failure, failure } from '../../core/failure';
import type { Endpoint } from '../findings';

/**
 * A failure on the way to the proxy is the proxy's matter: nothing about the endpoint is known, and no
 * security group or DNS zone of AWS would mend it.
 */
export function throughProxy(met: Failure, endpoint: Endpoint): Failure {
  if (!endpoint.proxy) {
    return met;
  }
  const facts = {
    ...met.evidence,
    host: met.evidence.host ?? endpoint.host,
    proxy: shownProxy(endpoint.proxy),
    proxyVariable: endpoint.proxy.variable,
    for: endpoint.host,
    proxyProblem: met.cause
  };
  switch (met.verdict) {
    case 'dns':
      return failure('proxy_unknown', facts);
    case 'timeout':
      return failure('proxy_silent', facts);
    case 'refused':
      return failure('proxy_unreachable', facts);
    default:
      return met;
  }
}
