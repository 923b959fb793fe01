import type { Runtime } from '../runtime/runtime';
import { createConnect, type Connect } from './tcp-connect';
import { createGet, type Get } from './http-get';
import { createHandshake, type ShakeHands } from './tls-handshake';
import { createResolve, type Resolve, type ResolveOptions } from './dns-resolve';

/** The four ways in which the ladder touches the network. Each closes what it opens. */
export interface Network {
  readonly resolve: Resolve;
  readonly connect: Connect;
  readonly handshake: ShakeHands;
  readonly get: Get;
}

export function createNetwork(runtime: Pick<Runtime, 'clock'>, options: ResolveOptions = {}): Network {
  return {
    resolve: createResolve(runtime.clock, options),
    connect: createConnect(runtime.clock),
    handshake: createHandshake(runtime.clock),
    get: createGet(runtime.clock)
  };
}
