import { done, type Outcome } from '../core/failure';
import type { EngineDeps } from './engine-deps';
import { readState } from './load-connection';
import type { Prepared } from './prepare';

/**
 * Where nothing is named and something is connected, that is meant: after `connect --domain ...` in a terminal, `diagnose` and
 * `packages` need no flags. Pins name the domain, so they are never passed over.
 */
export async function orCurrentConnection(
  deps: EngineDeps,
  prepared: Outcome<Prepared>
): Promise<Outcome<Prepared>> {
  if (!prepared.ok || prepared.value.settings.domain || prepared.value.settings.repository) {
    return prepared;
  }
  const stored = await readState(deps, prepared.value.dataDir);
  return stored.kind === 'record' ? done({ ...prepared.value, settings: stored.record.settings }) : prepared;
}
