import type { Document, Outage } from '../../protocol/document';
import type { CheckId } from '../../protocol/checks';
import type { Rung } from '../../protocol/rung';
import { retryOf } from '../../protocol/retry';
import { isFailureVerdict, type FailureVerdict, type Retry, type Verdict } from '../../protocol/verdict';
import { rootCause } from '../diagnosis/root-cause';

/** A failure, and the check that failed by itself; null when none did, as when a token had ended on arrival. */
export interface Failed {
  readonly verdict: FailureVerdict;
  readonly root: Rung | null;
}

/** What somebody did or has to write: no time during which something was broken. */
const CHOSEN: readonly Verdict[] = ['cancelled', 'invalid_settings'];

/** What is broken and can be mended by others or by time. */
export interface Broken {
  readonly verdict: FailureVerdict;
  readonly cause: unknown;
  readonly root: CheckId | null;
  readonly retry: Exclude<Retry, 'never'>;
  /** How long AWS asks not to be asked, in milliseconds. */
  readonly restMs: number;
}

/** What a document at rest says is broken, whoever mends it; null when nothing is, or when it is what a person has chosen. */
export function failureIn({ verdict: shown, rungs, connection }: Document): Failed | null {
  // A check may pass with the old token while its renewal fails.
  const verdict = shown === 'ok' && connection?.trouble ? (connection.trouble.verdict as Verdict) : shown;
  const root = rootCause(rungs);
  // An ended token that nobody renews by itself is no outage: a person has chosen that.
  return !isFailureVerdict(verdict) || CHOSEN.includes(verdict) || (!root && !connection?.trouble)
    ? null
    : { verdict, root };
}

/** The same, when it could pass without somebody's click. */
export function brokenIn({ verdict, root }: Failed): Broken | null {
  const cause = root?.evidence.cause;
  const retry = retryOf(verdict, cause);
  return retry === 'never'
    ? null
    : {
        verdict,
        cause,
        root: root?.id ?? null,
        retry,
        restMs: 1000 * (Number(root?.evidence.retryAfterSeconds) || 0)
      };
}

/** From the first failure to the check that passed again; told in each document. */
export interface OutageLog {
  /** Takes in what is shown now. */
  readonly see: (document: Document, failed: Failed | null, at: number) => void;
  /** @param next when the next check is due and how many milliseconds lie behind it; null when none is. */
  readonly outage: (next: { readonly at: number; readonly every: number } | null) => Outage | undefined;
}

export function createOutageLog(): OutageLog {
  let known: { since: number; repairedAt: number | null } | null = null;
  return {
    see(document, failed, at) {
      if (failed) {
        known = known && known.repairedAt === null ? known : { since: at, repairedAt: null };
      } else if (document.verdict !== 'ok' || (!document.connection && document.rungs.length === 0)) {
        // Cancelled, settings that are not valid, disconnected: nobody knows any more.
        known = null;
      } else if (known && known.repairedAt === null) {
        known = { ...known, repairedAt: at };
      }
    },
    outage(next) {
      if (!known) {
        return undefined;
      }
      const { since, repairedAt } = known;
      return {
        since: iso(since),
        ...(repairedAt !== null
          ? { repairedAt: iso(repairedAt) }
          : next && { nextCheckAt: iso(next.at), checkSeconds: next.every / 1000 })
      };
    }
  };
}

// Building a Date from a number reads no clock; it is how a time gets its ISO 8601 form.
const iso = (ms: number): string => new Date(ms).toISOString();
