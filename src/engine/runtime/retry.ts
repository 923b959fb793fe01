import type { Failure, Outcome } from '../core/failure';
import type { Runtime } from './runtime';

/** AWS's SDKs ask three times in all ("Retry behavior", AWS SDKs and Tools reference guide). */
const ATTEMPTS = 3;

/** No new attempt begins later than this after the first: with its own few milliseconds a verdict stays within 3.5 s. */
const BUDGET_MS = 3000;

/** The longest wait before the second attempt, doubled before the third; the throttled wait longer, as in AWS's SDKs. */
const WAIT_MS = 250;
const THROTTLED_WAIT_MS = 500;

/** What usually passes by itself. Silence is not among them: it has taken its whole limit already. */
const PASSING: readonly Failure['cause'][] = ['aws_fault', 'throttled', 'tcp_reset', 'tls_reset'];

/** What the last attempt came to, and which one it was, from 1. */
export interface Retried<T> {
  readonly outcome: Outcome<T>;
  readonly attempts: number;
}

/**
 * Asks again after a fault that may have passed: HTTP 5xx, throttling, a cut connection. Waits a random time
 * ("Exponential Backoff And Jitter", AWS Architecture Blog), or as long as Retry-After says where that is within the
 * budget. `attempt` is handed the milliseconds that are left of `capMs`, so that all attempts together take no longer
 * than one may. Rejects only when `signal` fires, or with what `attempt` throws.
 */
export async function withRetries<T>(
  { clock, random = Math.random }: Pick<Runtime, 'clock' | 'random'>,
  capMs: number,
  signal: AbortSignal,
  attempt: (leftMs: number) => Promise<Outcome<T>>
): Promise<Retried<T>> {
  const started = clock.ticks();
  for (let attempts = 1; ; attempts++) {
    const outcome = await attempt(capMs - (clock.ticks() - started));
    if (outcome.ok || attempts === ATTEMPTS || !PASSING.includes(outcome.failure.cause)) {
      return { outcome, attempts };
    }
    const { cause, evidence } = outcome.failure;
    const longest = (cause === 'throttled' ? THROTTLED_WAIT_MS : WAIT_MS) * 2 ** (attempts - 1);
    const waitMs =
      evidence.retryAfterSeconds === undefined ? random() * longest : evidence.retryAfterSeconds * 1000;
    if (clock.ticks() - started + waitMs > Math.min(BUDGET_MS, capMs)) {
      return { outcome, attempts };
    }
    await clock.sleep(waitMs, signal);
  }
}

/** What a check says when it was not the first attempt that succeeded; empty when it was. */
export const attemptWords = (attempts: number | undefined): string =>
  attempts === 2 ? 'answered at the second attempt' : attempts === 3 ? 'answered at the third attempt' : '';
