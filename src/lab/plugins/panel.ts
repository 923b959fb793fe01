import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ILayoutRestorer } from '@jupyterlab/application';
import { IStateDB } from '@jupyterlab/statedb';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { createFolds } from '../model/folds';
import { createHistory } from '../model/history';
import { createPackageSearcher } from '../model/package-search';
import { CodeArtifactPanel } from '../panel/panel';
import { DOMAIN, PANEL_ID } from '../tokens';
import { createDeeds } from './deeds';
import { keepHistory } from './keep-history';
import type { Service } from './service';
import { OurCodeArtifact } from './service';
import { showNotices } from './notices';

/** Between the core's panels (up to 500) and the extension manager (1000): where others' panels go. */
const RANK = 601;

export const panel: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-codeartifact:panel',
  description: 'Adds the CodeArtifact panel to the side bar.',
  autoStart: true,
  requires: [OurCodeArtifact],
  optional: [ILayoutRestorer, IStateDB, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    service: Service,
    restorer: ILayoutRestorer | null,
    state: IStateDB | null,
    translator: ITranslator | null
  ): void => {
    const { model, settings } = service;
    const trans = (translator ?? nullTranslator).load(DOMAIN);
    const changed = (): void => model.touch();
    const folds = createFolds(state, changed);
    const history = createHistory(state, changed);
    const packages = createPackageSearcher(model.api, changed);
    let said = '';
    const say = (word: string): void => {
      said = word;
      changed();
    };
    const deeds = createDeeds({ model, settings, commands: app.commands, trans, folds, packages, say });
    const widget = new CodeArtifactPanel({
      model,
      trans,
      deeds,
      packages,
      history,
      folds: () => folds.open,
      said: () => said
    });
    // At once, so that the layout restorer finds it; all else comes when it comes.
    restorer?.add(widget, PANEL_ID);
    app.shell.add(widget, 'left', { rank: RANK, type: 'CodeArtifact' });
    keepHistory(model, history, trans);
    showNotices({ model, trans, commands: app.commands, seen: () => widget.isVisible });
  }
};
