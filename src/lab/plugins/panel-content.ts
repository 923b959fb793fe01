import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IStateDB } from '@jupyterlab/statedb';
import type { TranslationBundle } from '@jupyterlab/translation';
import { createFolds } from '../model/folds';
import { createHistory } from '../model/history';
import { createPackageSearcher } from '../model/package-search';
import { liveParts } from '../panel/live';
import type { Parts } from '../panel/panel';
import { createDeeds } from './deeds';
import { keepHistory } from './keep-history';
import { showNotices } from './notices';
import type { Service } from './service';

interface Around {
  readonly app: JupyterFrontEnd;
  readonly service: Service;
  readonly state: IStateDB | null;
  readonly trans: TranslationBundle;
  /** Whether the panel is seen. */
  readonly seen: () => boolean;
}

/** All that the panel shows and does, joined. Loaded on the first news, not with JupyterLab. */
export function panelContent(around: Around): Parts {
  const { app, service, state, trans, seen } = around;
  const { model, settings } = service;
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
  keepHistory(model, history, trans);
  showNotices({ model, trans, commands: app.commands, seen });
  return liveParts({ model, trans, deeds, packages, history, folds: () => folds.open, said: () => said });
}
