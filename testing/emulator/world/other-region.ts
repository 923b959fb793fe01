import { header, type Call } from '../http/call';
import { parseAuthorization } from '../sigv4/authorization';
import type { State } from './state';

/**
 * The service of the Region that a call is signed for. By one loopback address nothing else tells it; AWS has a host for
 * each. Another Region of `world.otherRegions` is there and holds nothing.
 */
export function inRegionOf(state: State, call: Call): State {
  const { world } = state;
  const authorization = parseAuthorization(header(call, 'authorization') ?? '');
  const region = 'missing' in authorization ? world.region : authorization.scope.region;
  return region === world.region || !world.otherRegions.includes(region)
    ? state
    : { ...state, world: { ...world, region, domains: {}, repositories: {} } };
}
