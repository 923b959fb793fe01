import type { Settings } from '../../protocol/settings';
import { targetOf } from './connection-target';
import { retryTime } from './machine/retry-time';
import type { Grant, State } from './machine/state';

/** After a restart of the server, a token valid for this long is used as it is instead of asking AWS. */
const WORTH_KEEPING_MS = 30 * 60_000;

/** Whether the connection, if there is one, leads where the settings say. */
export const isWanted = (state: State, settings: Settings): boolean =>
  !('grant' in state) || targetOf(settings, state.grant.target.region).key === state.grant.target.key;

export const grantOfState = (state: State): Grant | null => ('grant' in state ? state.grant : null);

/** Whether it is worth keeping as it is. */
export const isLive = (state: State, settings: Settings, now: number): boolean =>
  state.kind === 'connected' && isWanted(state, settings) && state.grant.expiresAt - now > WORTH_KEEPING_MS;

/** Somebody wants the connection or its renewal, which is only waiting for its next try. */
export function canRetry(state: State): boolean {
  const verdict = 'trouble' in state ? state.trouble?.failure.verdict : undefined;
  return verdict !== undefined && verdict !== 'cancelled' && verdict !== 'write_failed';
}

/** When it tries again by itself, and how long it waits after that; null when it does not. */
export function ownRetry(state: State): { readonly at: number; readonly every: number } | null {
  if (!('wakeAt' in state) || state.wakeAt === null || !state.trouble) {
    return null;
  }
  if ('grant' in state && state.grant.refreshAt === null) {
    return null;
  }
  const { trouble } = state;
  const { fleetSize } = ('grant' in state ? state.grant.target : state.target).settings;
  const every = retryTime({ ...trouble, count: trouble.count + 1 }, 0, { fleetSize, fraction: 0 }) ?? 0;
  return { at: state.wakeAt, every };
}
