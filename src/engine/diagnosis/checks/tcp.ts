import { shownProxy } from '../../core/proxy';
import type { AddressResult } from '../../net/tcp-connect';
import type { CheckId } from '../../../protocol/rung';
import { regionOfHost } from '../../core/settings/allowed-hosts';
import { routeOf, type Endpoint, type Route } from '../findings';
import { TCP_CAP_MS } from '../limits';
import type { Check } from '../diagnosis';
import { concern, type Concern, failedCheck, passed, type CheckResult } from '../check-result';
import { nextHop } from './dns';
import { throughProxy } from './through-proxy';

/** Every address of one endpoint, all at once. What is behind goes on as soon as one answers. */
export const tcpCheck = (id: CheckId, needs: readonly CheckId[]): Check => ({
  needs,
  async run(run, signal): Promise<CheckResult> {
    const route = routeOf(run.findings, id);
    const endpoint = route.endpoint as Endpoint;
    const { host, port } = nextHop(endpoint);
    const { results, failure } = await run.deps.network.connect(
      { host, port, addresses: route.addresses ?? [], capMs: TCP_CAP_MS },
      signal,
      address => {
        route.address = address;
        run.open(id);
      }
    );
    if (failure) {
      return failedCheck(throughProxy(failure, endpoint));
    }
    const dead = results.filter(one => !one.ok && !isUnusedFamily(one, results));
    const evidence = {
      host,
      port,
      ...(endpoint.proxy ? { through: shownProxy(endpoint.proxy), for: endpoint.host } : {}),
      ...(route.addressClass ? { addressClass: route.addressClass } : {}),
      addresses: results.map(one => one.address),
      results,
      ...(dead.length > 0 ? { deadAddresses: dead.map(one => one.address) } : {})
    };
    return passed(
      results.map(one => (one.ok ? one.address : `${one.address} (${one.error})`)).join(', '),
      evidence,
      concernOf(dead, results, route, endpoint)
    );
  }
});

/** It answers; but perhaps not everywhere, or not from where it should. */
function concernOf(
  dead: readonly AddressResult[],
  results: readonly AddressResult[],
  route: Route,
  endpoint: Endpoint
): Concern | undefined {
  const { host } = nextHop(endpoint);
  if (dead.length > 0) {
    return concern('dead_addresses', { host, results, deadAddresses: dead.map(one => one.address) });
  }
  return route.addressClass === 'public' && !endpoint.proxy && regionOfHost(endpoint.host) !== undefined
    ? concern('public_path', { host })
    : undefined;
}

/** An IPv6 address on a machine without IPv6 says so at once, and every program goes on to IPv4. */
const isUnusedFamily = (one: AddressResult, all: readonly AddressResult[]): boolean =>
  one.address.includes(':') &&
  ['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL'].includes(one.error ?? '') &&
  all.some(other => other.ok && !other.address.includes(':'));
