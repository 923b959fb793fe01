import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { PathExt } from '@jupyterlab/coreutils';
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { INotebookModel, NotebookPanel } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { IDisposable } from '@lumino/disposable';
import { DisposableDelegate } from '@lumino/disposable';
import { CommandIDs, DOMAIN } from '../tokens';
import type { Choice } from '../connection/store';
import type { CodeArtifactService } from '../connection/service';
import { ICodeArtifactService } from '../connection/service';

export const notebook: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-codeartifact:notebook',
  description: 'Offers the panel beside notebook cells that run "aws codeartifact login".',
  autoStart: true,
  requires: [ICodeArtifactService],
  optional: [ITranslator],
  activate: (app: JupyterFrontEnd, service: CodeArtifactService, translator: ITranslator | null): void => {
    const trans = (translator ?? nullTranslator).load(DOMAIN);
    const { model, settings } = service;
    const show = (): void => {
      if (app.commands.hasCommand(CommandIDs.show)) {
        void app.commands.execute(CommandIDs.show);
      }
    };
    const use = async (choice: Choice | null): Promise<void> => {
      show();
      if (choice) {
        await settings.choose(choice);
        await model.connect();
      }
    };
    const actions = {
      show,
      use: (choice: Choice | null) => void use(choice).catch(error => console.warn('CodeArtifact:', error)),
      never: () => void settings.save({ offerOnLoginCells: false })
    };
    const extension: DocumentRegistry.IWidgetExtension<NotebookPanel, INotebookModel> = {
      createNew: (panel: NotebookPanel): IDisposable => {
        let banners: IDisposable | null = null;
        const { context, sessionContext } = panel;
        const leave = service.notebooks.add({
          get file() {
            return PathExt.basename(context.path);
          },
          sessionContext
        });
        const holder = new DisposableDelegate(() => {
          leave();
          banners?.dispose();
        });
        // Loaded when the notebook is there: its opening does not wait for us.
        void panel.context.ready
          .then(() => import('./cell-banners'))
          .then(({ CellBanners }) => {
            if (!holder.isDisposed) {
              banners = new CellBanners(panel, model, trans, actions);
            }
          });
        return holder;
      }
    };
    app.docRegistry.addWidgetExtension('Notebook', extension);
  }
};
