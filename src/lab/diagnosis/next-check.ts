import type { Outage } from '../../protocol/document';

/** A clock of the page's. */
export interface ITimer {
  now(): number;
  /** Calls back once after `ms`; returns a function that cancels it. */
  after(ms: number, callback: () => void): () => void;
}

/**
 * When the engine checks next what is broken, in milliseconds since the epoch; null when it does not. The answer that
 * tells is read once: later checks follow at an even pace, and nobody asks for their times.
 */
export function nextCheckAfter(outage: Outage | undefined, now: number): number | null {
  const first = Date.parse(outage?.nextCheckAt ?? '');
  const pace = (outage?.checkSeconds ?? 0) * 1000;
  if (Number.isNaN(first)) {
    return null;
  }
  return first > now || pace <= 0 ? first : first + Math.ceil((now - first + 1) / pace) * pace;
}
