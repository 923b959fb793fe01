import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { Settings } from '../../protocol/settings';
import { PLUGIN_ID } from '../tokens';
import type { Choice } from '../connection/store';
import type { CodeArtifactModel } from '../connection/model';

/**
 * Follows JupyterLab's settings, and saves a choice there: Connect carries no settings of its own, the
 * server reads them from disk.
 */
export class SettingsLink {
  constructor(registry: ISettingRegistry | null, model: CodeArtifactModel) {
    this._registry = registry;
    this._model = model;
  }

  /** Reads the settings and follows their changes; without them the panel still shows the connection. */
  async follow(): Promise<void> {
    try {
      this._settings = (await this._registry?.load(PLUGIN_ID)) ?? null;
      this._settings?.changed.connect(this._read, this);
      this._read();
    } catch (error) {
      // The registry keeps a schema with a transform back when another extension disabled this plugin.
      console.warn('CodeArtifact: the settings cannot be read.', error);
    }
  }

  /** Saves what differs; pinned keys and empty values are left as they are. @throws what the registry throws */
  async save(values: Readonly<Record<string, string | boolean>>): Promise<void> {
    const { settings, pins } = this._model.store;
    for (const [key, value] of Object.entries(values)) {
      const present = settings?.[key as keyof Settings] ?? '';
      if (!(key in pins) && value !== present) {
        await this._registry?.set(PLUGIN_ID, key, value);
      }
    }
  }

  /** Saves a chosen repository. A Region that was not named stays as it was set. */
  choose(choice: Choice): Promise<void> {
    const { region, domainOwner, ...names } = choice;
    return this.save({ ...names, domainOwner, ...(region ? { region } : {}) });
  }

  dispose(): void {
    this._settings?.changed.disconnect(this._read, this);
  }

  private _read(): void {
    if (this._settings) {
      this._model.settled(this._settings.composite as Readonly<Partial<Settings>>);
    }
  }

  private _settings: ISettingRegistry.ISettings | null = null;
  private readonly _registry: ISettingRegistry | null;
  private readonly _model: CodeArtifactModel;
}
