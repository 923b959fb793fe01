import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { History } from '../model/history';
import type { CodeArtifactModel } from '../model/model';
import type { InstallTest } from '../model/install-test';
import type { PackageSearcher } from '../model/package-search';
import type { Previewer } from '../model/preview';
import { Body } from './body';
import type { Deeds } from './context';
import { PanelProvider } from './context';
import { Header } from './header';
import { useNow } from './now';

export interface LiveOptions {
  readonly model: CodeArtifactModel;
  readonly trans: TranslationBundle;
  readonly deeds: Deeds;
  readonly folds: () => Readonly<Record<string, boolean>>;
  readonly packages: PackageSearcher;
  readonly history: History;
  readonly previewer: Previewer;
  readonly test: InstallTest;
  readonly said: () => string;
}

function Live(props: { options: LiveOptions; children: React.ReactNode }): React.JSX.Element {
  const { model, trans, deeds, folds, packages, history, previewer, test, said } = props.options;
  const [, draw] = React.useReducer((count: number) => count + 1, 0);
  React.useEffect(() => {
    model.stateChanged.connect(draw);
    return () => void model.stateChanged.disconnect(draw);
  }, [model]);
  const { facts } = model;
  const value = {
    trans,
    facts,
    now: useNow(facts),
    deeds,
    folds: folds(),
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
