import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget, SidePanel } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import { Panel } from '@lumino/widgets';
import * as React from 'react';
import type { History } from '../model/history';
import type { CodeArtifactModel } from '../model/model';
import type { PackageSearcher } from '../model/package-search';
import { codeArtifactIcon } from '../icon';
import { PANEL_ID } from '../tokens';
import { Body } from './body';
import type { Deeds, PanelContext } from './context';
import { PanelProvider } from './context';
import { Header } from './header';
import { useNow } from './now';

export interface PanelOptions {
  readonly model: CodeArtifactModel;
  readonly trans: TranslationBundle;
  readonly deeds: Deeds;
  readonly folds: () => Readonly<Record<string, boolean>>;
  readonly packages: PackageSearcher;
  readonly history: History;
  readonly said: () => string;
}

function Provided(props: { options: PanelOptions; children: React.ReactNode }): React.JSX.Element {
  const { model, trans, deeds, folds, packages, history, said } = props.options;
  const [, draw] = React.useReducer((count: number) => count + 1, 0);
  React.useEffect(() => {
    model.stateChanged.connect(draw);
    return () => void model.stateChanged.disconnect(draw);
  }, [model]);
  const { facts } = model;
  const context: PanelContext = {
    trans,
    facts,
    now: useNow(facts),
    deeds,
    folds: folds(),
    packages: packages.state,
    history: history.entries,
    said: said()
  };
  return <PanelProvider value={context}>{props.children}</PanelProvider>;
}

/** The panel in the side bar: its header stays, the rest scrolls as one column. */
export class CodeArtifactPanel extends SidePanel {
  constructor(options: PanelOptions) {
    const content = new Panel();
    super({ content });
    const { trans, model } = options;
    this._model = model;
    this.id = PANEL_ID;
    this.addClass('jp-CodeArtifact');
    this.title.icon = codeArtifactIcon;
    this.title.caption = trans.__('CodeArtifact');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', trans.__('CodeArtifact'));
    // One region is enough: the side panel gives its content a second one.
    content.node.removeAttribute('role');
    content.node.removeAttribute('aria-label');
    this.header.addWidget(
      ReactWidget.create(
        <Provided options={options}>
          <Header />
        </Provided>
      )
    );
    this.addWidget(
      ReactWidget.create(
        <Provided options={options}>
          <Body />
        </Provided>
      )
    );
  }

  /** Opening the panel focuses the next step, else the first button of the status. */
  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    const find = (selector: string): HTMLElement | null =>
      this.content.node.querySelector<HTMLElement>(selector);
    (
      find('.jp-CodeArtifact-status .jp-mod-accept:not([disabled])') ??
      find('.jp-CodeArtifact-status button') ??
      this.node.querySelector<HTMLElement>('button')
    )?.focus();
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this._seen();
  }

  protected override onAfterHide(message: Message): void {
    super.onAfterHide(message);
    this._model.seen(false);
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    document.addEventListener('visibilitychange', this);
    this._seen();
  }

  protected override onBeforeDetach(message: Message): void {
    document.removeEventListener('visibilitychange', this);
    this._model.seen(false);
    super.onBeforeDetach(message);
  }

  handleEvent(event: Event): void {
    if (event.type === 'visibilitychange') {
      this._seen();
    }
  }

  /** A panel in a closed side bar or behind another tab is not seen, and looks at nothing. */
  private _seen(): void {
    const seen = this.isVisible && document.visibilityState === 'visible';
    this._model.seen(seen);
    if (seen) {
      void this._model.reload();
    }
  }

  private readonly _model: CodeArtifactModel;
}
