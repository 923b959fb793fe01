/** AWS's side: a bucket that holds one second's quota and is filled evenly, and an outage. */
export interface Quota {
  /** What a call at `at` gets. */
  readonly ask: (at: number) => 'granted' | 'throttled' | 'unreachable';
  /** Calls that reached AWS, by second of the simulation; `throttled` are among them. */
  readonly perSecond: ReadonlyMap<number, { readonly calls: number; readonly throttled: number }>;
}

/** GetAuthorizationToken's default quota for an account and Region (CodeArtifact guide, "Quotas"). */
export const PER_SECOND = 40;

/** @param outage from and to, in milliseconds: calls do not arrive */
export function createQuota(start: number, outage: readonly [number, number] | null): Quota {
  const perSecond = new Map<number, { calls: number; throttled: number }>();
  let tokens = PER_SECOND;
  let filled = start;
  return {
    perSecond,
    ask(at) {
      if (outage && at >= outage[0] && at < outage[1]) {
        return 'unreachable';
      }
      tokens = Math.min(PER_SECOND, tokens + ((at - filled) / 1000) * PER_SECOND);
      filled = at;
      const second = Math.floor((at - start) / 1000);
      const seen = perSecond.get(second) ?? { calls: 0, throttled: 0 };
      perSecond.set(second, seen);
      seen.calls++;
      if (tokens < 1) {
        seen.throttled++;
        return 'throttled';
      }
      tokens--;
      return 'granted';
    }
  };
}
