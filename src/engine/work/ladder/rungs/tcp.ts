import { shownProxy } from '../../../outside/network/proxy';
import type { AddressResult } from '../../../outside/network/connect';
import type { RungId } from '../../../../protocol/rung';
import type { Failure } from '../../../pure/verdicts/failure';
import { regionOfHost } from '../../../pure/settings/allowed-hosts';
import { wayOf, type Place, type Way } from '../found';
import { TCP_CAP_MS } from '../limits';
import type { Climber } from '../run';
import { broke, ok, type Step } from '../step';
import { nextHop } from './dns';
import { throughProxy } from './through-proxy';

/** Every address of one endpoint, all at once. What is behind goes on as soon as one answers. */
export const tcpRung =
  (id: RungId): Climber =>
  async (run, signal): Promise<Step> => {
    const way = wayOf(run.found, id);
    const place = way.place as Place;
    const { host, port } = nextHop(place);
    const { results, failure } = await run.deps.network.connect(
      { host, port, addresses: way.addresses ?? [], capMs: TCP_CAP_MS },
      signal,
      address => {
        way.address = address;
        run.open(id);
      }
    );
    if (failure) {
      return broke(throughProxy(failure, place));
    }
    const dead = results.filter(one => !one.ok && !isUnusedFamily(one, results));
    const evidence = {
      host,
      port,
      ...(place.proxy ? { through: shownProxy(place.proxy), for: place.host } : {}),
      ...(way.addressClass ? { addressClass: way.addressClass } : {}),
      addresses: results.map(one => one.address),
      results,
      ...(dead.length > 0 ? { deadAddresses: dead.map(one => one.address) } : {})
    };
    return ok(
      results.map(one => (one.ok ? one.address : `${one.address} (${one.error})`)).join(', '),
      evidence,
      concernOf(dead, results, way, place, evidence),
      dead.length > 0 ? 'dead_addresses' : 'public_path'
    );
  };

/** It answers; but perhaps not everywhere, or not from where it should. */
function concernOf(
  dead: readonly AddressResult[],
  results: readonly AddressResult[],
  way: Way,
  place: Place,
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
  if (way.addressClass === 'public' && !place.proxy && regionOfHost(place.host) !== undefined) {
    return {
      verdict: 'timeout',
      cause: 'tcp_silent',
      summary: `${place.host} is reached at a public address: not through a VPC endpoint of this VPC, whose policy then does not apply.`,
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
