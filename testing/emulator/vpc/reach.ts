import type { Route } from '../world/state';
import type { PortName, World } from '../world/world';
import type { PortMode } from './port';

/** A port is reached by the public name, or by the endpoint's own `vpce-` name. */
export type Name = 'public' | 'vpce';

function endpointOf(world: World, port: PortName): World['endpoints']['api'] {
  return port === 'api' ? world.endpoints.api : world.endpoints.repositories;
}

/** Does the public name lead into the VPC's endpoint? */
export function namePrivate(world: World, port: PortName): boolean {
  const endpoint = endpointOf(world, port);
  return endpoint.exists && endpoint.privateDns && world.vpc.enableDnsSupport && world.vpc.enableDnsHostnames;
}

export function routeOf(world: World, port: PortName, name: Name): Route {
  if (name === 'vpce') return 'vpce';
  return namePrivate(world, port) ? 'private_dns' : 'internet';
}

/** What a connect to one address of a port meets: silence is all that a missing piece of network looks like. */
export function modeOf(world: World, port: PortName, name: Name, address: string): PortMode {
  const fault = world.faults[port].kind;
  if (fault === 'black_hole') return 'hole';
  if (fault === 'refused') return 'refused';
  const endpoint = endpointOf(world, port);
  if (routeOf(world, port, name) === 'internet') return world.vpc.internet ? 'open' : 'hole';
  if (!endpoint.exists || !endpoint.securityGroupOpen || !world.vpc.egressOpen) return 'hole';
  return endpoint.deadAddresses.includes(address) ? 'hole' : 'open';
}
