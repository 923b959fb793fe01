import { PathExt } from '@jupyterlab/coreutils';
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { INotebookModel, NotebookPanel } from '@jupyterlab/notebook';
import type { CommandRegistry } from '@lumino/commands';
import type { IDisposable } from '@lumino/disposable';
import { DisposableDelegate } from '@lumino/disposable';
import type { ICodeArtifactService } from '../connection/service';
import { CommandIDs } from '../tokens';
import type { Trans } from '../ui/trans';
import type { IBannerActions } from './cell-banners';

/** Adds each notebook to the service, and banners to its cells; both are removed when the notebook is closed. */
export class NotebookExtension implements DocumentRegistry.IWidgetExtension<NotebookPanel, INotebookModel> {
  constructor(options: NotebookExtension.IOptions) {
    this._options = options;
    const { commands, service } = options;
    const show = (): void => {
      if (commands.hasCommand(CommandIDs.show)) {
        void commands.execute(CommandIDs.show);
      }
    };
    this._actions = {
      show,
      use: choice => {
        show();
        if (choice) {
          void commands.execute(CommandIDs.useRepository, { ...choice });
        }
      },
      check: () => service.model.check(),
      copyRequest: () => void commands.execute(CommandIDs.copyRequest),
      renewAndRun: (panel, cell) => {
        const { content } = panel;
        void service.model.refresh().then(() => {
          if (service.model.document?.connection?.state === 'connected' && !cell.isDisposed) {
            content.activeCellIndex = content.widgets.indexOf(cell);
            content.deselectAll();
            void commands.execute('notebook:run-cell');
          }
        });
      },
      never: () => {
        service.settings
          .save({ offerOnLoginCells: false })
          .catch(error => console.warn('CodeArtifact: the setting could not be saved.', error));
      }
    };
  }

  createNew(panel: NotebookPanel): IDisposable {
    const { service, trans } = this._options;
    const { context, sessionContext } = panel;
    let banners: IDisposable | null = null;
    const remove = service.notebooks.add({
      get file() {
        return PathExt.basename(context.path);
      },
      sessionContext
    });
    const disposable = new DisposableDelegate(() => {
      remove();
      banners?.dispose();
    });
    // Loaded when the notebook is ready, so that opening one does not wait for it.
    context.ready
      .then(() => import('./cell-banners'))
      .then(
        ({ CellBanners }) => {
          if (!disposable.isDisposed) {
            banners = new CellBanners({ panel, model: service.model, trans, actions: this._actions });
          }
        },
        error => console.warn('CodeArtifact: this notebook has no banners.', error)
      );
    return disposable;
  }

  private readonly _options: NotebookExtension.IOptions;
  private readonly _actions: IBannerActions;
}

export namespace NotebookExtension {
  export interface IOptions {
    readonly commands: CommandRegistry;
    readonly service: ICodeArtifactService;
    readonly trans: Trans;
  }
}
