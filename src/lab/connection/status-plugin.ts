import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IStatusBar } from '@jupyterlab/statusbar';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { StatusItem } from './status-item';
import { CommandIDs, DOMAIN } from '../tokens';
import type { CodeArtifactService } from './service';
import { ICodeArtifactService } from './service';

/** Left of "Ln 1, Col 1" (rank 2 and below in core), where things that last are told. */
const RANK = 30;

export const status: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-codeartifact:status',
  description: 'Shows the CodeArtifact connection in the status bar.',
  autoStart: true,
  requires: [ICodeArtifactService],
  // Notebook 7 has no status bar.
  optional: [IStatusBar, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    service: CodeArtifactService,
    bar: IStatusBar | null,
    translator: ITranslator | null
  ): void => {
    if (!bar) {
      return;
    }
    const { model } = service;
    const trans = (translator ?? nullTranslator).load(DOMAIN);
    const show = (): void => {
      if (app.commands.hasCommand(CommandIDs.show)) {
        void app.commands.execute(CommandIDs.show);
      }
    };
    bar.registerStatusItem('jupyterlab-codeartifact:status', {
      item: new StatusItem(model, trans, show),
      align: 'right',
      rank: RANK,
      // Nothing to tell before the server was asked: no item, and no engine started for one.
      isActive: () => model.document !== null,
      activeStateChanged: model.stateChanged
    });
  }
};
