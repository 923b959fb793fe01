/** GetAuthorizationToken's default quota for an account and Region, in calls a second (CodeArtifact guide, "Quotas"). */
const TOKENS_PER_SECOND = 40;

/** The rest of the quota is left to people who click: their calls never wait. */
const SHARE_OF_QUOTA = 0.8;

/**
 * How long the first automatic connect waits, in milliseconds, so that a fleet that starts at the same moment stays
 * under the quota. `fraction` in [0, 1), the same at each start of one notebook: `fractionOf(its name)`.
 */
export function fleetDelay(fleetSize: number, fraction: number): number {
  return fleetSize > 1 ? Math.round((fleetSize / (SHARE_OF_QUOTA * TOKENS_PER_SECOND)) * fraction * 1000) : 0;
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
