// The endpoints of STS and S3, and where a notebook's packets to these services go.
import type { OtherEndpoint, World } from '../world/world';
import type { PortMode } from './port';

export type OtherService = 'sts' | 's3';
type Made = OtherEndpoint & { id: string };

/** The endpoint that this notebook's packets to a service take; a gateway's is by the route table of its subnet. */
export function endpointFor(world: World, service: OtherService): Made | undefined {
  return Object.entries(world.otherEndpoints)
    .map(([id, endpoint]) => ({ id, ...endpoint }))
    .find(
      each =>
        each.service.endsWith(`.${service}`) &&
        (each.type === 'Interface' || each.routeTables.includes(world.vpc.routeTable))
    );
}

/** Does the name of STS lead into the VPC? */
function stsIsPrivate(world: World): boolean {
  const { enableDnsSupport, enableDnsHostnames } = world.vpc;
  return endpointFor(world, 'sts')?.privateDns === true && enableDnsSupport && enableDnsHostnames;
}

/** Addresses by name; undefined where it is no name of these services. */
export function lookUpOther(world: World, name: string): string[] | undefined {
  const { region, vpc } = world;
  if (name === `sts.${region}.amazonaws.com`)
    return stsIsPrivate(world) ? vpc.stsAddresses : vpc.publicAddresses.sts;
  if (name === 'sts.amazonaws.com') return vpc.publicAddresses.sts;
  return /(^|\.)s3(\.[a-z0-9-]+)?\.amazonaws\.com$/.test(name) ? vpc.publicAddresses.s3 : undefined;
}

/** For the certificates. */
export const otherNames = ({ region }: World): string[] => [
  `sts.${region}.amazonaws.com`,
  ...['s3', `s3.${region}`].flatMap(name => [`${name}.amazonaws.com`, `*.${name}.amazonaws.com`])
];

export function modeOfOther(world: World, service: OtherService): PortMode {
  const { vpc } = world;
  const endpoint = endpointFor(world, service);
  if (!vpc.egressOpen) return 'hole';
  if (endpoint === undefined) return service === 's3' && vpc.internet ? 'open' : 'hole';
  const open = endpoint.securityGroups.some(group => vpc.securityGroups[group].open);
  return endpoint.type === 'Gateway' || open ? 'open' : 'hole';
}
