import { BlockList, isIP } from 'node:net';
import type { AddressClass } from '../../protocol/rung';

/** Loopback, and the unspecified address, which Linux takes for loopback when connecting. */
const LOOPBACK = blockList(['127.0.0.0/8', '0.0.0.0/32', '::1/128', '::/128']);

/**
 * What a VPC, and only a VPC or a private line into it, can hold: RFC 1918, carrier-grade NAT
 * (RFC 6598, used by VPCs as secondary ranges), link-local (RFC 3927, 4291: instance metadata
 * and the resolver live there), unique local IPv6 (RFC 4193).
 */
const PRIVATE = blockList([
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  'fc00::/7',
  'fe80::/10'
]);

/** NAT64's well-known prefix (RFC 6052): the last 32 bits are the IPv4 address meant. */
const NAT64 = blockList(['64:ff9b::/96']);

function blockList(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [net = '', bits] = range.split('/');
    // Not isIPv6: Node would compile its long regular expression for these, 6 ms of each start.
    list.addSubnet(net, Number(bits), net.includes(':') ? 'ipv6' : 'ipv4');
  }
  return list;
}

/** The IPv4 address in the last 32 bits of an IPv6 address, or null. */
function embedded(address: string): string | null {
  const dotted = /:(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1];
  if (dotted) {
    return dotted;
  }
  const groups = /:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(address);
  if (!groups) {
    return null;
  }
  const bits = (parseInt(groups[1] ?? '', 16) << 16) | parseInt(groups[2] ?? '', 16);
  return [24, 16, 8, 0].map(shift => (bits >>> shift) & 255).join('.');
}

/** Whether one IP address is loopback, private or public. An interface endpoint's is private. */
export function addressClass(address: string): AddressClass {
  const bare = address.split('%', 1)[0];
  const family = isIP(bare) === 6 ? 'ipv6' : 'ipv4';
  if (family === 'ipv6' && (NAT64.check(bare, 'ipv6') || /^(0*:)*:?ffff:/i.test(bare))) {
    const inner = embedded(bare);
    return inner ? addressClass(inner) : 'public';
  }
  if (LOOPBACK.check(bare, family)) {
    return 'loopback';
  }
  return PRIVATE.check(bare, family) ? 'private' : 'public';
}

/**
 * The class of a set of addresses: one public address among private ones makes it public, since
 * that is where the endpoint is missing. IPv4 addresses decide where there are any: the IPv6 addresses of a VPC are
 * global ones, a dual-stack endpoint's too (https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html).
 */
export function classOfAll(addresses: readonly string[]): AddressClass | undefined {
  const ipv4 = addresses.filter(address => isIP(address) === 4);
  const classes = (ipv4.length > 0 ? ipv4 : addresses).map(addressClass);
  return (['public', 'private', 'loopback'] as const).find(one => classes.includes(one));
}
