import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget, SidePanel } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import { Panel } from '@lumino/widgets';
import * as React from 'react';
import { codeArtifactIcon } from '../ui/codeartifact-icon';
import type { CodeArtifactModel } from '../connection/model';
import { PANEL_ID } from '../tokens';

/** What is shown inside; it comes when the panel is first seen, so that JupyterLab's start does not wait for it. */
export interface Parts {
  readonly header: React.JSX.Element;
  readonly body: React.JSX.Element;
  /** Shows what Connect would change. */
  readonly preview: () => void;
}

/** A widget whose content comes later. */
class Slot extends ReactWidget {
  set content(content: React.JSX.Element) {
    this._content = content;
    this.update();
  }

  protected render(): React.JSX.Element {
    return this._content;
  }

  private _content: React.JSX.Element = (<></>);
}

/** The panel in the side bar: its header stays, the rest scrolls as one column. */
export class CodeArtifactPanel extends SidePanel {
  constructor(model: CodeArtifactModel, trans: TranslationBundle, load: () => Promise<Parts>) {
    const content = new Panel();
    super({ content });
    this._model = model;
    this._words = trans;
    this._load = load;
    this.id = PANEL_ID;
    this.addClass('jp-CodeArtifact');
    this.title.icon = codeArtifactIcon;
    this.title.caption = trans.__('CodeArtifact');
    this.title.dataset = { jpTabLabel: trans.__('CodeArtifact') };
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', trans.__('CodeArtifact'));
    // One region is enough: the side panel gives its content a second one.
    content.node.removeAttribute('role');
    content.node.removeAttribute('aria-label');
    this.header.addWidget(this._top);
    this.addWidget(this._column);
  }

  /** Opening the panel focuses the next step, else the first button of the status. */
  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    void this._focus();
  }

  private async _focus(): Promise<void> {
    await this._fill();
    await Promise.all([this._column.renderPromise, this._top.renderPromise]);
    if (this._column.node.contains(document.activeElement)) {
      // Something in it was opened meanwhile, and has taken the focus.
      return;
    }
    const find = (selector: string): HTMLElement | null => this.node.querySelector<HTMLElement>(selector);
    const next = (): HTMLElement | null =>
      find('.jp-CodeArtifact-status .jp-mod-accept:not([disabled])') ??
      find('.jp-CodeArtifact-status button');
    const first = next() ?? find('button');
    first?.focus();
    if (next() === null) {
      // What there is to do is known with the server's answer; a focus that was moved meanwhile stays.
      await this._model.reload();
      requestAnimationFrame(() => document.activeElement === first && next()?.focus());
    }
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this._look();
  }

  protected override onAfterHide(message: Message): void {
    super.onAfterHide(message);
    this._look();
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    document.addEventListener('visibilitychange', this);
    this._look();
  }

  protected override onBeforeDetach(message: Message): void {
    document.removeEventListener('visibilitychange', this);
    this._model.seen(false);
    super.onBeforeDetach(message);
  }

  handleEvent(event: Event): void {
    if (event.type === 'visibilitychange') {
      this._look();
    }
  }

  /** A panel in a closed side bar or behind another tab is not seen, and asks for nothing. */
  private _look(): void {
    const seen = this.isVisible && document.visibilityState === 'visible';
    this._model.seen(seen);
    if (seen) {
      void this._fill();
      void this._model.reload();
    }
  }

  private _fill(): Promise<void> {
    this._filled ??= this._load().then(
      parts => {
        this._top.content = parts.header;
        this._column.content = parts.body;
      },
      () => {
        // The server is gone, or was upgraded under this page.
        this._filled = null;
        this._column.content = (
          <p className="jp-CodeArtifact-status">
            {this._words.__('The panel could not be loaded. Reload this page.')}
          </p>
        );
      }
    );
    return this._filled;
  }

  private readonly _model: CodeArtifactModel;
  private readonly _words: TranslationBundle;
  private readonly _load: () => Promise<Parts>;
  private readonly _top = new Slot();
  private readonly _column = new Slot();
  private _filled: Promise<void> | null = null;
}
