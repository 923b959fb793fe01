import type { Connection } from '../../protocol/connection';
import type { Document } from '../../protocol/document';
import type { File } from '../../protocol/file';
import type { KernelPip } from '../../protocol/kernel';
import type { Rung } from '../../protocol/rung';
import type { Settings } from '../../protocol/settings';
import type { Verdict } from '../../protocol/verdict';
import { type Clock, ENDED } from '../runtime/runtime';
import type { State } from './machine/state';
import { view } from './machine/view';
import type { Failure } from '../core/failure';
import type { OnProgress } from '../diagnosis/run-diagnosis';
import { answer, failureRung } from './answer';
import { liveSentence, stateSentence } from './sentences';

/** Events tell "something changed"; more often than this nobody can read. */
const PROGRESS_INTERVAL_MS = 50;

export interface Result {
  readonly verdict: Verdict;
  readonly summary: string;
  readonly rungs?: readonly Rung[];
  readonly files?: readonly File[];
  readonly kernels?: readonly KernelPip[];
  readonly notes?: readonly string[];
  /** With which settings it was asked for. */
  readonly asked?: Settings;
}

/** One run's way to be seen. Once a newer run has begun, nobody listens to this one any more. */
export interface RunLog {
  readonly rungs: OnProgress;
  readonly end: (result: Result) => void;
}

/** What the last run came to, and what the one under way shows so far. */
export interface ResultStore {
  readonly begin: () => RunLog;
  /** A result without a run, such as Disconnect's, or what another process did. */
  readonly set: (result: Result) => void;
  /** A result of a run that nobody saw: what it did not come to is as it was. */
  readonly replace: (result: Result) => void;
  /** With which settings the last result was asked for. */
  readonly asked: () => Settings | undefined;
  /** Whether a run is under way. */
  readonly isRunning: () => boolean;
  /** Notes are those of this moment's settings. */
  readonly document: (state: State, failure: Failure | null, notes: readonly string[]) => Document;
  /** The answer to who asked for a run that came to `result`, whatever has become the last result since. */
  readonly answerOf: (result: Result, state: State, notes: readonly string[]) => Document;
  /** The checks of the run under way; empty while nothing runs. */
  readonly progress: () => readonly Rung[];
  /** The run that was cancelled, when that was the last thing that happened. */
  readonly cancelled: () => Result | null;
}

const isBusy = ({ kind }: State): boolean =>
  kind === 'connecting' || kind === 'refreshing' || kind === 'disconnecting';

/** @param changed called when live rungs have changed, at most every LIVE_EVERY_MS; the last change is never lost. */
export function createResultStore(clock: Clock, changed: () => void): ResultStore {
  let live: (() => readonly Rung[]) | null = null;
  let last: Result | null = null;
  /** A cancelled run says nothing about the way: what was known before it still holds. */
  let cancelled: Result | null = null;
  let newest: object = {};
  let told = -Infinity;
  let due: AbortController | null = null;

  function quiet(): void {
    due?.abort(ENDED);
    due = null;
  }

  function soon(): void {
    const left = told + PROGRESS_INTERVAL_MS - clock.ticks();
    if (left <= 0) {
      told = clock.ticks();
      changed();
      return;
    }
    if (!due) {
      const mine = (due = new AbortController());
      clock.sleep(left, mine.signal).then(
        () => {
          due = null;
          told = clock.ticks();
          changed();
        },
        () => undefined
      );
    }
  }

  function begin(): RunLog {
    const me = (newest = {});
    live = () => [];
    cancelled = null;
    told = clock.ticks();
    return {
      rungs: rungs => {
        if (newest === me) {
          live = rungs;
          soon();
        }
      },
      end: result => {
        if (newest !== me) {
          return;
        }
        quiet();
        live = null;
        if (result.verdict === 'cancelled') {
          cancelled = result;
        } else {
          last = { ...result, ...toolsOf(result) };
        }
      }
    };
  }

  /** A run that did not come to the tools leaves what is known of them. */
  const toolsOf = (result: Result | null): Pick<Result, 'files' | 'kernels'> => ({
    files: result?.files ?? last?.files,
    kernels: result?.kernels ?? last?.kernels
  });

  function document(state: State, failure: Failure | null, notes: readonly string[]): Document {
    const at = clock.now();
    const connection = view(state, at);
    if (failure) {
      const { verdict, summary } = failure;
      const rungs = [failureRung(failure)];
      return answer({ verdict, summary, connection, rungs, ...toolsOf(null), notes, at });
    }
    if (live || isBusy(state)) {
      const rungs = live?.() ?? [];
      const summary = liveSentence(connection);
      return answer({
        verdict: 'ok',
        summary,
        connection,
        rungs,
        ...toolsOf(null),
        notes,
        running: true,
        at
      });
    }
    const known = resting(state) ?? { verdict: 'ok', summary: '' };
    // What ended well is told by the connection that came of it.
    return answerOf(connection && known.verdict === 'ok' ? { ...known, summary: '' } : known, state, notes);
  }

  /** What is known while nothing runs. */
  function resting(state: State): Result | null {
    const trouble = state.kind === 'failed' || state.kind === 'expired' ? state.trouble : null;
    if (!trouble) {
      return last;
    }
    const { failure } = trouble;
    // Each attempt and each diagnosis leaves its result: the last one says what is wrong now.
    const known = failure.verdict === 'cancelled' ? (cancelled ?? last) : last;
    // Every hop may have answered and the attempt failed all the same, as with a token that has ended on arrival.
    return known && known.verdict !== 'ok'
      ? known
      : { verdict: failure.verdict, summary: failure.summary, rungs: known?.rungs, ...toolsOf(null) };
  }

  function answerOf(result: Result, state: State, notes: readonly string[]): Document {
    const at = clock.now();
    const { verdict, rungs } = result;
    const connection = withNewest(view(state, at), state, result);
    const over = verdict === 'ok' && connection?.state === 'expired';
    const sameTrouble = verdict !== 'ok' && connection?.trouble?.verdict === verdict;
    return answer({
      verdict: over ? 'expired_credentials' : verdict,
      summary:
        result.summary && !over && !sameTrouble ? result.summary : stateSentence(connection, result.summary),
      connection,
      rungs,
      ...toolsOf(result),
      notes: [...notes, ...(result.notes ?? [])],
      at
    });
  }

  return {
    begin,
    set: result => {
      newest = {};
      quiet();
      live = null;
      cancelled = null;
      last = result;
    },
    replace: result => begin().end(result),
    asked: () => last?.asked,
    isRunning: () => live !== null,
    document,
    answerOf,
    progress: () => live?.() ?? [],
    cancelled: () => cancelled
  };
}

/** After a check of a failed connection, its trouble is what that check saw. */
function withNewest(
  connection: Connection | null,
  state: State,
  { verdict, summary }: Result
): Connection | null {
  return connection?.trouble &&
    (state.kind === 'failed' || state.kind === 'expired') &&
    verdict !== 'ok' &&
    verdict !== connection.trouble.verdict
    ? { ...connection, trouble: { ...connection.trouble, verdict, summary } }
    : connection;
}
