import { retryOf } from '../../../protocol/retry';
import { type FleetPlace, nextTurn } from '../../core/settings/fleet-turn';
import type { Trouble } from './state';

const SECOND = 1000;

/** Endpoints and security groups are mended by people: soon enough to be noticed, rare enough to be free. */
export const RETRY_MS: readonly number[] = [10 * SECOND, 30 * SECOND, 60 * SECOND];

/** A denial changes only when somebody edits a policy; asking more often fills CloudTrail with refusals. */
export const RETRY_DENIED_MS = 5 * 60 * SECOND;

/** Throttled by a fleet whose size nobody has set: twice as long each time, so that all of them fit in. */
const LONGEST_THROTTLED_MS = 5 * 60 * SECOND;

/**
 * When to try again after a failure; null when only a person may (a cancel, bad settings, a
 * file that needs an editor; a full disk or a lock passes by itself).
 *
 * @param trouble the failure with its count of failures in a row
 * @param place waits for its turn among the notebooks that came upon the same failure at the same moment
 */
export function retryTime(trouble: Trouble, at: number, place: FleetPlace): number | null {
  const { verdict, cause } = trouble.failure;
  switch (retryOf(verdict, cause)) {
    case 'never':
      return null;
    case 'slowly':
      return nextTurn(place, at + RETRY_DENIED_MS);
    case 'retry_after':
      return nextTurn(place, at + throttledMs(trouble, place.fraction));
    case 'soon':
      return nextTurn(place, at + RETRY_MS[Math.min(trouble.count, RETRY_MS.length) - 1]);
  }
}

/** As long as AWS says; else longer each time, at a place of its own, as the others were refused just now, too. */
function throttledMs({ failure, count }: Trouble, fraction: number): number {
  const asked = failure.evidence.retryAfterSeconds;
  if (asked !== undefined && asked < 3600) {
    return Math.max(RETRY_MS[0], asked * SECOND);
  }
  const doubled = Math.min(RETRY_MS[0] * 2 ** Math.min(count - 1, 10), LONGEST_THROTTLED_MS);
  return Math.round(doubled * (1 + fraction));
}
