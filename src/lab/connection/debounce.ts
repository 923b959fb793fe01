import type { Document } from '../../protocol/document';
import { isRunning } from '../diagnosis/path';

/**
 * A green panel turns red only after two failures in a row, unless its user asked: a single lost packet
 * in the background must alarm nobody. Green is shown at once.
 */
export interface Debounce {
  /** Failures held back so far. */
  readonly held: number;
}

export const NO_DEBOUNCE: Debounce = { held: 0 };

/**
 * How a document came: the user asked for it, a look in the background made it, or it was only read (after
 * an event, on a poll): the same failure can be read many times, so reading counts nothing.
 */
export type Origin = 'asked' | 'looked' | 'read';

/** How many failures in a row it takes. */
const FAILURES = 2;

/** The path is whole and pip can be used: what a background failure must not cover at once. */
const isGreen = (document: Document | null): boolean =>
  document !== null &&
  document.verdict === 'ok' &&
  document.connection?.state === 'connected' &&
  !isRunning(document);

/** The connection itself is as it was: only the look at the path differs. */
const sameLife = (shown: Document, next: Document): boolean =>
  next.connection?.state === 'connected' &&
  next.connection.repository === shown.connection?.repository &&
  next.connection.domain === shown.connection.domain &&
  !next.connection.trouble;

/** Whether `next` may replace `shown`. */
export function accept(
  gate: Debounce,
  shown: Document | null,
  next: Document,
  how: Origin
): { show: boolean; gate: Debounce } {
  if (how === 'asked' || shown === null || !isGreen(shown) || !sameLife(shown, next)) {
    return { show: true, gate: NO_DEBOUNCE };
  }
  if (isRunning(next)) {
    return { show: false, gate };
  }
  if (next.verdict === 'ok') {
    return { show: true, gate: NO_DEBOUNCE };
  }
  if (how === 'read') {
    return { show: false, gate };
  }
  const held = gate.held + 1;
  return held >= FAILURES ? { show: true, gate: NO_DEBOUNCE } : { show: false, gate: { held } };
}
