import type { Failure } from '../../core/failure';
import type { FleetPlace } from '../../core/settings/fleet-turn';
import { retryTime } from './retry-time';
import type { ConnectionTarget, Grant, Machine, State, Trouble } from './state';

/** The notebook's place in its fleet, as the connection's settings have it. */
export const placeOf = ({ settings }: ConnectionTarget, fraction: number): FleetPlace => ({
  fleetSize: settings.fleetSize,
  fraction
});

/** The state that holds a grant: connected while its token is valid, expired afterwards. */
export function withGrant(
  { fraction }: Machine,
  grant: Grant,
  trouble: Trouble | null,
  at: number,
  triedAt = at
): State {
  const retryAt = trouble ? retryTime(trouble, triedAt, placeOf(grant.target, fraction)) : null;
  if (at >= grant.expiresAt) {
    // Nothing failed yet: the machine slept through the renewal, so it is due now.
    const again = trouble ? retryAt : at;
    return { kind: 'expired', grant, trouble, wakeAt: grant.refreshAt === null ? null : again };
  }
  const next = trouble ? retryAt : grant.refreshAt;
  const due = grant.refreshAt === null || next === null ? grant.expiresAt : next;
  return { kind: 'connected', grant, trouble, wakeAt: Math.min(grant.expiresAt, due) };
}

/** One more failure in a row. */
export function addFailure(before: Trouble | null, failure: Failure, at: number): Trouble {
  return { failure, since: before?.since ?? at, count: (before?.count ?? 0) + 1 };
}
