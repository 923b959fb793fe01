import { together, trans } from '../core/say';
import type { SettingsInput } from '../../protocol/request';
import type { SettingName, Settings } from '../../protocol/settings';
import { done, failed, type Outcome } from '../core/failure';
import { trustedHosts } from '../core/settings/endpoints';
import { mergeFlags } from '../core/settings/pins';
import { requireSettings, validate, withDefaults } from '../core/settings/validate';
import type { EngineDeps } from './engine-deps';
import { readState } from './load-connection';
import type { ConnectionTarget } from './machine/state';

/** What a verb is asked with: the server's settings and, from a command line, its flags. */
export interface EngineRequest extends SettingsInput {
  /** Not yet validated. */
  readonly flags?: Readonly<Partial<Record<SettingName, unknown>>>;
}

/** A request whose settings are valid. */
export interface Prepared {
  readonly settings: Settings;
  /** Settings that an administrator has fixed. */
  readonly pinned: readonly SettingName[];
  readonly notes: readonly string[];
  /** What names `profile`, where it is not the settings editor. */
  readonly profileBy?: string;
  /** Files of an administrator that cannot be read: what they pin is not known. */
  readonly unreadable?: readonly string[];
  readonly allowedEndpointHosts: readonly string[];
  readonly dataDir: string;
  /** The existing connection for which a new token is asked; nobody has clicked Connect. */
  readonly renews?: ConnectionTarget;
  /** What there is to tell of a renewal, beside the notes of the settings. */
  readonly renewalNotes?: readonly string[];
  /** The generation that is known to whoever begins (tools/transaction.ts); else the one at the beginning. */
  readonly basedOn?: number;
}

/** Flags over settings, pins over both, then the rules. Nothing is asked of AWS when this fails. */
export function prepare({ runtime }: Pick<EngineDeps, 'runtime'>, request: EngineRequest): Outcome<Prepared> {
  const merged = mergeFlags(request, request.flags ?? {});
  if (!merged.ok) {
    return merged;
  }
  const firm = [...Object.keys(request.flags ?? {}), ...Object.keys(request.pins)];
  const usable = withDefaults(merged.value.settings, firm);
  const valid = validate(usable.settings, {
    allowedEndpointHosts: request.allowedEndpointHosts,
    trustedHosts: trustedHosts(runtime.env)
  });
  if (!valid.ok) {
    return valid;
  }
  return done({
    settings: valid.value,
    pinned: Object.keys(request.pins).filter((name): name is SettingName => name in valid.value),
    notes: [...merged.value.notes, ...usable.notes, ...(request.unreadable ?? [])],
    ...(request.unreadable ? { unreadable: request.unreadable } : {}),
    ...profileBy(request),
    allowedEndpointHosts: request.allowedEndpointHosts,
    dataDir: request.dataDir
  });
}

function profileBy({ flags = {}, pins }: EngineRequest): { readonly profileBy?: string } {
  return flags.profile !== undefined
    ? { profileBy: trans.__('the option `--profile`') }
    : Object.hasOwn(pins, 'profile')
      ? { profileBy: trans.__('the setting `profile` in `%1`', pins.profile.file) }
      : {};
}

/** Fails when a file that may pin a setting cannot be read: to go on without an administrator's pins would be wrong. */
export function requirePins(prepared: Outcome<Prepared>): Outcome<Prepared> {
  const unreadable = (prepared.ok && prepared.value.unreadable) || [];
  return unreadable.length > 0 ? failed('pins_unreadable', { message: together(...unreadable) }) : prepared;
}

/** Fails when no repository is named, for without one no token can be asked for; and as `requirePins` does. */
export function requireRepository(given: Outcome<Prepared>): Outcome<Prepared> {
  const prepared = requirePins(given);
  if (!prepared.ok) {
    return prepared;
  }
  const named = requireSettings(prepared.value.settings, ['domain', 'repository']);
  return named.ok ? prepared : named;
}

/**
 * The settings of the existing connection when neither the settings nor the flags name a repository: after
 * `connect --domain ...` in a terminal, `diagnose` and `packages` need no flags. Pins name the domain, so they are
 * never bypassed.
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

/** What a verb works with; with `repository or connection` it goes without a name when neither has one. */
export type Needs = 'nothing' | 'repository' | 'repository or connection';

/** The request, valid and with what its verb needs. */
export async function take(
  deps: EngineDeps,
  request: EngineRequest,
  needs: Needs
): Promise<Outcome<Prepared>> {
  const given = prepare(deps, request);
  switch (needs) {
    case 'nothing':
      return given;
    case 'repository':
      return requireRepository(given);
    default:
      return requirePins(await orCurrentConnection(deps, given));
  }
}
