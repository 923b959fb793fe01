import { readFile } from 'node:fs/promises';
import { closeClients } from '../../../outside/aws/client';
import { createCalls } from '../../../outside/aws/codeartifact';
import { findCredentials } from '../../../outside/aws/credentials';
import { findRegion } from '../../../outside/aws/region';
import { createNetwork } from '../../../outside/network/network';
import type { ResolveOptions } from '../../../outside/network/resolve';
import { realClock } from '../../../outside/network/testing/clock';
import type { World } from '../../../outside/world/world';
import { DEFAULT_SETTINGS, type Settings } from '../../../../protocol/settings';
import { climb, type Climb, type ClimbRequest, type LadderDeps } from '../climb';

/** A home that holds nothing, and the variables given: the machine's own are kept out. */
export function worldWith(
  env: Readonly<Record<string, string>>,
  now: () => number = () => Date.now()
): World {
  return {
    clock: { ...realClock, now },
    dice: () => 0.5,
    env,
    home: '/nonexistent',
    platform: 'linux',
    pid: 1,
    log: () => undefined
  };
}

/** The ladder with real sockets and the real SDK. */
export function depsWith(
  world: World,
  network: ResolveOptions = {},
  more: Partial<LadderDeps> = {}
): LadderDeps {
  return {
    world,
    network: createNetwork(world, network),
    aws: { findRegion, findCredentials, createCalls },
    readText: path => readFile(path, 'utf8').catch(() => null),
    ...more
  };
}

export const SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  domain: 'analytics',
  domainOwner: '111122223333',
  repository: 'isolatedsm',
  region: 'us-east-1'
};

export function climbWith(
  deps: LadderDeps,
  more: Partial<ClimbRequest> = {},
  signal?: AbortSignal
): Promise<Climb> {
  const request: ClimbRequest = { settings: SETTINGS, allowedEndpointHosts: [], mode: 'diagnose', ...more };
  return climb(deps, request, signal ?? new AbortController().signal).finally(closeClients);
}

/** The rungs as a table that a failed test prints well: id, verdict, and what it waits on. */
export const shape = ({ rungs }: Pick<Climb, 'rungs'>): Record<string, string> =>
  Object.fromEntries(rungs.map(r => [r.id, r.because ? `${r.verdict} because ${r.because}` : r.verdict]));
