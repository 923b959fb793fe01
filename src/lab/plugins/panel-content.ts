import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IStateDB } from '@jupyterlab/statedb';
import type { TranslationBundle } from '@jupyterlab/translation';
import { createFolds } from '../model/folds';
import { createHistory } from '../model/history';
import { kernelChoices, openKernel } from '../kernel/kernel-choices';
import { createInstallTest } from '../model/install-test';
import { createPackageSearcher } from '../model/package-search';
import { createPreviewer } from '../model/preview';
import { liveParts } from '../panel/live';
import type { Parts } from '../panel/panel';
import { installSaid } from '../words/install';
import { previewSaid } from '../words/preview';
import { createDeeds } from './deeds';
import { keepHistory } from './keep-history';
import { showNotices } from './notices';
import type { Service } from './service';

/** How long a word stays in the live region: long enough to be read, short enough to be said again. */
const SAID_MS = 2000;

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
  let saying: ReturnType<typeof setTimeout> | undefined;
  const say = (word: string): void => {
    clearTimeout(saying);
    said = word;
    changed();
    saying = setTimeout(() => {
      said = '';
      changed();
    }, SAID_MS);
  };
  const previewer = createPreviewer(model.api, changed, answer =>
    say(previewSaid(trans, answer, Date.now()))
  );
  const { serviceManager } = app;
  const test = createInstallTest(
    {
      choices: () => kernelChoices(service.notebooks, serviceManager),
      open: key => openKernel(key, service.notebooks, serviceManager)
    },
    changed,
    ({ run }) => run && say(installSaid(trans, run, model.document?.connection?.indexUrl ?? ''))
  );
  // What it showed is about to be done, or undone.
  model.stateChanged.connect(() => {
    const verb = model.facts.busy?.verb;
    if (previewer.state && (verb === 'connect' || verb === 'disconnect')) {
      previewer.close();
    }
  });
  const deeds = createDeeds({
    model,
    settings,
    commands: app.commands,
    trans,
    folds,
    packages,
    previewer,
    test,
    shadow: service.shadow,
    say
  });
  keepHistory(model, history, trans);
  showNotices({ model, trans, commands: app.commands, seen });
  return {
    ...liveParts({
      model,
      trans,
      deeds,
      packages,
      history,
      previewer,
      test,
      folds: () => folds.open,
      said: () => said
    }),
    preview: () => void previewer.open()
  };
}
