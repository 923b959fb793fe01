/** GetAuthorizationToken's default quota for an account and Region, in calls a second (CodeArtifact guide, "Quotas"). */
const TOKENS_PER_SECOND = 40;

/** The rest of the quota is left to people who click: their calls never wait. */
const SHARE_OF_QUOTA = 0.8;

/** One notebook among those that share the quota. */
export interface FleetPlace {
  /** The setting: how many notebooks there are; 0 or 1: nobody waits. */
  readonly fleetSize: number;
  /** In [0, 1), the same at each start of one notebook: `fractionOf(its name)`. */
  readonly fraction: number;
}

/**
 * The notebook's turn: the first moment from `at` on when it may ask for a token without a click, in milliseconds since
 * the epoch. Each has one turn in `fleetSize / (0.8 x 40/s)`, at the same place of every such period of the wall clock.
 * So those that start together, and those that try again after an outage, stay under the quota, in any mixture.
 */
export function nextTurn({ fleetSize, fraction }: FleetPlace, at: number): number {
  if (fleetSize <= 1) {
    return at;
  }
  const period = (fleetSize / (SHARE_OF_QUOTA * TOKENS_PER_SECOND)) * 1000;
  const into = (((at - fraction * period) % period) + period) % period;
  return into === 0 ? at : Math.ceil(at + period - into);
}

/** A number in [0, 1) that a text always has: FNV-1a, then mixed, as near texts differ in few bits. */
export function fractionOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
