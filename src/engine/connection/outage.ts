import type { Document, Outage } from '../../protocol/document';
import type { CheckId } from '../../protocol/checks';
import type { Rung } from '../../protocol/rung';
import { retryOf } from '../../protocol/retry';
import { isFailureVerdict, type FailureVerdict, type Retry, type Verdict } from '../../protocol/verdict';
import type { Settings } from '../../protocol/settings';
import { rootCause } from '../diagnosis/root-cause';
import { isSameSubject, type KnownOutage, type OutageFile, subjectOf } from './outage-file';

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
  const isOver = connection?.state === 'expired' && (!root || root.id === 'index' || root.id === 'tools');
  return !isFailureVerdict(verdict) || CHOSEN.includes(verdict) || ((isOver || !root) && !connection?.trouble)
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
  /** Takes in what other processes have written. */
  readonly catchUp: () => Promise<void>;
  /**
   * Takes in what is shown now.
   * @param asked the settings of the check that it comes from; undefined when it comes from none
   */
  readonly see: (document: Document, failed: Failed | null, at: number, asked?: Settings) => void;
  /** @param next when the next check is due and how many milliseconds lie behind it; null when none is. */
  readonly outage: (next: { readonly at: number; readonly every: number } | null) => Outage | undefined;
  /** Whether one is remembered, of this or of anything, of which no check of this process has told yet. */
  readonly isRemembered: (asked?: Settings) => boolean;
  /** Nobody asks for it any more. */
  readonly forget: () => void;
  readonly close: () => Promise<void>;
}

export function createOutageLog(file: OutageFile): OutageLog {
  let known: KnownOutage | null = null;
  /** What is written, perhaps by another process. */
  let stored: KnownOutage | null = null;
  /** Whether a check of this process has failed or passed, and when the last one that passed did. */
  let hasChecked = false;
  let passedAt = -1;
  /** False while nobody knows whether it lasts: remembered of another process, or the last check was cancelled. */
  let told = false;

  function become(outage: KnownOutage | null, isTold: boolean): void {
    told = isTold;
    if (JSON.stringify(outage) !== JSON.stringify(known)) {
      known = outage;
      file.write(outage);
    }
  }

  return {
    async catchUp() {
      stored = await file.read();
      if (!hasChecked) {
        known = stored;
        told = stored?.repairedAt != null;
      }
    },
    see({ verdict, connection, rungs }, failed, at, asked) {
      const of = asked ? subjectOf(asked) : known?.of;
      const isOfThis = (outage: KnownOutage) => !of || !outage.of || isSameSubject(outage.of, of);
      const passes = verdict === 'ok' && (rungs.length > 0 || (connection !== null && told));
      if (failed) {
        const lasting = [known, stored].find(
          each => each?.repairedAt === null && each.since > passedAt && isOfThis(each)
        );
        become({ since: lasting?.since ?? at, repairedAt: null, of }, true);
      } else if (passes) {
        passedAt = at;
        become(known && isOfThis(known) ? { ...known, repairedAt: known.repairedAt ?? at } : null, true);
      } else if (verdict === 'ok' && !connection && hasChecked) {
        become(null, true);
      } else if (verdict !== 'ok') {
        // Cancelled, settings that are not valid: nobody knows any more.
        told = false;
      }
      hasChecked ||= failed !== null || passes;
    },
    outage(next) {
      if (!known || !told) {
        return undefined;
      }
      const { since, repairedAt } = known;
      return {
        since: iso(since),
        ...(repairedAt !== null
          ? { repairedAt: iso(repairedAt) }
          : next && { nextCheckAt: iso(next.at), checkSeconds: next.every / 1000 })
      };
    },
    isRemembered: asked =>
      known?.repairedAt === null &&
      !hasChecked &&
      (!asked || !known.of || isSameSubject(known.of, subjectOf(asked))),
    forget: () => {
      [known, told] = [null, false];
      file.write(null);
    },
    close: file.written
  };
}

// Building a Date from a number reads no clock; it is how a time gets its ISO 8601 form.
const iso = (ms: number): string => new Date(ms).toISOString();
