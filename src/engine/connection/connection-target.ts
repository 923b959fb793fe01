import type { Settings } from '../../protocol/settings';
import type { Grant, ConnectionTarget } from './machine/state';
import type { Secret } from '../core/secret/secret';
import { refreshTime } from './machine/refresh-time';
import type { ConnectionRecord } from '../tools/record';

/** Two requests lead to the same target when everything that decides what is written is the same. */
export function targetOf(settings: Settings, region: string): ConnectionTarget {
  const { domain, domainOwner, repository, profile, apiEndpoint, repositoriesEndpoint, endpointType } =
    settings;
  const { durationSeconds, tools, scope, indexMode, credentials } = settings;
  const key = JSON.stringify([
    domain,
    domainOwner,
    repository,
    region,
    profile,
    apiEndpoint,
    repositoriesEndpoint,
    endpointType,
    durationSeconds,
    tools,
    scope,
    indexMode,
    credentials
  ]);
  return { key, settings, region };
}

/** What the state file remembers, as a grant. */
export function grantOf(record: ConnectionRecord, token: Secret | null, hash: number): Grant {
  const { settings, obtainedAt, expiresAt, credentialsExpireAt } = record;
  return {
    target: targetOf(settings, record.region),
    token,
    indexUrl: record.indexUrl,
    obtainedAt,
    expiresAt,
    refreshAt: settings.autoRefresh ? refreshTime(obtainedAt, expiresAt, hash, credentialsExpireAt) : null
  };
}
