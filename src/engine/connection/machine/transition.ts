import { type Failure, failure as failureOf } from '../../core/failure';
import type { Effect, Event } from './event';
import { addFailure, placeOf, withGrant } from './resting';
import { retryTime } from './retry-time';
import type { Grant, Machine, State, ConnectionTarget, Trouble } from './state';

/** The next machine, what to do, and whether the event changed anything. */
export interface TransitionResult {
  readonly next: Machine;
  readonly effects: readonly Effect[];
  readonly changed: boolean;
}

/**
 * The connection's whole behaviour: pure, total, no clock. Late answers (an attempt that is no
 * longer the live one) change nothing.
 */
export function transition(machine: Machine, event: Event): TransitionResult {
  switch (event.type) {
    case 'connectAsked':
      return connectAsked(machine, event.by, event.target);
    case 'minted':
      return minted(machine, event.attempt, event.grant, event.at);
    case 'attemptFailed':
      return attemptFailed(machine, event.attempt, event.failure, event.at);
    case 'cancelAsked':
      return cancelAsked(machine, event.at);
    case 'wake':
      return wake(machine, event.due, event.at);
    case 'stillBroken':
      return stillBroken(machine, event.due, event.at);
    case 'refreshAsked':
      return refreshAsked(machine, event.at);
    case 'adopted':
      return adopted(machine, event.grant, event.at);
    case 'disconnectAsked':
      return disconnectAsked(machine);
    case 'restored':
      return restored(machine, event.attempt, event.failure, event.at);
    case 'loaded':
      return machine.state.kind === 'disconnected'
        ? rest(machine, withGrant(machine, event.grant, null, event.at))
        : stay(machine);
  }
}

const stay = (machine: Machine): TransitionResult => ({ next: machine, effects: [], changed: false });

/** Enter a resting state and arm its one wake. */
function rest(machine: Machine, state: State, before: readonly Effect[] = []): TransitionResult {
  const wakeAt = 'wakeAt' in state ? state.wakeAt : null;
  return {
    next: { ...machine, state },
    effects: [...before, wakeAt === null ? { type: 'noWake' } : { type: 'wakeAt', at: wakeAt }],
    changed: true
  };
}

function start(
  machine: Machine,
  target: ConnectionTarget,
  previous: Grant | null,
  trouble: Trouble | null,
  before: readonly Effect[] = []
): TransitionResult {
  const attempt = machine.attempts + 1;
  return {
    next: {
      ...machine,
      attempts: attempt,
      state: { kind: 'connecting', attempt, target, previous, trouble }
    },
    effects: [...before, { type: 'noWake' }, { type: 'startConnect', attempt, target }],
    changed: true
  };
}

/** The same for a token that has ended, which nobody has clicked for: it is renewed, as while it was in force. */
function renewEnded(machine: Machine, grant: Grant, trouble: Trouble | null): TransitionResult {
  const attempt = machine.attempts + 1;
  const { target } = grant;
  return {
    next: {
      ...machine,
      attempts: attempt,
      state: { kind: 'connecting', attempt, target, previous: grant, trouble }
    },
    effects: [{ type: 'noWake' }, { type: 'startRefresh', attempt, grant }],
    changed: true
  };
}

function connectAsked(
  machine: Machine,
  by: 'person' | 'automatic',
  target: ConnectionTarget
): TransitionResult {
  const { state } = machine;
  switch (state.kind) {
    case 'disconnected':
    case 'failed':
      return start(machine, target, null, null);
    case 'connecting':
      return by === 'person' && state.target.key !== target.key
        ? start(machine, target, state.previous, null, [{ type: 'abort', attempt: state.attempt }])
        : stay(machine);
    case 'connected':
    case 'expired':
      return by === 'person' ? start(machine, target, state.grant, null) : stay(machine);
    case 'refreshing':
      return by === 'person'
        ? start(machine, target, state.grant, null, [{ type: 'abort', attempt: state.attempt }])
        : stay(machine);
    case 'disconnecting':
      return stay(machine);
  }
}

function minted(machine: Machine, attempt: number, grant: Grant, at: number): TransitionResult {
  const { state } = machine;
  if ((state.kind !== 'connecting' && state.kind !== 'refreshing') || state.attempt !== attempt) {
    return stay(machine);
  }
  if (at >= grant.expiresAt) {
    return attemptFailed(machine, attempt, DEAD_ON_ARRIVAL, at);
  }
  return rest(machine, withGrant(machine, grant, null, at));
}

/** A token that is over by our clock the moment it comes must not replace a valid one. */
const DEAD_ON_ARRIVAL: Failure = failureOf('token_ended', {});

/** With a token, valid or ended, its lines are on the disk: the connection stays, with the reason beside it. */
function attemptFailed(machine: Machine, attempt: number, failure: Failure, at: number): TransitionResult {
  const { state } = machine;
  if ((state.kind !== 'connecting' && state.kind !== 'refreshing') || state.attempt !== attempt) {
    return stay(machine);
  }
  const trouble = addFailure(state.trouble, failure, at);
  const grant = state.kind === 'connecting' ? state.previous : state.grant;
  if (grant) {
    return rest(machine, withGrant(machine, grant, trouble, at));
  }
  const target = state.kind === 'connecting' ? state.target : state.grant.target;
  return rest(machine, {
    kind: 'failed',
    target,
    trouble,
    wakeAt: retryTime(trouble, at, placeOf(target, machine.fraction))
  });
}

const CANCELLED: Failure = failureOf('cancelled', {});

function cancelAsked(machine: Machine, at: number): TransitionResult {
  const { state } = machine;
  if (state.kind !== 'connecting' && state.kind !== 'refreshing') {
    return stay(machine);
  }
  const abort: Effect = { type: 'abort', attempt: state.attempt };
  const grant = state.kind === 'connecting' ? state.previous : state.grant;
  if (!grant) {
    const target = state.kind === 'connecting' ? state.target : state.grant.target;
    const trouble = addFailure(null, CANCELLED, at);
    return rest(machine, { kind: 'failed', target, trouble, wakeAt: null }, [abort]);
  }
  // A cancelled renewal, or a connect over an ended token, waits for a person.
  const renewed = state.kind === 'refreshing' || at >= grant.expiresAt;
  const trouble = renewed ? addFailure(state.trouble, CANCELLED, at) : null;
  return rest(machine, withGrant(machine, grant, trouble, at), [abort]);
}

/**
 * @param due the `wakeAt` that this wake was armed for. It may come early by the wall clock, when that was set back
 * while the machine waited; one that was armed for another state changes nothing.
 */
function wake(machine: Machine, due: number, at: number): TransitionResult {
  const { state } = machine;
  if (!('wakeAt' in state) || state.wakeAt !== due) {
    return stay(machine);
  }
  switch (state.kind) {
    case 'connected':
      return state.grant.refreshAt === null
        ? rest(machine, withGrant(machine, state.grant, state.trouble, Math.max(at, due)))
        : refresh(machine, state.grant, state.trouble, at);
    case 'expired':
      return renewEnded(machine, state.grant, state.trouble);
    case 'failed':
      return start(machine, state.target, null, state.trouble);
  }
}

/** The wake is armed again, as after another failed attempt; from when it was due, so that a countdown stays right. */
function stillBroken(machine: Machine, due: number, at: number): TransitionResult {
  const { state } = machine;
  if (!('wakeAt' in state) || state.wakeAt !== due || !state.trouble) {
    return stay(machine);
  }
  const trouble = addFailure(state.trouble, state.trouble.failure, at);
  const target = state.kind === 'failed' ? state.target : state.grant.target;
  const place = placeOf(target, machine.fraction);
  const from = (retryTime(trouble, due, place) ?? at) > at ? due : at;
  const next: State =
    state.kind === 'failed'
      ? { ...state, trouble, wakeAt: retryTime(trouble, from, place) }
      : withGrant(machine, state.grant, trouble, at, from);
  // The wait grows twice; from then on nothing that is shown changes.
  return { ...rest(machine, next), changed: next.kind !== state.kind || trouble.count <= 3 };
}

function refreshAsked(machine: Machine, at: number): TransitionResult {
  const { state } = machine;
  switch (state.kind) {
    case 'connected':
      return refresh(machine, state.grant, state.trouble, at);
    case 'expired':
      return renewEnded(machine, state.grant, state.trouble);
    case 'failed':
      return start(machine, state.target, null, state.trouble);
    default:
      return stay(machine);
  }
}

function refresh(machine: Machine, grant: Grant, trouble: Trouble | null, at: number): TransitionResult {
  if (at >= grant.expiresAt) {
    return renewEnded(machine, grant, trouble);
  }
  const attempt = machine.attempts + 1;
  return {
    next: { ...machine, attempts: attempt, state: { kind: 'refreshing', attempt, grant, trouble } },
    effects: [{ type: 'noWake' }, { type: 'startRefresh', attempt, grant }],
    changed: true
  };
}

function adopted(machine: Machine, grant: Grant | null, at: number): TransitionResult {
  const { state } = machine;
  if (state.kind === 'disconnecting') {
    return stay(machine);
  }
  const running = state.kind === 'connecting' || state.kind === 'refreshing' ? state.attempt : null;
  const abort: readonly Effect[] = running === null ? [] : [{ type: 'abort', attempt: running }];
  if (grant === null) {
    return state.kind === 'disconnected' ? stay(machine) : rest(machine, { kind: 'disconnected' }, abort);
  }
  if (at >= grant.expiresAt) {
    return stay(machine);
  }
  if (state.kind === 'connecting' && state.target.key !== grant.target.key) {
    return { next: { ...machine, state: { ...state, previous: grant } }, effects: [], changed: true };
  }
  const mine = state.kind === 'connected' || state.kind === 'refreshing' ? state.grant : null;
  if (mine && mine.target.key === grant.target.key && mine.expiresAt >= grant.expiresAt) {
    return stay(machine);
  }
  return rest(machine, withGrant(machine, grant, null, at), abort);
}

function disconnectAsked(machine: Machine): TransitionResult {
  const { state } = machine;
  if (state.kind === 'disconnecting') {
    return stay(machine);
  }
  const attempt = machine.attempts + 1;
  const abort: readonly Effect[] =
    state.kind === 'connecting' || state.kind === 'refreshing'
      ? [{ type: 'abort', attempt: state.attempt }]
      : [];
  const shown = 'grant' in state ? state.grant : state.kind === 'connecting' ? state.previous : null;
  return {
    next: { ...machine, attempts: attempt, state: { kind: 'disconnecting', attempt, shown } },
    effects: [...abort, { type: 'noWake' }, { type: 'restoreFiles', attempt }],
    changed: true
  };
}

function restored(machine: Machine, attempt: number, failure: Failure | null, at: number): TransitionResult {
  const { state } = machine;
  if (state.kind !== 'disconnecting' || state.attempt !== attempt) {
    return stay(machine);
  }
  if (failure === null || state.shown === null) {
    return rest(machine, { kind: 'disconnected' });
  }
  // The files still hold our lines: the connection is still there, with the reason beside it.
  return rest(
    machine,
    withGrant(machine, { ...state.shown, refreshAt: null }, addFailure(null, failure, at), at)
  );
}
