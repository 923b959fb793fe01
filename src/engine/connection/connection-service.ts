import { ENDED, type Runtime } from '../runtime/runtime';
import { sleepUntil } from '../runtime/sleep-until';
import type { Effect, Event } from './machine/event';
import {
  START,
  type ConnectionTarget,
  type Grant,
  type Machine,
  type State,
  type Trouble
} from './machine/state';
import { transition } from './machine/transition';
import { type Failure, failure, type Outcome } from '../core/failure';

/** The work behind a connection: the session hands it in. */
export interface ConnectionWork {
  connect(target: ConnectionTarget, signal: AbortSignal): Promise<Outcome<Grant>>;
  refresh(grant: Grant, signal: AbortSignal): Promise<Outcome<Grant>>;
  /**
   * Whether what failed last fails in the same way still, asked as cheaply as can be when the next try is due. Rejects
   * only when `signal` fires. Absent: each try is made.
   */
  stillBroken?(trouble: Trouble, signal: AbortSignal): Promise<boolean>;
  /** Null when everything is as it was before. */
  restore(): Promise<Failure | null>;
}

/** Keeps one connection alive: feeds the machine with what happens and does what it wants. */
export interface ConnectionService {
  readonly state: () => State;
  /** Hands in an event; returns whether it changed anything. */
  readonly dispatch: (event: EventWithoutTime) => boolean;
  /** Whether an attempt or a restore is running. */
  readonly isBusy: () => boolean;
  /** Resolves when no attempt is running. */
  readonly settled: () => Promise<void>;
  /** Ends attempts and timers; files stay as they are. */
  readonly close: () => Promise<void>;
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
export type EventWithoutTime = DistributiveOmit<Event, 'at'>;

/**
 * @param options.unattended false: nothing is renewed or tried again by itself, as for one verb of a command line
 * @param options.fraction the notebook's place in its fleet, in [0, 1)
 */
export function createConnectionService(
  runtime: Runtime,
  work: ConnectionWork,
  changed: (state: State) => void,
  { unattended = true, fraction = 0 }: { readonly unattended?: boolean; readonly fraction?: number } = {}
): ConnectionService {
  const { clock } = runtime;
  let machine: Machine = { ...START, fraction };
  let running: { attempt: number; stop: AbortController; end: Promise<void> } | null = null;
  let nap: AbortController | null = null;
  let looking: Promise<void> = Promise.resolve();
  let closed = false;

  function dispatch(event: EventWithoutTime): boolean {
    if (closed) {
      return false;
    }
    const step = transition(machine, { ...event, at: clock.now() });
    machine = step.next;
    step.effects.forEach(obey);
    if (step.changed) {
      changed(machine.state);
    }
    return step.changed;
  }

  function obey(effect: Effect): void {
    switch (effect.type) {
      case 'startConnect':
        return begin(effect.attempt, signal => work.connect(effect.target, signal));
      case 'startRefresh':
        return begin(effect.attempt, signal => work.refresh(effect.grant, signal));
      case 'restoreFiles':
        return beginRestore(effect.attempt);
      case 'abort':
        return running?.attempt === effect.attempt ? running.stop.abort() : undefined;
      case 'wakeAt':
        return unattended ? wakeAt(effect.at) : undefined;
      case 'noWake':
        return nap?.abort(ENDED);
    }
  }

  function begin(attempt: number, job: (signal: AbortSignal) => Promise<Outcome<Grant>>): void {
    const stop = new AbortController();
    const before = running?.end ?? Promise.resolve();
    const end = before
      .then(() => job(stop.signal))
      .then(
        outcome =>
          void dispatch(
            outcome.ok
              ? { type: 'minted', attempt, grant: outcome.value }
              : { type: 'attemptFailed', attempt, failure: outcome.failure }
          ),
        error => void dispatch({ type: 'attemptFailed', attempt, failure: unexpected(error, stop.signal) })
      );
    running = { attempt, stop, end };
  }

  /** Files are put back only when the attempt that may be writing them has ended. */
  function beginRestore(attempt: number): void {
    const before = running?.end ?? Promise.resolve();
    const end = before
      .then(() => work.restore())
      .then(
        failure => void dispatch({ type: 'restored', attempt, failure }),
        error => void dispatch({ type: 'restored', attempt, failure: unexpected(error) })
      );
    running = { attempt, stop: new AbortController(), end };
  }

  function unexpected(error: unknown, signal?: AbortSignal): Failure {
    if (signal?.aborted) {
      return failure('cancelled', {});
    }
    const name = error instanceof Error ? error.name : 'error';
    runtime.log(`unexpected ${name} in the connection's keeper`);
    return failure('internal_error', { error: name });
  }

  function wakeAt(due: number): void {
    nap?.abort(ENDED);
    const mine = (nap = new AbortController());
    void sleepUntil(clock, due, mine.signal).then(
      () => wake(due, mine.signal),
      () => undefined
    );
  }

  function wake(due: number, signal: AbortSignal): void {
    const trouble = 'trouble' in machine.state ? machine.state.trouble : null;
    const same = trouble && work.stillBroken ? work.stillBroken(trouble, signal) : Promise.resolve(false);
    looking = same.then(
      broken => void dispatch({ type: broken ? 'stillBroken' : 'wake', due }),
      () => void (signal.aborted || dispatch({ type: 'wake', due }))
    );
  }

  async function settled(): Promise<void> {
    for (let end = running?.end; end;) {
      await end;
      if (running?.end === end) {
        return;
      }
      end = running?.end;
    }
  }

  async function close(): Promise<void> {
    closed = true;
    nap?.abort(ENDED);
    running?.stop.abort();
    await Promise.all([running?.end, looking]);
  }

  const isBusy = () => ['connecting', 'refreshing', 'disconnecting'].includes(machine.state.kind);
  return { state: () => machine.state, dispatch, isBusy, settled, close };
}
