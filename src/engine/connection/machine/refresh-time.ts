/** Renewal is spread over 50 to 80 % of the token's life, so that a fleet that started together drifts apart. */
const EARLIEST_SHARE = 0.5;
const SPREAD_SHARE = 0.3;

/** With temporary credentials the new token must be asked for while they still serve. */
const BEFORE_CREDENTIALS_GO_MS = 5 * 60_000;

/**
 * When to renew a token: `ttl x (0.5 + 0.3 x hash)`, and before the credentials that mint it go.
 *
 * @param hash in [0, 1)
 * @returns milliseconds since the epoch; never before `obtainedAt`.
 */
export function refreshTime(
  obtainedAt: number,
  expiresAt: number,
  hash: number,
  credentialsExpireAt?: number
): number {
  const ttl = Math.max(0, expiresAt - obtainedAt);
  const regular = obtainedAt + ttl * (EARLIEST_SHARE + SPREAD_SHARE * hash);
  if (credentialsExpireAt === undefined || credentialsExpireAt <= obtainedAt + BEFORE_CREDENTIALS_GO_MS) {
    return regular;
  }
  return Math.max(obtainedAt, Math.min(regular, credentialsExpireAt - BEFORE_CREDENTIALS_GO_MS));
}
