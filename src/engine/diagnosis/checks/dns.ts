import { classOfAll } from '../../net/address-class';
import { proxyAddress, shownProxy } from '../../core/proxy';
import type { AddressClass, CheckId } from '../../../protocol/rung';
import { routeOf, type Endpoint } from '../findings';
import { DNS_LIMITS } from '../limits';
import type { Check } from '../diagnosis';
import { concern, failedCheck, passed, type CheckResult } from '../check-result';
import { throughProxy } from './through-proxy';
import { trans } from '../../core/say';

/** The addresses, and of which class they are. */
function addressWords(addresses: readonly string[], addressClass: AddressClass | undefined): string {
  const list = addresses.join(', ');
  const several = addresses.length > 1;
  switch (addressClass) {
    case 'private':
      return several ? trans.__('%1: private addresses', list) : trans.__('%1: private address', list);
    case 'public':
      return several ? trans.__('%1: public addresses', list) : trans.__('%1: public address', list);
    case 'loopback':
      return trans.__("%1: this notebook's own address", list);
    default:
      return list;
  }
}

/** The host whose name is looked up and whose port is tried: the proxy's where there is one. */
export const nextHop = (endpoint: Endpoint): { host: string; port: number } =>
  (endpoint.proxy && proxyAddress(endpoint.proxy)) ?? endpoint;

/** The name of one endpoint: its addresses and their class, or why there are none. */
export const dnsCheck = (id: CheckId, needs: readonly CheckId[]): Check => ({
  needs,
  shortened: ({ hostKnown }) =>
    id === 'dns.repository' && hostKnown ? { needs: ['environment'] } : undefined,
  async run(run, signal): Promise<CheckResult> {
    const route = routeOf(run.findings, id);
    const endpoint = route.endpoint as Endpoint;
    const { host } = nextHop(endpoint);
    const through = endpoint.proxy ? { through: shownProxy(endpoint.proxy), for: endpoint.host } : {};
    const outcome = await run.deps.network.resolve(host, DNS_LIMITS, signal);
    if (!outcome.ok) {
      return failedCheck(endpoint.proxy ? throughProxy(outcome.failure, endpoint) : outcome.failure);
    }
    const { addresses, servers, source, systemError } = outcome.value;
    const addressClass = classOfAll(addresses);
    route.addresses = addresses;
    route.addressClass = addressClass;
    const evidence = {
      host,
      ...through,
      ...(addressClass ? { addressClass } : {}),
      addresses,
      ...(source === 'literal' ? {} : { resolver: servers, answeredBy: source })
    };
    const words = addressWords(addresses, addressClass);
    const hosts = source === 'system' && (await namedInHostsFile(host, run.deps.readText));
    return passed(
      hosts ? trans.__('%1, from %2', words, '/etc/hosts') : words,
      { ...evidence, ...(hosts ? { hostsFile: '/etc/hosts' } : {}) },
      systemError === undefined
        ? undefined
        : // pip goes by the system's own look-up.
          concern('system_resolver', { host, code: systemError })
    );
  }
});

/** A name pinned in the hosts file survives every change of DNS: worth knowing when it leads nowhere. */
async function namedInHostsFile(
  host: string,
  readText: (path: string) => Promise<string | null>
): Promise<boolean> {
  const text = (await readText('/etc/hosts')) ?? '';
  const wanted = host.toLowerCase();
  return (
    wanted !== 'localhost' &&
    text
      .split('\n')
      .some(line => line.replace(/#.*/, '').trim().toLowerCase().split(/\s+/).slice(1).includes(wanted))
  );
}
