import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { History } from '../connection/history';
import type { CodeArtifactModel } from '../connection/model';
import type { InstallTest } from '../packages/install-test';
import type { PackageSearcher } from '../packages/package-search';
import type { Previewer } from '../tools/preview';
import { Body } from './body';
import type { Actions } from '../ui/panel-context';
import { PanelProvider } from '../ui/panel-context';
import { Header } from './header';
import { useNow } from '../ui/now';

export interface LiveOptions {
  readonly model: CodeArtifactModel;
  readonly trans: TranslationBundle;
  readonly actions: Actions;
  readonly sections: () => Readonly<Record<string, boolean>>;
  readonly packages: PackageSearcher;
  readonly history: History;
  readonly previewer: Previewer;
  readonly test: InstallTest;
  readonly said: () => string;
}

function Live(props: { options: LiveOptions; children: React.ReactNode }): React.JSX.Element {
  const { model, trans, actions, sections, packages, history, previewer, test, said } = props.options;
  const [, draw] = React.useReducer((count: number) => count + 1, 0);
  React.useEffect(() => {
    model.stateChanged.connect(draw);
    return () => void model.stateChanged.disconnect(draw);
  }, [model]);
  const { store } = model;
  const value = {
    trans,
    store,
    now: useNow(store),
    actions,
    sections: sections(),
    packages: packages.state,
    history: history.entries,
    preview: previewer.state,
    test: test.state,
    said: said()
  };
  return <PanelProvider value={value}>{props.children}</PanelProvider>;
}

/** The two parts of the panel, drawn again whenever the model changes. */
export const liveParts = (options: LiveOptions): { header: React.JSX.Element; body: React.JSX.Element } => ({
  header: (
    <Live options={options}>
      <Header />
    </Live>
  ),
  body: (
    <Live options={options}>
      <Body />
    </Live>
  )
});
