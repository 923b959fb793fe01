import { setMaxListeners } from 'node:events';
import type { RungId } from '../../../protocol/rung';
import { ENDED } from '../../outside/world/world';
import type { Failure } from '../../pure/verdicts/failure';
import type { Board } from './board';
import type { Planned } from './plan';
import { isOfTheWay, reconsidered } from './reconsider';
import type { Climber, Run } from './run';
import { Blocked, broke, type Step } from './step';

/** One try at a rung. What stands behind it waits for its gate. */
interface Attempt {
  readonly planned: Planned;
  readonly gate: Gate;
  readonly stop: AbortController;
  step?: Step;
}

interface Gate {
  readonly passed: Promise<void>;
  readonly open: () => void;
  readonly shut: (because: RungId) => void;
}

function createGate(): Gate {
  let open: () => void = () => undefined;
  let shut: (because: RungId) => void = () => undefined;
  const passed = new Promise<void>((resolve, reject) => {
    open = resolve;
    shut = because => reject(new Blocked(because));
  });
  // Nobody may be waiting, and that is all right.
  passed.catch(() => undefined);
  return { passed, open, shut };
}

export interface Scheduler {
  /** Climbs every rung; resolves when each has come to something. Rejects only for a bug. */
  readonly climbAll: () => Promise<void>;
  readonly open: (id: RungId) => void;
  readonly again: (ids: readonly RungId[]) => void;
  readonly stepOf: (id: RungId) => Step | undefined;
}

/**
 * Starts every rung as early as it can and lets a broken one speak for those behind it.
 *
 *   needs    a rung starts when the gates of its needs are open, and is blocked when one is shut
 *   watches  a rung goes on beside them; one that is shut ends it, and explains its own failure on the way
 *
 * `ended` says what a rung that the ladder's signal interrupted came to.
 */
export function createScheduler(
  plan: readonly Planned[],
  climbers: Readonly<Record<RungId, Climber>>,
  run: Run,
  board: Board,
  signal: AbortSignal,
  ended: () => Failure
): Scheduler {
  const attempts = new Map<RungId, Attempt>();
  const running = new Set<Promise<void>>();

  const gates = (ids: readonly RungId[]) =>
    Promise.all(ids.map(id => (attempts.get(id) as Attempt).gate.passed)).then(() => undefined);

  function prepare(planned: Planned): Attempt {
    const attempt = { planned, gate: createGate(), stop: new AbortController() };
    // One for each address of an endpoint, and more: no leak, and Node warns from 10 on.
    setMaxListeners(0, attempt.stop.signal);
    attempts.set(planned.id, attempt);
    return attempt;
  }

  function start(attempt: Attempt): void {
    const { planned, stop } = attempt;
    if (signal.aborted) {
      stop.abort(signal.reason);
    }
    const done = climbOne(attempt)
      .then(step => settle(attempt, step))
      .finally(() => running.delete(done));
    running.add(done);
    // A bug in one rung is thrown by climbAll; what waits on the rung must not wait for ever.
    done.catch(() => attempt.gate.shut(planned.id));
  }

  async function climbOne(attempt: Attempt): Promise<Step> {
    const { planned, stop } = attempt;
    try {
      await gates(planned.needs);
      if (attempts.get(planned.id) === attempt) {
        board.start(planned.id);
      }
      const watched = gates(planned.watches);
      watched.catch((reason: Error) => stop.abort(reason));
      stop.signal.throwIfAborted();
      const working = climbers[planned.id](run, stop.signal);
      // Files are written to the end, or not at all: that rung itself heeds the signal.
      const step = planned.id === 'tools' ? await working : await orAborted(working, stop.signal);
      if (step.kind === 'failed' && isOfTheWay(step.failure)) {
        await watched;
      }
      return step;
    } catch (error) {
      if (error instanceof Blocked) {
        return { kind: 'blocked', because: error.because };
      }
      if (signal.aborted) {
        return broke(ended());
      }
      if (stop.signal.aborted) {
        return { kind: 'blocked', because: planned.id };
      }
      throw error;
    }
  }

  function settle(attempt: Attempt, came: Step): void {
    const { id } = attempt.planned;
    if (attempts.get(id) !== attempt) {
      return;
    }
    const { step, environment } = reconsidered(id, came, stepOf);
    attempt.step = step;
    board.finish(id, step);
    const first = attempts.get('environment');
    if (environment && first) {
      first.step = environment;
      board.finish('environment', environment);
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

  const stepOf = (id: RungId): Step | undefined => attempts.get(id)?.step;

  return {
    stepOf,
    open: id => attempts.get(id)?.gate.open(),
    again(ids) {
      const fresh = plan
        .filter(planned => ids.includes(planned.id))
        .map(planned => {
          const old = attempts.get(planned.id);
          old?.stop.abort(new Error('superseded'));
          // Whatever still waits behind it is superseded too, and must not wait for ever.
          old?.gate.shut(planned.id);
          board.again(planned.id);
          return prepare(planned);
        });
      fresh.forEach(start);
    },
    async climbAll() {
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
