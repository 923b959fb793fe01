import type { Failure } from '../../core/failure';
import type { Trouble } from './state';

const SECOND = 1000;

/** Endpoints and security groups are mended by people: soon enough to be noticed, rare enough to be free. */
const RETRY_MS = [10 * SECOND, 30 * SECOND, 60 * SECOND];

/** A denial changes only when somebody edits a policy; asking more often fills CloudTrail with refusals. */
const RETRY_DENIED_MS = 5 * 60 * SECOND;

/**
 * When to try again after a failure; null when only a person may (a cancel, bad settings, a
 * file that needs an editor).
 *
 * @param trouble the failure with its count of failures in a row
 */
export function retryTime(trouble: Trouble, at: number): number | null {
  const { verdict } = trouble.failure;
  switch (verdict) {
    case 'cancelled':
    case 'invalid_settings':
    case 'write_failed':
      return null;
    case 'access_denied':
    case 'not_found':
      return at + RETRY_DENIED_MS;
    case 'throttled':
      return at + throttledMs(trouble.failure);
    default:
      return at + RETRY_MS[Math.min(trouble.count, RETRY_MS.length) - 1];
  }
}

/** AWS's own Retry-After, at least ten seconds. */
function throttledMs(failure: Failure): number {
  const asked = failure.evidence.retryAfterSeconds;
  return Math.max(RETRY_MS[0], typeof asked === 'number' && asked < 3600 ? asked * SECOND : 0);
}
