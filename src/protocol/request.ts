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
