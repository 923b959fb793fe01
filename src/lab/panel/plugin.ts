import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ILayoutRestorer } from '@jupyterlab/application';
import { IStateDB } from '@jupyterlab/statedb';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { Parts } from './panel';
// The layout restorer wants the widget at once; what is inside it comes later.
// eslint-disable-next-line jupyter/prefer-lazy-imports
import { CodeArtifactPanel } from './panel';
import { CommandIDs, DOMAIN, PANEL_ID, SHORT } from '../tokens';
import type { CodeArtifactService } from '../connection/service';
import { ICodeArtifactService } from '../connection/service';

/** Between the core's panels (up to 500) and the extension manager (1000): where others' panels go. */
const RANK = 601;

export const panel: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-codeartifact:panel',
  description: 'Adds the CodeArtifact panel to the side bar.',
  autoStart: true,
  requires: [ICodeArtifactService],
  optional: [ILayoutRestorer, IStateDB, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    service: CodeArtifactService,
    restorer: ILayoutRestorer | null,
    state: IStateDB | null,
    translator: ITranslator | null
  ): void => {
    const { model } = service;
    const trans = (translator ?? nullTranslator).load(DOMAIN);
    let content: Promise<Parts> | null = null;
    const load = (): Promise<Parts> => {
      content ??= import('./panel-content').then(({ panelContent }) =>
        panelContent({ app, service, state, trans, seen: () => widget.isVisible })
      );
      content.catch(() => (content = null));
      return content;
    };
    app.commands.addCommand(CommandIDs.preview, {
      label: args =>
        args.short === true ? trans.__('Preview changes') : trans.__('Preview what CodeArtifact changes'),
      caption: trans.__('Show what Connect would change in pip’s files, and change nothing'),
      describedBy: SHORT,
      execute: async () => {
        if (!widget.isVisible) {
          app.shell.activateById(PANEL_ID);
        }
        (await load()).preview();
      }
    });
    const widget = new CodeArtifactPanel(model, trans, load);
    // At once, so that the layout restorer finds it; all else comes when it comes.
    restorer?.add(widget, PANEL_ID);
    app.shell.add(widget, 'left', { rank: RANK, type: 'CodeArtifact' });
    // Toasts and history begin with the first news, whether or not the panel is ever opened.
    const onNews = (): void => {
      if (model.document) {
        model.stateChanged.disconnect(onNews);
        load().catch(() => undefined);
      }
    };
    model.stateChanged.connect(onNews);
  }
};
