import type { SettingsInput } from '../../protocol/request';
import type { SettingName, Settings } from '../../protocol/settings';
import { trustedHosts } from '../core/settings/endpoints';
import { mergeFlags } from '../core/settings/pins';
import { requireSettings, validate } from '../core/settings/validate';
import { done, type Outcome } from '../core/failure';
import type { EngineDeps } from './engine-deps';

/** A request whose settings hold: what every verb starts from. */
export interface Prepared {
  readonly settings: Settings;
  readonly notes: readonly string[];
  readonly allowedEndpointHosts: readonly string[];
  readonly dataDir: string;
  /** A new token for the connection that stands; nobody has clicked Connect. */
  readonly renews?: boolean;
  /** The generation that is known to whoever begins (see transaction.ts); else the one at the beginning. */
  readonly basedOn?: number;
}

/** Flags over settings, pins over both, then the rules. Nothing is asked of AWS when this fails. */
export function prepare(
  { runtime }: Pick<EngineDeps, 'runtime'>,
  input: SettingsInput,
  flags: Partial<Record<SettingName, unknown>> = {}
): Outcome<Prepared> {
  const merged = mergeFlags(input, flags);
  if (!merged.ok) {
    return merged;
  }
  const valid = validate(merged.value.settings, {
    allowedEndpointHosts: input.allowedEndpointHosts,
    trustedHosts: trustedHosts(runtime.env)
  });
  if (!valid.ok) {
    return valid;
  }
  return done({
    settings: valid.value,
    notes: merged.value.notes,
    allowedEndpointHosts: input.allowedEndpointHosts,
    dataDir: input.dataDir
  });
}

/** Settings that name a repository: without them AWS is not asked anything. */
export function requireRepository(prepared: Outcome<Prepared>): Outcome<Prepared> {
  if (!prepared.ok) {
    return prepared;
  }
  const named = requireSettings(prepared.value.settings, ['domain', 'repository']);
  return named.ok ? prepared : named;
}
