import type { Document } from '../../protocol/document';

/**
 * A green panel turns red only after two failures in a row, unless the user asked for the check: a single lost packet
 * in the background must not alarm anybody. Green is shown at once.
 */
export interface IDebounce {
  /** Failures that were held back so far. */
  readonly held: number;
}

export const NO_DEBOUNCE: IDebounce = { held: 0 };

/**
 * Where a document comes from: a request of the user, a check in the background, or a mere reading of the state (after
 * an event, on a poll). The same failure can be read many times, so a reading does not count.
 */
export type Origin = 'user' | 'background' | 'read';

/** How many failures in a row it takes. */
const FAILURES = 2;

/** Connected, with nothing wrong: the state that a failure in the background must not replace at once. */
const isGreen = (document: Document | null): boolean =>
  document !== null && document.verdict === 'ok' && document.connection?.state === 'connected';

/** Whether the connection is the same, and only the path's checks differ. */
const sameConnection = (shown: Document, next: Document): boolean =>
  next.connection?.state === 'connected' &&
  next.connection.repository === shown.connection?.repository &&
  next.connection.domain === shown.connection.domain &&
  !next.connection.trouble;

/** Whether `next`, which is final, may replace `shown`. */
export function accept(
  debounce: IDebounce,
  shown: Document | null,
  next: Document,
  origin: Origin
): { show: boolean; debounce: IDebounce } {
  if (origin === 'user' || shown === null || !isGreen(shown) || !sameConnection(shown, next)) {
    return { show: true, debounce: NO_DEBOUNCE };
  }
  if (next.verdict === 'ok') {
    return { show: true, debounce: NO_DEBOUNCE };
  }
  if (origin === 'read') {
    return { show: false, debounce };
  }
  const held = debounce.held + 1;
  return held >= FAILURES ? { show: true, debounce: NO_DEBOUNCE } : { show: false, debounce: { held } };
}
