import type { Kernel } from './kernel';
import type { Settings } from './settings';

/** What the server's side hands to the engine with every request: settings already resolved. */
export interface SettingsInput {
  /** Defaults, overrides, user values and pins merged; not yet validated. */
  readonly settings: Readonly<Partial<Record<keyof Settings, unknown>>>;
  /** Settings an administrator has fixed, and the file that says so. */
  readonly pins: Readonly<Record<string, { value: unknown; file: string }>>;
  /** Where each value came from, in words ("user settings", "/path/overrides.json"). */
  readonly sources: Readonly<Record<string, string>>;
  /** Sentences to show ("Your own value of domain, x, is not used: ..."). */
  readonly notes: readonly string[];
  /** Hosts beyond AWS's that the server's administrator allows as endpoints. */
  readonly allowedEndpointHosts: readonly string[];
  /** Folder for the state file; the server's Jupyter data folder. */
  readonly dataDir: string;
  /** The Python kernels of this machine; none when they run elsewhere (a gateway's). */
  readonly kernels?: readonly Kernel[];
}

/** The engine's verbs. */
export const VERBS = [
  'connect',
  'status',
  'diagnose',
  'refresh',
  'disconnect',
  'policy',
  'repositories',
  'packages',
  'login'
] as const;

export type Verb = (typeof VERBS)[number];

/** Methods on the stdio bridge; one JSON object a line, JSON-RPC 2.0. */
export const METHODS = [
  'state',
  'connect',
  'refresh',
  'disconnect',
  'diagnose',
  'preview',
  'cancel',
  'repositories',
  'packages',
  'shutdown'
] as const;

export type Method = (typeof METHODS)[number];

/** Notification from the engine: something changed, ask for `state`. Carries nothing secret. */
export const CHANGED = 'changed';
