import { shownProxy } from '../../net/proxy';
import type { AddressResult } from '../../net/tcp-connect';
import type { CheckId } from '../../../protocol/rung';
import type { Failure } from '../../core/failure';
import { regionOfHost } from '../../core/settings/allowed-hosts';
import { routeOf, type Endpoint, type Route } from '../findings';
import { TCP_CAP_MS } from '../limits';
import type { Check } from '../diagnosis';
import { failedCheck, passed, type CheckResult } from '../check-result';
import { nextHop } from './dns';
import { throughProxy } from './through-proxy';

/** Every address of one endpoint, all at once. What is behind goes on as soon as one answers. */
export const tcpCheck =
  (id: CheckId): Check =>
  async (run, signal): Promise<CheckResult> => {
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
      concernOf(dead, results, route, endpoint, evidence),
      dead.length > 0 ? 'dead_addresses' : 'public_path'
    );
  };

/** It answers; but perhaps not everywhere, or not from where it should. */
function concernOf(
  dead: readonly AddressResult[],
  results: readonly AddressResult[],
  route: Route,
  endpoint: Endpoint,
  evidence: Readonly<Record<string, unknown>>
): Failure | undefined {
  const names = dead.map(one => one.address).join(', ');
  if (dead.length > 0) {
    const silent = dead.every(one => one.error === 'ETIMEDOUT');
    return {
      verdict: silent ? 'timeout' : 'refused',
      cause: silent ? 'tcp_silent' : 'tcp_refused',
      summary: `${dead.length} of ${results.length} addresses ${dead.length === 1 ? 'does' : 'do'} not answer: ${names}. Some installs may pause or fail.`,
      evidence: { ...evidence, addresses: results }
    };
  }
  if (route.addressClass === 'public' && !endpoint.proxy && regionOfHost(endpoint.host) !== undefined) {
    return {
      verdict: 'timeout',
      cause: 'tcp_silent',
      summary: `${endpoint.host} is reached at a public address: not through a VPC endpoint of this VPC, whose policy then does not apply.`,
      evidence
    };
  }
  return undefined;
}

/** An IPv6 address on a machine without IPv6 says so at once, and every program goes on to IPv4. */
const isUnusedFamily = (one: AddressResult, all: readonly AddressResult[]): boolean =>
  one.address.includes(':') &&
  ['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL'].includes(one.error ?? '') &&
  all.some(other => other.ok && !other.address.includes(':'));
