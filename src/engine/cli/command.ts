import type { CheckId } from '../../protocol/rung';
import type { Verb } from '../../protocol/verbs';
import type { Login } from './login';
import type { PolicyFlags } from './policy-flags';
import type { SettingName } from '../../protocol/settings';

/** A command line, understood. */
export interface Command {
  readonly verb: Verb;
  /** Settings given as flags; not yet checked. */
  readonly flags: Readonly<Partial<Record<SettingName, unknown>>>;
  readonly json: boolean;
  readonly dryRun: boolean;
  /** `diagnose --rung`: this one, with what it needs. */
  readonly rung?: CheckId;
  /** `diagnose --list`. */
  readonly list: boolean;
  /** The flags of `policy`. */
  readonly policy: PolicyFlags;
  /** `login`: what it is besides its settings. */
  readonly login?: Login;
  /** `packages`: names that begin with it. */
  readonly query: string;
  /** `packages --package`: versions of this one. */
  readonly packageName: string;
}

/** What the words asked for: a command, a text to print, or wrong usage. */
export type ParsedCommandLine =
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'wrong'; readonly message: string };
