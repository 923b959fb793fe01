import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { Settings } from '../../protocol/settings';
import { PLUGIN_ID } from '../tokens';
import type { IChoice } from './instructions';
import type { Pins } from './pins';

/**
 * Follows JupyterLab's settings, and saves a choice in them. Connect carries no settings of its own: the server reads
 * them from disk.
 */
export class SettingsLink implements IDisposable {
  constructor(options: SettingsLink.IOptions) {
    this._registry = options.registry;
    this.pins = options.pins;
  }

  readonly pins: Pins;

  /** The merged settings; null while they are loaded, or when they cannot be. */
  get values(): Readonly<Partial<Settings>> | null {
    return (this._settings?.composite as Readonly<Partial<Settings>> | undefined) ?? null;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Reads the settings and follows their changes; without them the panel still shows the connection. */
  async load(): Promise<void> {
    try {
      const settings = (await this._registry?.load(PLUGIN_ID)) ?? null;
      if (settings && !this._isDisposed) {
        this._settings = settings;
        settings.changed.connect(this._onChanged, this);
        this._onChanged();
      }
    } catch (error) {
      // The registry does not load a schema whose transform is missing, as when this plugin is disabled.
      console.warn('CodeArtifact: the settings cannot be read.', error);
    }
  }

  /** Saves the values that differ; pinned keys are left as they are. @throws what the registry throws */
  async save(values: Readonly<Record<string, string | boolean | string[]>>): Promise<void> {
    for (const [key, value] of Object.entries(values)) {
      const present = this.values?.[key as keyof Settings] ?? '';
      if (!(key in this.pins) && value !== present) {
        await this._registry?.set(PLUGIN_ID, key, value);
      }
    }
  }

  /** Saves a chosen repository. A Region that was not named stays as it was set. */
  choose(choice: IChoice): Promise<void> {
    const { region, domainOwner, ...names } = choice;
    return this.save({ ...names, domainOwner, ...(region ? { region } : {}) });
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this._settings?.changed.disconnect(this._onChanged, this);
      Signal.clearData(this);
    }
  }

  private _onChanged(): void {
    this._changed.emit();
  }

  private readonly _registry: ISettingRegistry | null;
  private readonly _changed = new Signal<this, void>(this);
  private _settings: ISettingRegistry.ISettings | null = null;
  private _isDisposed = false;
}

export namespace SettingsLink {
  export interface IOptions {
    readonly registry: ISettingRegistry | null;
    readonly pins: Pins;
  }
}
