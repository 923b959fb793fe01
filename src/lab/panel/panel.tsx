import type { IMovableSectionDestination } from '@jupyterlab/apputils';
import { AccordionToolbar, ReactWidget, SidePanel } from '@jupyterlab/ui-components';
import type { IDisposable } from '@lumino/disposable';
import type { Message } from '@lumino/messaging';
import type { Widget } from '@lumino/widgets';
import { AccordionPanel, Panel } from '@lumino/widgets';
import * as React from 'react';
import type { IPanelActions } from '../connection/service';
import type { CodeArtifactModel } from '../connection/model';
import { PANEL_ID } from '../tokens';
import { codeArtifactIcon } from '../ui/codeartifact-icon';
import type { Trans } from '../ui/trans';

/** The content of the panel, which is loaded on first use, so that JupyterLab's start does not wait for it. */
export interface IPanelContent extends IPanelActions, IDisposable {
  readonly header: React.JSX.Element;
  readonly body: React.JSX.Element;
  setVisible(visible: boolean): void;
}

/** A widget whose content is set later. */
class Slot extends ReactWidget {
  set content(content: React.JSX.Element) {
    this._parts = content;
    this.update();
  }

  protected render(): React.JSX.Element {
    return this._parts;
  }

  private _parts: React.JSX.Element = (<></>);
}

/** The panel in the side bar: its header stays, the rest scrolls as one column. */
export class CodeArtifactPanel extends SidePanel implements IMovableSectionDestination {
  constructor(options: CodeArtifactPanel.IOptions) {
    const { trans } = options;
    const content = new Panel();
    super({ content });
    this._options = options;
    this.id = PANEL_ID;
    this.addClass('jp-CodeArtifact');
    this.title.icon = codeArtifactIcon;
    this.title.caption = trans.__('CodeArtifact');
    this.title.dataset = { jpTabLabel: trans.__('CodeArtifact') };
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', trans.__('CodeArtifact'));
    // One region is enough: SidePanel makes its content a second one.
    content.node.removeAttribute('role');
    content.node.removeAttribute('aria-label');
    this.header.addWidget(this._top);
    this.addWidget(this._column);
  }

  /** Loads the content, once; after a failure the next call tries again. */
  load(): Promise<IPanelContent> {
    this._loading ??= this._options.load().then(
      content => {
        if (this.isDisposed) {
          content.dispose();
          throw new Error('The panel was disposed while it was loaded.');
        }
        this._parts = content;
        content.setVisible(this._visible);
        return content;
      },
      error => {
        this._loading = null;
        throw error;
      }
    );
    return this._loading;
  }

  /** Sections that a person has moved here from another side bar: below the panel's own, which do not move. */
  get sections(): readonly Widget[] {
    return this.accordionPanel?.widgets ?? [];
  }

  /** Null until there is a section. */
  accordionPanel: AccordionPanel | null = null;

  addSection(section: Widget): void {
    let parent = this.accordionPanel;
    if (!parent) {
      parent = this.accordionPanel = new AccordionPanel({ layout: AccordionToolbar.createLayout({}) });
      parent.addClass('jp-CodeArtifact-moved');
      this.addWidget(parent);
    }
    parent.addWidget(section);
    parent.show();
  }

  removeSectionWidget(section: Widget): void {
    section.parent = null;
    this.accordionPanel?.setHidden(!this.sections.length);
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this._parts?.dispose();
      super.dispose();
    }
  }

  /** Gives the focus to the next step, or else to the first button of the status. */
  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    void this._focus();
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this._update();
  }

  protected override onAfterHide(message: Message): void {
    super.onAfterHide(message);
    this._update();
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    document.addEventListener('visibilitychange', this);
    this._update();
  }

  protected override onBeforeDetach(message: Message): void {
    document.removeEventListener('visibilitychange', this);
    this._setVisible(false);
    super.onBeforeDetach(message);
  }

  handleEvent(event: Event): void {
    if (event.type === 'visibilitychange') {
      this._update();
    }
  }

  /** A panel in a closed side bar, or in a hidden page, is not visible and requests nothing. */
  private _update(): void {
    this._setVisible(this.isVisible && document.visibilityState === 'visible');
    if (this._visible) {
      void this._fill();
      void this._options.model.reload();
    }
  }

  private _setVisible(visible: boolean): void {
    this._visible = visible;
    this._options.model.setVisible(visible);
    this._parts?.setVisible(visible);
  }

  private async _fill(): Promise<void> {
    try {
      const content = await this.load();
      if (!this._isFilled) {
        this._isFilled = true;
        this._top.content = content.header;
        this._column.content = content.body;
      }
    } catch {
      // The server is gone, or was upgraded while this page was open.
      this._column.content = (
        <p className="jp-CodeArtifact-status">
          {this._options.trans.__('The panel could not be loaded. Reload this page.')}
        </p>
      );
    }
  }

  private async _focus(): Promise<void> {
    await this._fill();
    await Promise.all([this._column.renderPromise, this._top.renderPromise]);
    if (this._column.node.contains(document.activeElement)) {
      // A part that was opened meanwhile has the focus.
      return;
    }
    const find = (selector: string): HTMLElement | null => this.node.querySelector<HTMLElement>(selector);
    const next = (): HTMLElement | null =>
      find('.jp-mod-accept:not([aria-disabled])') ?? find('.jp-CodeArtifact-status button');
    const first = next() ?? find('button');
    first?.focus();
    if (next() !== null) {
      return;
    }
    // The next step is only known with the server's answer; the focus stays where the user has moved it meanwhile.
    const { stateChanged } = this._options.model;
    const look = () =>
      requestAnimationFrame(() => {
        const step = document.activeElement === first ? next() : first;
        if (step) {
          stateChanged.disconnect(look);
          if (step !== first) {
            step.focus();
          }
        }
      });
    stateChanged.connect(look);
  }

  private readonly _options: CodeArtifactPanel.IOptions;
  private readonly _top = new Slot();
  private readonly _column = new Slot();
  private _loading: Promise<IPanelContent> | null = null;
  private _parts: IPanelContent | null = null;
  private _isFilled = false;
  private _visible = false;
}

export namespace CodeArtifactPanel {
  export interface IOptions {
    readonly model: CodeArtifactModel;
    readonly trans: Trans;
    /** Loads the content. */
    readonly load: () => Promise<IPanelContent>;
  }
}
