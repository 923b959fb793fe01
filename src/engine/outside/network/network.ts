import type { World } from '../world/world';
import { createConnect, type Connect } from './connect';
import { createGet, type Get } from './fetch';
import { createHandshake, type ShakeHands } from './handshake';
import { createResolve, type Resolve, type ResolveOptions } from './resolve';

/** The four ways in which the ladder touches the network. Each closes what it opens. */
export interface Network {
  readonly resolve: Resolve;
  readonly connect: Connect;
  readonly handshake: ShakeHands;
  readonly get: Get;
}

export function createNetwork(world: Pick<World, 'clock'>, options: ResolveOptions = {}): Network {
  return {
    resolve: createResolve(world.clock, options),
    connect: createConnect(world.clock),
    handshake: createHandshake(world.clock),
    get: createGet(world.clock)
  };
}
