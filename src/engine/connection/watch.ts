import type { Document, Outage } from '../../protocol/document';
import type { Settings } from '../../protocol/settings';
import type { Clock } from '../runtime/runtime';
import { ENDED } from '../runtime/runtime';
import { sleepUntil } from '../runtime/sleep-until';
import { RETRY_DENIED_MS, RETRY_MS } from './machine/retry-time';
import { type Broken, brokenIn, failureIn, type OutageLog } from './outage';
import type { Result } from './result-store';

const SECOND = 1000;

/** A connection that works is checked while somebody sees it. */
const WORKING_MS = 60 * SECOND;

/** A first failure is confirmed before anything is said: one lost packet must not alarm anybody. */
const CONFIRM_MS = 10 * SECOND;

/** An open page reads the state once a minute; one that has missed two is closed. */
const SEEN_MS = 150 * SECOND;

export interface WatchWork {
  /** What is shown now; null while something runs, or before the first run. */
  readonly shown: () => Document | null;
  /** The settings of the check that it comes from; undefined when it comes from none. */
  readonly asked: () => Settings | undefined;
  /** When the connection itself tries again after a failure, and how long it waits after that; null when it does not. */
  readonly ownRetry: () => { readonly at: number; readonly every: number } | null;
  /** Takes in what other processes have done. */
  readonly catchUp: () => Promise<void>;
  /** Whether the failed check fails in the same way; asks nothing that does not lead to it. */
  readonly stillBroken: (broken: Broken, signal: AbortSignal) => Promise<boolean>;
  /** Every check, shown nowhere yet. */
  readonly checkAll: (signal: AbortSignal) => Promise<Result>;
  readonly show: (result: Result) => void;
  /** Tries again what had failed; false when nothing had. */
  readonly retry: () => boolean;
  /** What is told of the outage has changed. */
  readonly changed: () => void;
}

/**
 * Looks on while nobody clicks: at what is broken until it is mended, and, while somebody sees it, at what works.
 * The engine does it and no page, so that an open panel sends nothing that JupyterHub's proxy would count as activity
 * (docs/reliability.md), and so that a repair is noticed with the panel closed.
 *
 * A look at something broken asks for the failed check alone; only when that comes out differently are all checked.
 * Nothing is shown before it has come to a result, and nothing when that says the same as before.
 */
export interface Watch {
  /** To be called after each change: decides when to look next. */
  readonly look: () => void;
  /** Somebody sees the state at this moment. */
  readonly seen: () => void;
  /** Somebody acts: what is being looked at is of no interest any more. */
  readonly interrupt: () => void;
  readonly outage: () => Outage | undefined;
  /** Whether something is broken that is looked at without anybody's click. */
  readonly isOn: () => boolean;
  readonly close: () => Promise<void>;
}

export function createWatch(clock: Clock, log: OutageLog, work: WatchWork): Watch {
  let broken: Broken | null = null;
  /** What is looked at, in words that are equal when it is the same; '' when nothing is. */
  let subject = '';
  let looks = 0;
  let heldBack = false;
  let lookedAt = 0;
  let seenAt = -Infinity;
  let due: number | null = null;
  let nap: AbortController | null = null;
  let looking: { stop: AbortController; end: Promise<void> } | null = null;
  let closed = false;

  const isSeen = (): boolean => clock.ticks() - seenAt < SEEN_MS;

  function waitAfter(count: number): number | null {
    if (!broken) {
      return isSeen() ? (heldBack ? CONFIRM_MS : WORKING_MS) : null;
    }
    // While nobody sees it: CloudTrail records each refusal, and policies are not edited by the minute.
    if (broken.retry === 'slowly' && !isSeen()) {
      return RETRY_DENIED_MS;
    }
    // Whoever is throttled asks rarely, and not before AWS wants to be asked.
    const at = broken.retry === 'retry_after' ? RETRY_MS.length - 1 : Math.min(count, RETRY_MS.length - 1);
    return Math.max(RETRY_MS[at], broken.restMs);
  }

  function look(): void {
    const document = closed ? null : work.shown();
    if (!document) {
      return;
    }
    const failed = failureIn(document);
    broken = failed && brokenIn(failed);
    log.see(document, failed, clock.now(), work.asked());
    const works = document.verdict === 'ok' && document.connection?.state === 'connected';
    const next = broken ? `${broken.verdict} ${String(broken.cause)} ${broken.root}` : works ? 'works' : '';
    if (next !== subject) {
      subject = next;
      looks = 0;
      heldBack = false;
      lookedAt = clock.now();
    }
    arm();
  }

  /** The connection's own retry looks as well, so that nothing is to be done beside it; but it asks rarely for what was denied. */
  function arm(): void {
    if (looking) {
      return;
    }
    const wait = subject === '' ? null : waitAfter(looks);
    const isOwn = broken !== null && work.ownRetry() !== null && !(broken.retry === 'slowly' && isSeen());
    const next = wait === null || isOwn ? null : lookedAt + wait;
    if (next === due && (nap || next === null)) {
      return;
    }
    due = next;
    nap?.abort(ENDED);
    nap = null;
    if (next !== null) {
      const mine = (nap = new AbortController());
      void sleepUntil(clock, next, mine.signal).then(
        () => start(next),
        () => undefined
      );
    }
  }

  function start(at: number): void {
    nap = null;
    if (looking || closed) {
      return;
    }
    const stop = new AbortController();
    const end = lookOnce(at, stop.signal)
      .catch(() => undefined)
      .finally(() => {
        looking = null;
        look();
      });
    looking = { stop, end };
  }

  async function lookOnce(at: number, signal: AbortSignal): Promise<void> {
    const before = subject;
    await work.catchUp();
    look();
    const of = broken;
    // Somebody has acted meanwhile, or another process has: that was looked at by who did it.
    if (signal.aborted || subject !== before || !work.shown() || waitAfter(looks) === null) {
      return;
    }
    if (of && (await work.stillBroken(of, signal))) {
      return counted(at, signal);
    }
    if (signal.aborted || (of && work.retry())) {
      return;
    }
    const result = await work.checkAll(signal);
    const shown = work.shown();
    if (signal.aborted || !shown || subject !== before || result.verdict === 'cancelled') {
      return;
    }
    if (!of && result.verdict !== 'ok' && !heldBack) {
      heldBack = true;
      lookedAt = clock.now();
      return;
    }
    heldBack = false;
    counted(at, signal);
    if (!isSame(shown, result)) {
      work.show(result);
    }
  }

  /** From when it was due, so that a page counts down to the next look without asking; from now after a long sleep. */
  function counted(at: number, signal: AbortSignal): void {
    if (signal.aborted) {
      return;
    }
    looks += 1;
    lookedAt = clock.now() - at < 2 * CONFIRM_MS ? at : clock.now();
    // The wait grows twice; after that nothing that is told changes.
    if (broken && looks < RETRY_MS.length) {
      work.changed();
    }
  }

  const nextCheck = () => {
    const own = broken ? work.ownRetry() : null;
    return due === null || (own && own.at < due)
      ? own
      : { at: due, every: waitAfter(looks + 1) ?? WORKING_MS };
  };

  return {
    look,
    seen: () => {
      const before = isSeen();
      seenAt = clock.ticks();
      if (!before) {
        arm();
      }
    },
    interrupt: () => looking?.stop.abort(ENDED),
    outage: () => log.outage(nextCheck()),
    isOn: () => broken !== null,
    close: async () => {
      closed = true;
      nap?.abort(ENDED);
      looking?.stop.abort(ENDED);
      await looking?.end;
    }
  };
}

/** Whether two looks say the same: how long each check took does not count. */
function isSame(shown: Document, result: Result): boolean {
  const said = ({ verdict, rungs = [], files = [], kernels = [] }: Result | Document) =>
    JSON.stringify([
      verdict,
      rungs.map(({ id, verdict: of, evidence, warning, because }) => [
        id,
        of,
        evidence.cause,
        warning,
        because
      ]),
      files,
      kernels
    ]);
  return said(shown) === said(result);
}
