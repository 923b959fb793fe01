import { retryOf } from '../../../protocol/retry';
import type { Failure } from '../../core/failure';
import type { Trouble } from './state';

const SECOND = 1000;

/** Endpoints and security groups are mended by people: soon enough to be noticed, rare enough to be free. */
const RETRY_MS = [10 * SECOND, 30 * SECOND, 60 * SECOND];

/** A denial changes only when somebody edits a policy; asking more often fills CloudTrail with refusals. */
const RETRY_DENIED_MS = 5 * 60 * SECOND;

/**
 * When to try again after a failure; null when only a person may (a cancel, bad settings, a
 * file that needs an editor; a full disk or a lock passes by itself).
 *
 * @param trouble the failure with its count of failures in a row
 */
export function retryTime(trouble: Trouble, at: number): number | null {
  const { verdict, cause } = trouble.failure;
  switch (retryOf(verdict, cause)) {
    case 'never':
      return null;
    case 'slowly':
      return at + RETRY_DENIED_MS;
    case 'retry_after':
      return at + throttledMs(trouble.failure);
    case 'soon':
      return at + RETRY_MS[Math.min(trouble.count, RETRY_MS.length) - 1];
  }
}

/** AWS's own Retry-After, at least ten seconds. */
function throttledMs(failure: Failure): number {
  const asked = failure.evidence.retryAfterSeconds;
  return Math.max(RETRY_MS[0], asked !== undefined && asked < 3600 ? asked * SECOND : 0);
}
