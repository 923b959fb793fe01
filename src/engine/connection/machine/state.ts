import type { Settings } from '../../../protocol/settings';
import type { Failure } from '../../core/failure';
import type { Secret } from '../../core/secret/secret';

/** What a connection leads to. Two targets are the same when their `key` is. */
export interface ConnectionTarget {
  readonly key: string;
  readonly settings: Settings;
  readonly region: string;
}

/** A token in force. */
export interface Grant {
  readonly target: ConnectionTarget;
  /** Null when another process minted it and it could not be read back. */
  readonly token: Secret | null;
  readonly indexUrl: string;
  /** Milliseconds since the epoch, as are all times here. */
  readonly obtainedAt: number;
  readonly expiresAt: number;
  /** When it is renewed by itself; null when `autoRefresh` is off. */
  readonly refreshAt: number | null;
}

/** Why the last attempt failed, and since when attempts fail. */
export interface Trouble {
  readonly failure: Failure;
  readonly since: number;
  /** Failures in a row: the next retry waits longer. */
  readonly count: number;
}

/**
 * The life of a connection.
 *
 *     disconnected --connectAsked--> connecting --minted--> connected <--minted-- refreshing
 *          ^                            |                     |  ^                   ^ |
 *          |                     attemptFailed              wake |                   | attemptFailed
 *          |                            v                     +--+-------------------+ v
 *          |                          failed                         (T valid: connected + trouble)
 *          |                                                         (T over: expired)
 *          +--restored-- disconnecting <--disconnectAsked-- every state
 *
 * `wakeAt` is when the machine wants to be woken: renewal, retry or expiry, whichever is first.
 */
export type State =
  | { readonly kind: 'disconnected' }
  | {
      readonly kind: 'connecting';
      readonly attempt: number;
      readonly target: ConnectionTarget;
      /** The token that still serves while a new connection is tried. */
      readonly previous: Grant | null;
      readonly trouble: Trouble | null;
    }
  | {
      readonly kind: 'connected';
      readonly grant: Grant;
      readonly trouble: Trouble | null;
      readonly wakeAt: number;
    }
  | {
      readonly kind: 'refreshing';
      readonly attempt: number;
      readonly grant: Grant;
      readonly trouble: Trouble | null;
    }
  | {
      readonly kind: 'expired';
      readonly grant: Grant;
      readonly trouble: Trouble | null;
      /** Null when it is not renewed by itself. */
      readonly wakeAt: number | null;
    }
  | {
      readonly kind: 'failed';
      readonly target: ConnectionTarget;
      readonly trouble: Trouble;
      /** Null after a cancel or bad settings: only a person starts again. */
      readonly wakeAt: number | null;
    }
  | { readonly kind: 'disconnecting'; readonly attempt: number; readonly shown: Grant | null };

/** The machine: the state and the number of the last attempt. */
export interface Machine {
  readonly state: State;
  readonly attempts: number;
  /** Its notebook's place among others, in [0, 1): see FleetPlace. */
  readonly fraction: number;
}

export const START: Machine = { state: { kind: 'disconnected' }, attempts: 0, fraction: 0 };
