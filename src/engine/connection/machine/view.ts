import type { Connection, ConnectionState } from '../../../protocol/connection';
import type { Grant, State, ConnectionTarget, Trouble } from './state';

/**
 * The connection as callers see it at `now`: `expired` as soon as its time has come, whether or
 * not a timer fired (a suspended machine wakes up late). Null when there is none.
 */
export function view(state: State, now: number): Connection | null {
  switch (state.kind) {
    case 'disconnected':
      return null;
    case 'connecting':
      return shown('connecting', state.target, state.previous, state.trouble);
    case 'connected':
      return shown(
        now < state.grant.expiresAt ? 'connected' : 'expired',
        state.grant.target,
        state.grant,
        state.trouble
      );
    case 'refreshing':
      return shown('refreshing', state.grant.target, state.grant, state.trouble);
    case 'expired':
      return shown('expired', state.grant.target, state.grant, state.trouble);
    case 'failed':
      return shown('failed', state.target, null, state.trouble);
    case 'disconnecting':
      return state.shown ? shown('connected', state.shown.target, state.shown, null) : null;
  }
}

function shown(
  state: ConnectionState,
  target: ConnectionTarget,
  grant: Grant | null,
  trouble: Trouble | null
): Connection {
  const { domain, domainOwner, repository } = target.settings;
  return {
    state,
    domain,
    domainOwner,
    repository,
    region: target.region,
    ...(grant && {
      indexUrl: grant.indexUrl,
      expiresAt: iso(grant.expiresAt),
      ...(grant.refreshAt !== null && { refreshAt: iso(grant.refreshAt) })
    }),
    ...(trouble && {
      trouble: {
        verdict: trouble.failure.verdict,
        summary: trouble.failure.summary,
        since: iso(trouble.since)
      }
    })
  };
}

// Building a Date from a number reads no clock; it is how a time gets its ISO 8601 form.
const iso = (ms: number): string => new Date(ms).toISOString();
