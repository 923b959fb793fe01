import { setMaxListeners } from 'node:events';
import type { CheckId } from '../../protocol/rung';
import { ENDED } from '../runtime/runtime';
import type { Failure } from '../core/failure';
import type { Report } from './report';
import type { PlannedCheck } from './plan';
import { isRouteFailure, correlate } from './correlate';
import type { Check, CheckContext } from './diagnosis';
import { Blocked, failedCheck, type CheckResult } from './check-result';

/** One try at a rung. What stands behind it waits for its gate. */
interface CheckRun {
  readonly check: PlannedCheck;
  readonly gate: Gate;
  readonly stop: AbortController;
  result?: CheckResult;
}

interface Gate {
  readonly passed: Promise<void>;
  readonly open: () => void;
  readonly shut: (because: CheckId) => void;
}

function createGate(): Gate {
  let open: () => void = () => undefined;
  let shut: (because: CheckId) => void = () => undefined;
  const passed = new Promise<void>((resolve, reject) => {
    open = resolve;
    shut = because => reject(new Blocked(because));
  });
  // Nobody may be waiting, and that is all right.
  passed.catch(() => undefined);
  return { passed, open, shut };
}

export interface Runner {
  /** Climbs every rung; resolves when each has come to something. Rejects only for a bug. */
  readonly runAll: () => Promise<void>;
  readonly open: (id: CheckId) => void;
  readonly again: (ids: readonly CheckId[]) => void;
  readonly resultOf: (id: CheckId) => CheckResult | undefined;
}

/**
 * Starts every rung as early as it can and lets a broken one speak for those behind it.
 *
 *   needs    a rung starts when the gates of its needs are open, and is blocked when one is shut
 *   watches  a rung goes on beside them; one that is shut ends it, and explains its own failure on the way
 *
 * `ended` says what a rung that the ladder's signal interrupted came to.
 */
export function createRunner(
  plan: readonly PlannedCheck[],
  checks: Readonly<Record<CheckId, Check>>,
  run: CheckContext,
  report: Report,
  signal: AbortSignal,
  ended: () => Failure
): Runner {
  const attempts = new Map<CheckId, CheckRun>();
  const running = new Set<Promise<void>>();

  const gates = (ids: readonly CheckId[]) =>
    Promise.all(ids.map(id => (attempts.get(id) as CheckRun).gate.passed)).then(() => undefined);

  function prepare(check: PlannedCheck): CheckRun {
    const attempt = { check, gate: createGate(), stop: new AbortController() };
    // One for each address of an endpoint, and more: no leak, and Node warns from 10 on.
    setMaxListeners(0, attempt.stop.signal);
    attempts.set(check.id, attempt);
    return attempt;
  }

  function start(attempt: CheckRun): void {
    const { check, stop } = attempt;
    if (signal.aborted) {
      stop.abort(signal.reason);
    }
    const done = runOne(attempt)
      .then(step => settle(attempt, step))
      .finally(() => running.delete(done));
    running.add(done);
    // A bug in one rung is thrown by climbAll; what waits on the rung must not wait for ever.
    done.catch(() => attempt.gate.shut(check.id));
  }

  async function runOne(attempt: CheckRun): Promise<CheckResult> {
    const { check, stop } = attempt;
    try {
      await gates(check.needs);
      if (attempts.get(check.id) === attempt) {
        report.start(check.id);
      }
      const probed = gates(check.probes);
      probed.catch((reason: Error) => stop.abort(reason));
      stop.signal.throwIfAborted();
      const working = checks[check.id].run(run, stop.signal);
      const step = checks[check.id].finishes ? await working : await orAborted(working, stop.signal);
      if (step.kind === 'failed' && isRouteFailure(step.failure)) {
        await probed;
      }
      return step;
    } catch (error) {
      if (error instanceof Blocked) {
        return { kind: 'blocked', because: error.because };
      }
      if (signal.aborted) {
        return failedCheck(ended());
      }
      if (stop.signal.aborted) {
        return { kind: 'blocked', because: check.id };
      }
      throw error;
    }
  }

  function settle(attempt: CheckRun, came: CheckResult): void {
    const { id } = attempt.check;
    if (attempts.get(id) !== attempt) {
      return;
    }
    const { step, environment } = correlate(id, came, resultOf);
    attempt.result = step;
    report.finish(id, step);
    const first = attempts.get('environment');
    if (environment && first) {
      first.result = environment;
      report.finish('environment', environment);
    }
    switch (step.kind) {
      case 'failed':
        attempt.gate.shut(id);
        break;
      case 'blocked':
        attempt.gate.shut(step.because);
        break;
      default:
        attempt.gate.open();
    }
  }

  const resultOf = (id: CheckId): CheckResult | undefined => attempts.get(id)?.result;

  return {
    resultOf,
    open: id => attempts.get(id)?.gate.open(),
    again(ids) {
      const fresh = plan
        .filter(check => ids.includes(check.id))
        .map(check => {
          const old = attempts.get(check.id);
          old?.stop.abort(new Error('superseded'));
          // Whatever still waits behind it is superseded too, and must not wait for ever.
          old?.gate.shut(check.id);
          report.again(check.id);
          return prepare(check);
        });
      fresh.forEach(start);
    },
    async runAll() {
      const end = () => attempts.forEach(({ stop }) => stop.abort(signal.aborted ? signal.reason : ENDED));
      signal.addEventListener('abort', end, { once: true });
      plan.map(prepare).forEach(start);
      try {
        while (running.size > 0) {
          await Promise.all(running);
        }
      } finally {
        signal.removeEventListener('abort', end);
        end();
      }
    }
  };
}

/** The work's outcome, or the signal's reason if that comes first: no rung can hold up a cancel. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) {
      stop();
    }
  });
  aborted.catch(() => undefined);
  work.catch(() => undefined);
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
