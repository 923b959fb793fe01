import { lookUpOther, otherNames } from './other-endpoints';
import { namePrivate } from './reach';
import type { DnsReply } from './dns';
import type { HostedZone, World } from '../world/world';

// https://docs.aws.amazon.com/codeartifact/latest/ug/vpc-endpoints.html

export function apiHost(world: World): string {
  return `codeartifact.${world.region}.amazonaws.com`;
}

export function repositoryHost(world: World, domain: string): string {
  return `${domain}-${world.domains[domain].owner}.d.codeartifact.${world.region}.amazonaws.com`;
}

export function dualStackApiHost(world: World): string {
  return `codeartifact.${world.region}.api.aws`;
}

/** Without ".d.": seen on a live domain (keyrings.codeartifact, pull request 36). */
export function dualStackRepositoryHost(world: World, domain: string): string {
  return `${domain}-${world.domains[domain].owner}.codeartifact.${world.region}.on.aws`;
}

type Side = 'api' | 'repositories';

/**
 * An interface endpoint's own names: its id, a part that AWS adds, and for a single zone the zone's name
 * (https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html, "Endpoint-specific names").
 */
export function vpceHost(world: World, side: Side, zone?: string): string {
  const [added, service] = side === 'api' ? ['api00001', 'api'] : ['repo0001', 'd'];
  const zoned = zone === undefined ? '' : `-${world.region}${zone}`;
  return `${world.endpoints[side].id}-${added}${zoned}.${service}.codeartifact.${world.region}.vpce.amazonaws.com`;
}

/** What the certificates are good for. An endpoint that is made later has a name of its own, so those are a wildcard, as AWS's are. */
export function hostNames(world: World): string[] {
  const { region } = world;
  const repositories = Object.keys(world.domains).map(domain => repositoryHost(world, domain));
  return [
    apiHost(world),
    ...repositories,
    `*.d.codeartifact.${region}.amazonaws.com`,
    dualStackApiHost(world),
    `*.codeartifact.${region}.on.aws`,
    ...['api', 'd'].map(service => `*.${service}.codeartifact.${region}.vpce.amazonaws.com`),
    ...otherNames(world)
  ];
}

const zones = 'abcdef';
const isIPv6 = (address: string): boolean => address.includes(':');

/** The addresses of an endpoint by one of its own names; undefined where the name is not its. */
function byOwnName(world: World, side: Side, name: string): string[] | undefined {
  const { exists, addresses } = world.endpoints[side];
  if (!exists) return undefined;
  if (name === vpceHost(world, side)) return addresses;
  const at = addresses.findIndex((_, zone) => name === vpceHost(world, side, zones[zone]));
  return at < 0 ? undefined : [addresses[at]];
}

/** The most specific private zone of the VPC that holds a name: what is not in it does not exist for the VPC. */
function zoneOf(world: World, name: string): HostedZone | undefined {
  return Object.values(world.hostedZones)
    .filter(zone => zone.vpcs.includes(world.vpc.id))
    .filter(zone => name === zone.name || name.endsWith(`.${zone.name}`))
    .sort((a, b) => b.name.length - a.name.length)[0];
}

function aliased(world: World, records: Record<string, string>, name: string): string[] | undefined {
  const target = records[name] ?? records[name.replace(/^[^.]+/, '*')];
  return target === undefined
    ? undefined
    : (byOwnName(world, 'api', target) ?? byOwnName(world, 'repositories', target));
}

/** What the VPC's resolver says of a name in this world. */
export function lookUp(world: World, name: string): DnsReply {
  if (!world.vpc.enableDnsSupport) return { mode: 'drop', addresses: undefined };
  const zone = zoneOf(world, name);
  // The zone's own name exists, also without an address (RFC 8020).
  if (zone !== undefined)
    return {
      mode: 'ok',
      addresses: aliased(world, zone.records, name) ?? (name === zone.name ? [] : undefined)
    };
  const domains = Object.keys(world.domains);
  const dualStack =
    name === dualStackApiHost(world) || domains.some(each => dualStackRepositoryHost(world, each) === name);
  const side =
    name === apiHost(world) || name === dualStackApiHost(world)
      ? 'api'
      : dualStack || domains.some(each => repositoryHost(world, each) === name)
        ? 'repositories'
        : undefined;
  if (side === undefined) {
    const own = byOwnName(world, 'api', name) ?? byOwnName(world, 'repositories', name);
    return { mode: 'ok', addresses: own ?? lookUpOther(world, name) };
  }
  const inside = namePrivate(world, side === 'api' ? 'api' : 'index');
  const addresses = inside ? world.endpoints[side].addresses : world.vpc.publicAddresses[side];
  return {
    mode: world.dns[side],
    addresses: dualStack ? addresses : addresses.filter(address => !isIPv6(address))
  };
}
