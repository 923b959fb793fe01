import type { Failure } from '../../core/failure';
import type { Grant, ConnectionTarget } from './state';

/** What can happen to a connection; every event says when. */
export type Event = { readonly at: number } & (
  | { readonly type: 'connectAsked'; readonly by: 'person' | 'automatic'; readonly target: ConnectionTarget }
  | { readonly type: 'minted'; readonly attempt: number; readonly grant: Grant }
  | { readonly type: 'attemptFailed'; readonly attempt: number; readonly failure: Failure }
  | { readonly type: 'cancelAsked' }
  /** The time `due`, for which the machine asked to be woken, has come. */
  | { readonly type: 'wake'; readonly due: number }
  /** A cheap look at wake time has found the same failure: no attempt is worth its calls yet. */
  | { readonly type: 'stillBroken'; readonly due: number }
  | { readonly type: 'refreshAsked' }
  /** Another process wrote the state file; null: it disconnected. */
  | { readonly type: 'adopted'; readonly grant: Grant | null }
  | { readonly type: 'disconnectAsked' }
  | { readonly type: 'restored'; readonly attempt: number; readonly failure: Failure | null }
  /** The state file as found at start. */
  | { readonly type: 'loaded'; readonly grant: Grant }
);

/** What the machine wants done; the connection service does it. */
export type Effect =
  | { readonly type: 'startConnect'; readonly attempt: number; readonly target: ConnectionTarget }
  | { readonly type: 'startRefresh'; readonly attempt: number; readonly grant: Grant }
  | { readonly type: 'abort'; readonly attempt: number }
  | { readonly type: 'restoreFiles'; readonly attempt: number }
  | { readonly type: 'wakeAt'; readonly at: number }
  | { readonly type: 'noWake' };
