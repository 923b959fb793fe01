import { nullTranslator } from '@jupyterlab/translation';
import type { RenderResult } from '@testing-library/react';
import { render } from '@testing-library/react';
import * as React from 'react';
import type { HistoryEntry } from '../model/history';
import type { InstallState } from '../model/install-test';
import type { PackageSearch } from '../model/package-search';
import { NO_SEARCH } from '../model/package-search';
import type { Preview } from '../model/preview';
import { Body } from '../panel/body';
import type { Deeds, PanelContext } from '../panel/context';
import { PanelProvider } from '../panel/context';
import { Header } from '../panel/header';
import type { Facts } from '../view/facts';
import { NOW } from './a-document';

export type Spied = { [Name in keyof Omit<Deeds, 'test'>]: jest.Mock } & {
  test: Record<keyof Deeds['test'], jest.Mock>;
};

export interface Drawn extends RenderResult {
  readonly deeds: Spied;
  redraw(facts: Facts, now?: number): void;
}

interface Extras {
  readonly folds?: Readonly<Record<string, boolean>>;
  readonly packages?: PackageSearch;
  readonly history?: readonly HistoryEntry[];
  readonly now?: number;
  readonly said?: string;
  readonly preview?: Preview;
  readonly test?: InstallState;
}

/** The panel as a user sees it, from facts; what it asks for is noted down. */
export function draw(facts: Facts, extras: Extras = {}): Drawn {
  const names: Exclude<keyof Deeds, 'test'>[] = [
    'act',
    'choose',
    'list',
    'copy',
    'openFile',
    'canOpen',
    'set',
    'search',
    'versions',
    'fold',
    'preview',
    'menu'
  ];
  const deeds = Object.fromEntries(names.map(name => [name, jest.fn(() => true)])) as unknown as Spied;
  deeds.test = { open: jest.fn(), close: jest.fn(), start: jest.fn(), cancel: jest.fn() };
  const Panel = (props: { facts: Facts; now: number }): React.JSX.Element => {
    const [folds, setFolds] = React.useState(extras.folds ?? {});
    deeds.fold.mockImplementation((section: string, open: boolean) =>
      setFolds(before => ({ ...before, [section]: open }))
    );
    const value: PanelContext = {
      trans: nullTranslator.load(''),
      facts: props.facts,
      now: props.now,
      deeds: deeds as unknown as Deeds,
      folds,
      packages: extras.packages ?? NO_SEARCH,
      history: extras.history ?? [],
      preview: extras.preview ?? null,
      test: extras.test ?? null,
      said: extras.said ?? ''
    };
    return (
      <PanelProvider value={value}>
        <Header />
        <Body />
      </PanelProvider>
    );
  };
  const result = render(<Panel facts={facts} now={extras.now ?? NOW} />);
  return {
    ...result,
    deeds,
    redraw: (next, now = NOW) => result.rerender(<Panel facts={next} now={now} />)
  };
}
