import type { Document, Outage } from '../../protocol/document';
import type { CheckId } from '../../protocol/checks';
import { retryOf } from '../../protocol/retry';
import { isFailureVerdict, type FailureVerdict, type Retry, type Verdict } from '../../protocol/verdict';
import { rootCause } from '../diagnosis/root-cause';

/** What is broken and can be mended by others or by time. */
export interface Broken {
  readonly verdict: FailureVerdict;
  readonly cause: unknown;
  /** The check that failed by itself; null when none did, as when a token had ended on arrival. */
  readonly root: CheckId | null;
  readonly retry: Exclude<Retry, 'never'>;
  /** How long AWS asks not to be asked, in milliseconds. */
  readonly restMs: number;
}

/** What a document at rest says is broken; null when nothing is that could pass without somebody's click. */
export function brokenIn({ verdict: shown, rungs, connection }: Document): Broken | null {
  // A check may pass with the old token while its renewal fails.
  const verdict = shown === 'ok' && connection?.trouble ? (connection.trouble.verdict as Verdict) : shown;
  if (!isFailureVerdict(verdict)) {
    return null;
  }
  const root = rootCause(rungs);
  const cause = root?.evidence.cause;
  const retry = retryOf(verdict, cause);
  // An ended token that nobody renews by itself is no outage: a person has chosen that.
  return retry === 'never' || (!root && !connection?.trouble)
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
  readonly see: (document: Document, broken: Broken | null, at: number) => void;
  /** @param next when the next check is due and how many milliseconds lie behind it; null when none is. */
  readonly outage: (next: { readonly at: number; readonly every: number } | null) => Outage | undefined;
}

export function createOutageLog(): OutageLog {
  let known: { since: number; repairedAt: number | null } | null = null;
  return {
    see(document, broken, at) {
      if (broken) {
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
