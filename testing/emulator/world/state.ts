import type { Clock } from '../clock';
import type { NpmPackages } from '../index/npm-packages';
import type { PackageStore } from '../index/package-store';
import type { Keys } from './keys';
import type { RequestLog } from './request-log';
import type { Sessions } from './sessions';
import type { TokenStore } from './tokens';
import type { World } from './world';

/** What the emulator's rooms share. `world` is replaced whole by a scenario; the rest outlives it. */
export interface State {
  world: World;
  keys: Keys;
  /** Of roles that STS was asked for. */
  sessions: Sessions;
  tokens: TokenStore;
  packages: PackageStore;
  npm: NpmPackages;
  log: RequestLog;
  clock: Clock;
  /** Base of the URL that GetRepositoryEndpoint answers, without a final slash. */
  indexBase: (domain: string, dualStack: boolean) => string;
}

/** The service's own time: the machine's and the offset that the world gives it. */
export function serviceTime(state: State): number {
  return state.clock() + state.world.clockOffsetSeconds * 1000;
}

export type Route = 'private_dns' | 'vpce' | 'internet';
