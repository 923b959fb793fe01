import { failure, type Failure, type Outcome } from '../../src/engine/core/failure';
import { type FleetPlace, nextTurn } from '../../src/engine/core/settings/fleet-turn';
import type { Event } from '../../src/engine/connection/machine/event';
import { refreshTime } from '../../src/engine/connection/machine/refresh-time';
import {
  type ConnectionTarget,
  type Grant,
  type Machine,
  START
} from '../../src/engine/connection/machine/state';
import { transition } from '../../src/engine/connection/machine/transition';
import { withRetries } from '../../src/engine/runtime/retry';
import { DEFAULT_SETTINGS } from '../../src/protocol/settings';
import type { Quota } from './quota';
import type { VirtualTime } from './virtual-time';

/** A call takes as long as GetAuthorizationToken does in the Region; a silent endpoint the TCP cap. */
const CALL_MS = 50;
const SILENCE_MS = 3300;

/** What a simulated notebook has lived through. */
export interface Diary {
  /** From the server's start to the first token, in milliseconds; null while there is none. */
  waitedMs: number | null;
  /** From each click to its token, without the call itself. */
  readonly clicksMs: number[];
  renewals: number;
  /** Milliseconds with an ended token. */
  withoutTokenMs: number;
}

export interface NotebookOptions {
  readonly place: FleetPlace;
  readonly tokenMs: number;
  readonly random: () => number;
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/**
 * One home: the engine's own machine, its retries within a call, its turn. Without Jupyter, files and sockets, of which
 * ten thousand do not fit into one process.
 */
export function createNotebook(time: VirtualTime, quota: Quota, { place, tokenMs, random }: NotebookOptions) {
  const target: ConnectionTarget = {
    key: 'fleet',
    settings: { ...DEFAULT_SETTINGS, fleetSize: place.fleetSize },
    region: 'us-east-1'
  };
  const diary: Diary = { waitedMs: null, clicksMs: [], renewals: 0, withoutTokenMs: 0 };
  let machine: Machine = { ...START, fraction: place.fraction };
  let startedAt = 0;
  let clickedAt: number | null = null;
  let armed = 0;

  function dispatch(event: DistributiveOmit<Event, 'at'>): void {
    const step = transition(machine, { ...event, at: time.now() });
    machine = step.next;
    for (const effect of step.effects) {
      if (effect.type === 'wakeAt') {
        const mine = ++armed;
        time.at(effect.at, () => armed === mine && dispatch({ type: 'wake', due: effect.at }));
      } else if (effect.type === 'noWake') {
        armed++;
      } else if (effect.type === 'startConnect') {
        void ask(effect.attempt, null);
      } else if (effect.type === 'startRefresh') {
        void ask(effect.attempt, effect.grant);
      }
    }
  }

  async function ask(attempt: number, renewed: Grant | null): Promise<void> {
    const never = new AbortController().signal;
    const { outcome } = await withRetries({ clock: time, random }, 5000, never, call);
    if (!outcome.ok) {
      dispatch({ type: 'attemptFailed', attempt, failure: outcome.failure });
      return;
    }
    const now = time.now();
    diary.renewals += renewed ? 1 : 0;
    diary.waitedMs ??= now - startedAt;
    if (clickedAt !== null) {
      diary.clicksMs.push(now - clickedAt - CALL_MS);
      clickedAt = null;
    }
    if (renewed && now > renewed.expiresAt) {
      diary.withoutTokenMs += now - renewed.expiresAt;
    }
    const expiresAt = now + tokenMs;
    const refreshAt = refreshTime(now, expiresAt, place.fraction);
    dispatch({
      type: 'minted',
      attempt,
      grant: { target, token: null, indexUrl: '', obtainedAt: now, expiresAt, refreshAt }
    });
  }

  async function call(): Promise<Outcome<void>> {
    const answer = quota.ask(time.now());
    await time.sleep(answer === 'unreachable' ? SILENCE_MS : CALL_MS);
    return answer === 'granted' ? { ok: true, value: undefined } : { ok: false, failure: FAILURES[answer] };
  }

  return {
    diary,
    /** The server starts; nobody has clicked. */
    start(): void {
      startedAt = time.now();
      time.at(nextTurn(place, startedAt), () => {
        if (machine.state.kind === 'disconnected') {
          dispatch({ type: 'connectAsked', by: 'automatic', target });
        }
      });
    },
    click(): void {
      clickedAt = time.now();
      dispatch({ type: 'connectAsked', by: 'person', target });
    }
  };
}

const FAILURES: Readonly<Record<'throttled' | 'unreachable', Failure>> = {
  throttled: failure('throttled', {}),
  unreachable: failure('tcp_silent', { host: 'codeartifact.us-east-1.amazonaws.com', waitedMs: SILENCE_MS })
};
