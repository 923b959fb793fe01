import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IStateDB } from '@jupyterlab/statedb';
import type { TranslationBundle } from '@jupyterlab/translation';
import { createExpandedSections } from './expanded-sections';
import { createHistory } from '../connection/history';
import { kernelChoices, openKernel } from '../kernel/kernel-choices';
import { createInstallTest } from '../packages/install-test';
import { createPackageSearcher } from '../packages/package-search';
import { createPreviewer } from '../tools/preview';
import { liveParts } from './live';
import type { Parts } from './panel';
import { installSaid } from '../packages/install-verdict';
import { previewSaid } from '../tools/preview-text';
import { createActions } from '../commands/actions';
import { recordHistory } from '../connection/record-history';
import { showNotifications } from '../connection/notifications';
import type { CodeArtifactService } from '../connection/service';

/** How long a word stays in the live region: long enough to be read, short enough to be said again. */
const SAID_MS = 2000;

interface PanelContentOptions {
  readonly app: JupyterFrontEnd;
  readonly service: CodeArtifactService;
  readonly state: IStateDB | null;
  readonly trans: TranslationBundle;
  /** Whether the panel is seen. */
  readonly seen: () => boolean;
}

/** All that the panel shows and does, joined. Loaded on the first news, not with JupyterLab. */
export function panelContent(around: PanelContentOptions): Parts {
  const { app, service, state, trans, seen } = around;
  const { model, settings } = service;
  const changed = (): void => model.touch();
  const sections = createExpandedSections(state, changed);
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
    const verb = model.store.busy?.verb;
    if (previewer.state && (verb === 'connect' || verb === 'disconnect')) {
      previewer.close();
    }
  });
  const actions = createActions({
    model,
    settings,
    commands: app.commands,
    trans,
    sections,
    packages,
    previewer,
    test,
    shadow: service.shadow,
    say
  });
  recordHistory(model, history, trans);
  showNotifications({ model, trans, commands: app.commands, seen });
  return {
    ...liveParts({
      model,
      trans,
      actions,
      packages,
      history,
      previewer,
      test,
      sections: () => sections.open,
      said: () => said
    }),
    preview: () => void previewer.open()
  };
}
