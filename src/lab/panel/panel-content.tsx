import type { JupyterFrontEnd } from '@jupyterlab/application';
import { showErrorMessage } from '@jupyterlab/apputils';
import type { IStateDB } from '@jupyterlab/statedb';
import type { IDisposable } from '@lumino/disposable';
import { DisposableSet } from '@lumino/disposable';
import { Menu } from '@lumino/widgets';
import * as React from 'react';
import type { Document } from '../../protocol/document';
import { History } from '../connection/history';
import { recordHistory } from '../connection/history-recorder';
import { showNotifications } from '../connection/notifications';
import { keepAsked } from '../connection/asked';
import type { ICodeArtifactService, IPanelActions } from '../connection/service';
import { refreshPeriodOf } from '../connection/status-button';
import { InstallTest } from '../packages/install-test';
import { installAnnouncement } from '../packages/install-verdict';
import { PackageSearcher } from '../packages/package-search';
import { Choice } from '../settings/choice';
import { CommandIDs } from '../tokens';
import { Previewer } from '../tools/preview';
import { previewAnnouncement } from '../tools/preview-text';
import { copyText } from '../ui/clipboard';
import { UIProvider } from '../ui/context';
import { useNow, useSignals } from '../ui/hooks';
import type { Trans } from '../ui/trans';
import { Body, Header } from './body';
import { ErrorBoundary } from './error-boundary';
import { ExpandedSections } from './expanded-sections';
import { layoutOf } from './layout';

/**
 * What the panel shows and does: its services, joined. It is loaded with the first document or when the panel is
 * opened, not with JupyterLab.
 */
export class PanelContent implements IPanelActions, IDisposable {
  constructor(options: PanelContent.IOptions) {
    const { app, service, state, trans } = options;
    const { model, notebooks, announcer } = service;
    this._options = options;
    this.sections = new ExpandedSections({ state });
    this.history = new History({ state });
    this.packages = new PackageSearcher({ api: model.api });
    this.previewer = new Previewer({ api: model.api });
    this.choice = new Choice();
    this.test = new InstallTest({ notebooks, manager: app.serviceManager });
    this.previewer.answered.connect((_, preview) =>
      announcer.announce(previewAnnouncement(trans, preview, Date.now()))
    );
    this.test.ended.connect((_, run) =>
      announcer.announce(installAnnouncement(trans, run, model.document?.connection?.indexUrl ?? ''))
    );
    model.stateChanged.connect(this._onState, this);
    this.sections.changed.connect(this._onState, this);
    this._disposables = DisposableSet.from([
      recordHistory(model, this.history, trans),
      showNotifications({ model, trans, commands: app.commands, isVisible: options.isShown }),
      this.sections,
      this.history,
      this.packages,
      this.previewer,
      this.test,
      this.choice,
      keepAsked(model, state)
    ]);
  }

  readonly sections: ExpandedSections;
  readonly history: History;
  readonly packages: PackageSearcher;
  readonly previewer: Previewer;
  readonly test: InstallTest;
  readonly choice: Choice;

  get header(): React.JSX.Element {
    return (
      <Live content={this} options={this._options}>
        {() => <Header openMenu={anchor => this._openMenu(anchor)} />}
      </Live>
    );
  }

  get body(): React.JSX.Element {
    const { service, trans } = this._options;
    const save = (key: string, value: string): void => {
      service.settings.save({ [key]: value }).catch(error => {
        void showErrorMessage(trans.__('The settings could not be saved'), error as Error);
      });
    };
    const { packages, previewer, test, history, choice } = this;
    return (
      <Live content={this} options={this._options}>
        {() => (
          <Body
            store={service.model.store}
            packages={packages.state}
            history={history.entries}
            preview={previewer.state}
            test={test.state}
            choosing={choice.isOpen}
            announcement={service.announcer.message}
            services={{ packages, preview: previewer, test, choice, save }}
          />
        )}
      </Live>
    );
  }

  get isDisposed(): boolean {
    return this._disposables.isDisposed;
  }

  /** Whether the panel is visible. Only then does it request what it shows. */
  setVisible(visible: boolean): void {
    this._isVisible = visible;
    this._onState();
  }

  openPreview(): Promise<void> {
    return this.previewer.open();
  }

  openChoice(): Promise<void> {
    this.sections.set('repository', true);
    this.choice.open();
    return this._options.service.model.list(true);
  }

  openTest(): Promise<void> {
    this.sections.set('files', true);
    this.test.open();
    // The first package of the list is the one to suggest.
    this.packages.start();
    return Promise.resolve();
  }

  dispose(): void {
    this._options.service.model.stateChanged.disconnect(this._onState, this);
    this._disposables.dispose();
  }

  /** Closes a preview that is being carried out, and requests what the visible sections need beyond the state. */
  private _onState(): void {
    const { model } = this._options.service;
    const verb = model.store.busy?.verb;
    if (verb === 'connect' || verb === 'disconnect') {
      this.previewer.close();
      this.choice.close();
    }
    if (this._isVisible) {
      try {
        this._fetch();
      } catch (error) {
        // A state that cannot be understood must not keep the panel from loading; the error boundary shows the error.
        console.error('CodeArtifact: the state could not be read.', error);
      }
    }
  }

  private _fetch(): void {
    const { model } = this._options.service;
    const { view, repository, packages, connection } = layoutOf(model.store);
    const isOpen = (id: string, section: { readonly open: boolean } | null): boolean =>
      section !== null && (this.sections.expanded[id] ?? section.open);
    const { document, busy } = model.store;
    if (view.kind === 'first-run') {
      // Without a repository there is nothing to connect to yet, but the way to AWS can be checked; the list needs it.
      if (!document?.rungs.length) {
        if (!busy && model.store.settings && document !== this._checked) {
          this._checked = document;
          void model.check();
        }
      } else {
        void model.list();
      }
    } else if (connection && isOpen('repository', repository)) {
      void model.list();
    }
    if (isOpen('packages', packages)) {
      this.packages.start();
    }
  }

  private _openMenu(anchor: HTMLElement): void {
    const menu = new Menu({ commands: this._options.app.commands });
    const add = (command: string): unknown => menu.addItem({ command, args: { short: true } });
    [CommandIDs.connect, CommandIDs.refresh, CommandIDs.disconnect].forEach(add);
    menu.addItem({ type: 'separator' });
    [
      CommandIDs.chooseRepository,
      CommandIDs.preview,
      CommandIDs.test,
      CommandIDs.copyReport,
      CommandIDs.openSettings
    ].forEach(add);
    menu.aboutToClose.connect(() => {
      // The menu had the focus; what the chosen command shows may take it from here.
      anchor.focus();
      // Not before the chosen command is executed, which is after the menu closes.
      requestAnimationFrame(() => menu.dispose());
    });
    const { left, bottom } = anchor.getBoundingClientRect();
    menu.open(left, bottom);
  }

  private readonly _options: PanelContent.IOptions;
  private readonly _disposables: DisposableSet;
  private _isVisible = false;
  /** The answer for which the path was checked without a click. */
  private _checked: Document | null = null;
}

export namespace PanelContent {
  export interface IOptions {
    readonly app: JupyterFrontEnd;
    readonly service: ICodeArtifactService;
    readonly state: IStateDB | null;
    readonly trans: Trans;
    /** Whether the panel is shown in its side bar; notifications are shown while it is not. */
    readonly isShown: () => boolean;
  }
}

/** Renders its children again when a service changes, and as often as what they show needs the time. */
function Live(props: {
  content: PanelContent;
  options: PanelContent.IOptions;
  children: () => React.ReactNode;
}): React.JSX.Element {
  const { app, service, trans } = props.options;
  const { sections, history, packages, previewer, test, choice } = props.content;
  const { model, announcer } = service;
  useSignals([
    model.stateChanged,
    sections.changed,
    history.changed,
    packages.changed,
    previewer.changed,
    test.changed,
    choice.changed,
    announcer.changed
  ]);
  const now = useNow(refreshPeriodOf(model.store));
  const context = {
    trans,
    now,
    expanded: sections.expanded,
    expand: (section: string, open: boolean) => sections.set(section, open),
    execute: (command: string, args?: Parameters<typeof app.commands.execute>[1]) =>
      void app.commands.execute(command, args),
    copy: (text: string) => {
      void copyText(text);
      announcer.announce(trans.__('Copied'));
    }
  };
  return (
    <UIProvider value={context}>
      <ErrorBoundary subject={model.store}>
        <Rendered>{props.children}</Rendered>
      </ErrorBoundary>
    </UIProvider>
  );
}

/** Calls its children inside of the error boundary, which does not catch what its own parent throws. */
const Rendered = (props: { children: () => React.ReactNode }): React.JSX.Element => <>{props.children()}</>;
