import type { Cause } from './messages/describe';
import { type FailureVerdict, type Retry, VERDICT } from './verdict';

/**
 * Causes that pass by themselves, or do not, unlike the rest of their verdict. Apart from the catalogue, which the
 * browser loads with the panel only.
 */
const EXCEPTIONS = {
  // Room is made by others as well: a quota is raised, a job ends.
  disk_full: 'soon',
  file_changed: 'soon',
  locked: 'soon',
  // The way to it, not who we are.
  credential_service_unreachable: 'soon'
} as const satisfies Partial<Record<Cause, Retry>>;

/** When a failure is worth another try. */
export const retryOf = (verdict: FailureVerdict, cause: unknown): Retry =>
  typeof cause === 'string' && Object.hasOwn(EXCEPTIONS, cause)
    ? EXCEPTIONS[cause as keyof typeof EXCEPTIONS]
    : VERDICT[verdict].retry;
