import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { Token } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import { DisposableSet } from '@lumino/disposable';
import { createApi } from '../api/client';
import { wordsFor } from '../diagnosis/load-words';
import type { IWantedIndex } from '../kernel/kernel-code';
import { KernelMonitor } from '../kernel/kernel-monitor';
import { OpenNotebooks } from '../kernel/open-notebooks';
import type { Pins } from '../settings/pins';
import { SettingsLink } from '../settings/settings-link';
import type { ICodeArtifact } from '../tokens';
import { Announcer } from '../ui/announcer';
import { Phrasebook } from '../ui/phrasebook';
import { followEvents } from './follow-events';
import { CodeArtifactModel } from './model';
import type { IStore } from './store';

/** What the panel's plugin adds to the service. Both show the panel's content, which they load if necessary. */
export interface IPanelActions {
  /** Shows what Connect would change. */
  openPreview(): Promise<void>;
  /** Shows the form of "Test installation". */
  openTest(): Promise<void>;
  /** Shows the ways to choose a repository, and the settings that name one. */
  openChoice(): Promise<void>;
}

/** What the plugins of this package share; other packages use ICodeArtifact. */
export interface ICodeArtifactService extends IDisposable {
  readonly model: CodeArtifactModel;
  readonly settings: SettingsLink;
  /** The notebooks of this page, which the notebook plugin adds. */
  readonly notebooks: OpenNotebooks;
  readonly kernels: KernelMonitor;
  readonly announcer: Announcer;
  /** What the engine's answers say in English, for other languages. */
  readonly phrasebook: Phrasebook;
  /** Null while the panel's plugin is disabled. */
  panel: IPanelActions | null;
}

export const ICodeArtifactService = new Token<ICodeArtifactService>(
  'jupyterlab-codeartifact:ICodeArtifactService',
  'Private to jupyterlab-codeartifact: the services that its plugins share.'
);

/** What the connection needs of a kernel; null while there is none. */
export function wantedIndexOf({ document, settings }: IStore): IWantedIndex | null {
  const { connection, files } = document ?? {};
  return connection?.indexUrl && ['connected', 'refreshing'].includes(connection.state)
    ? {
        index: connection.indexUrl,
        mode: settings?.indexMode ?? 'index-url',
        netrc: files?.find(file => file.tool === 'netrc')?.path ?? ''
      }
    : null;
}

/** Creates the services, and passes on to each what changes in the others. */
export class CodeArtifactService implements ICodeArtifactService {
  constructor(options: CodeArtifactService.IOptions) {
    const { app, pins, registry } = options;
    const api = createApi(app.serviceManager.serverSettings, answer => {
      this.phrasebook.learn(answer);
      return wordsFor(answer);
    });
    this.model = new CodeArtifactModel({ api, pins });
    this.settings = new SettingsLink({ registry, pins });
    this.notebooks = new OpenNotebooks();
    this.kernels = new KernelMonitor(this.notebooks);
    this.announcer = new Announcer();
    const { model, settings, kernels } = this;
    settings.changed.connect(() => model.setSettings(settings.values));
    kernels.changed.connect(() => model.setShadows(kernels.shadows));
    model.stateChanged.connect(() => kernels.want(wantedIndexOf(model.store)));
    void settings.load();
    // The order of disposal: first what listens, the model last.
    this._disposables = DisposableSet.from([
      followEvents(app, model),
      kernels,
      this.notebooks,
      settings,
      this.announcer,
      model
    ]);
  }

  readonly model: CodeArtifactModel;
  readonly settings: SettingsLink;
  readonly notebooks: OpenNotebooks;
  readonly kernels: KernelMonitor;
  readonly announcer: Announcer;
  readonly phrasebook = new Phrasebook();
  panel: IPanelActions | null = null;

  get isDisposed(): boolean {
    return this._disposables.isDisposed;
  }

  dispose(): void {
    this._disposables.dispose();
  }

  private readonly _disposables: DisposableSet;
}

export namespace CodeArtifactService {
  export interface IOptions {
    readonly app: JupyterFrontEnd;
    readonly pins: Pins;
    readonly registry: ISettingRegistry | null;
  }
}

/** The part of the model that other extensions may use. */
export const publicApiOf = (model: CodeArtifactModel): ICodeArtifact => ({
  get document() {
    return model.document;
  },
  stateChanged: model.stateChanged,
  connect: () => model.connect(),
  refresh: () => model.refresh(),
  disconnect: () => model.disconnect(),
  diagnose: () => model.diagnose(),
  cancel: () => model.cancel()
});
