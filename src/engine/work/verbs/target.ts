import type { Settings } from '../../../protocol/settings';
import type { Grant, Target } from '../../pure/connection/state';
import type { Secret } from '../../pure/secret/secret';
import { refreshTime } from '../../pure/connection/refresh-time';
import type { ConnectionRecord } from '../../outside/disk/state-file';

/** Two requests lead to the same target when everything that decides what is written is the same. */
export function targetOf(settings: Settings, region: string): Target {
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
  const { settings, obtainedAt, expiresAt } = record;
  return {
    target: targetOf(settings, record.region),
    token,
    indexUrl: record.indexUrl,
    obtainedAt,
    expiresAt,
    refreshAt: settings.autoRefresh ? refreshTime(obtainedAt, expiresAt, hash) : null
  };
}
