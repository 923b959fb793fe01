import type { Cell, ICodeCellModel } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';
import type { PanelLayout } from '@lumino/widgets';
import type { CodeArtifactModel } from '../connection/model';
import { viewStateOf } from '../connection/view-state';
import type { IChoice, ILogin } from '../login/choice';
import { commentedOut } from '../login/comment-out';
import { loginOf } from '../login/read-login';
import type { Trans } from '../ui/trans';
import type { IBannerContent } from './banner';
import { Banner } from './banner';
import { fineBanner, pipBanner } from './pip-banner';
import { pipFailure } from './pip-output';

const hostOf = (url: string): string => /^https?:\/\/([^/]+)/.exec(url)?.[1] ?? '';

/** After a pause a changed notebook is read again: typing is not slowed down. */
const PAUSE_MS = 500;

export interface IBannerActions {
  /** Saves the names, connects, and shows the panel. */
  use(choice: IChoice | null): void;
  show(): void;
  /** Turns offers and answers at cells off in the settings. */
  never(): void;
  /** Checks the path, because an installation failed; nobody clicked. */
  check(): Promise<void>;
  /** Gets a new token, and runs a cell again when that worked. */
  renewAndRun(panel: NotebookPanel, cell: Cell): void;
  copyRequest(): void;
}

interface IFailedRun {
  /** The run's first output, which the next run replaces. The execution count is not known before a run has ended. */
  readonly output: ReturnType<ICodeCellModel['outputs']['get']>;
  /** Set when the check that it started has ended. */
  checked: boolean;
}

type Kind = 'login' | 'pip';

/**
 * Banners beside the cells of one notebook: on those that log in, and under those in which pip found nothing for a
 * reason that the panel knows. They are part of the view only: nothing is written into the notebook, and no cell
 * changes without a click.
 */
export class CellBanners implements IDisposable {
  constructor(options: CellBanners.IOptions) {
    const { panel, model } = options;
    this._panel = panel;
    this._model = model;
    this._trans = options.trans;
    this._actions = options.actions;
    void panel.context.ready.then(() => {
      if (!this._disposed) {
        panel.content.model?.contentChanged.connect(this._schedule, this);
        model.stateChanged.connect(this._schedule, this);
        this._update();
      }
    });
  }

  get isDisposed(): boolean {
    return this._disposed;
  }

  dispose(): void {
    if (!this._disposed) {
      this._disposed = true;
      clearTimeout(this._timer);
      this._panel.content.model?.contentChanged.disconnect(this._schedule, this);
      this._model.stateChanged.disconnect(this._schedule, this);
      this._banners.forEach(banner => banner.dispose());
    }
  }

  private _schedule(): void {
    this._timer ??= setTimeout(() => {
      this._timer = undefined;
      this._update();
    }, PAUSE_MS);
  }

  private _update(): void {
    if (this._disposed || this._panel.isDisposed) {
      return;
    }
    const wanted = new Set<string>();
    let named: IChoice | null = null;
    for (const cell of this._panel.content.widgets) {
      if (cell.model.type === 'code') {
        const login = loginOf(cell.model.sharedModel.getSource());
        named ??= login?.choice ?? null;
        this._put(cell, 'login', login ? this._login(cell, login) : null, wanted);
        this._put(cell, 'pip', this._pip(cell), wanted);
      }
    }
    for (const [key, banner] of this._banners) {
      if (!wanted.has(key)) {
        const hadFocus = banner.node.contains(document.activeElement);
        banner.dispose();
        this._banners.delete(key);
        if (hadFocus) {
          // Whoever has pressed its button goes on in the notebook.
          this._panel.content.activate();
        }
      }
    }
    this._offer(named);
    this._isFresh = true;
  }

  private _put(cell: Cell, kind: Kind, content: IBannerContent | null, wanted: Set<string>): void {
    const key = `${kind} ${cell.model.id}`;
    // A cell far outside of the viewport is a placeholder without content; it is handled when it is rendered.
    if (!content || this._hidden.has(key) || cell.isPlaceholder()) {
      if (content && !this._hidden.has(key)) {
        void cell.ready.then(() => this._schedule());
      }
      return;
    }
    wanted.add(key);
    const banner = this._banners.get(key);
    if (banner && !banner.isDisposed && banner.parent === cell) {
      banner.content = content;
      return;
    }
    banner?.dispose();
    const fresh = new Banner(content);
    this._banners.set(key, fresh);
    const layout = cell.layout as PanelLayout;
    // Between the cell's header and its input; or below its output.
    layout.insertWidget(kind === 'login' ? 1 : layout.widgets.length, fresh);
  }

  private _login(cell: Cell, { choice, missing }: ILogin): IBannerContent | null {
    const { store } = this._model;
    if (store.settings?.offerOnLoginCells === false) {
      return null;
    }
    const { connection } = store.document ?? {};
    const connected =
      connection?.state === 'connected' && (!choice || connection.repository === choice.repository);
    const trans = this._trans;
    const source = cell.model.sharedModel.getSource();
    const without = commentedOut(source);
    const commentable = without !== null && without !== source;
    return {
      name: trans.__('CodeArtifact'),
      icon: 'package',
      text:
        choice || missing.length === 0
          ? trans.__('Connect from the panel instead. It keeps the token out of the notebook.')
          : trans.__(
              'Connect from the panel instead. It keeps the token out of the notebook. The cell does not say what these are: %1.',
              missing.join(', ')
            ),
      buttons: [
        connected
          ? { label: trans.__('Show the panel'), press: () => this._actions.show() }
          : {
              label: choice ? trans.__('Use and connect') : trans.__('Show the panel'),
              press: () => this._actions.use(choice)
            },
        ...(commentable
          ? [
              {
                label: trans.__('Comment out'),
                quiet: true,
                press: () => {
                  const { sharedModel } = cell.model;
                  // One step for Undo; the cell may have changed since it was read.
                  sharedModel.setSource(commentedOut(sharedModel.getSource()) ?? sharedModel.getSource());
                }
              }
            ]
          : []),
        { label: trans.__('Not here'), quiet: true, press: () => this._hide(`login ${cell.model.id}`) },
        { label: trans.__('Never'), quiet: true, press: () => this._actions.never() }
      ]
    };
  }

  private _pip(cell: Cell): IBannerContent | null {
    const model = cell.model as ICodeCellModel;
    const { store } = this._model;
    const connection = store.document?.connection;
    const failure =
      connection?.indexUrl && store.settings?.offerOnLoginCells !== false
        ? pipFailure(model, hostOf(connection.indexUrl))
        : null;
    if (!failure) {
      this._failed.delete(model.id);
      return null;
    }
    const run = this._sense(model, failure.ours);
    const view = viewStateOf(store);
    const elsewhere = view.kind === 'in-kernel' && store.shadows.every(({ file }) => file !== this._file());
    const trans = this._trans;
    // What is silent or refuses and is not our index says nothing of the connection.
    const isOurs = failure.ours || failure.kind === 'nothing';
    const reason = elsewhere || !isOurs ? null : pipBanner(trans, view, store, failure.kind, Date.now());
    const answer = reason ?? (run?.checked ? fineBanner(trans, view, failure.kind) : null);
    if (!answer) {
      return null;
    }
    const { action, ...words } = answer;
    return {
      name: trans.__('CodeArtifact'),
      ...words,
      buttons: [
        ...(action === 'renew'
          ? [
              {
                label: trans.__('Renew and run again'),
                press: () => this._actions.renewAndRun(this._panel, cell)
              }
            ]
          : []),
        { label: trans.__('Why?'), press: () => this._actions.show() },
        ...(action === 'request'
          ? [{ label: trans.__('Copy request'), press: () => this._actions.copyRequest() }]
          : []),
        { label: trans.__('Not here'), quiet: true, press: () => this._hide(`pip ${model.id}`) },
        { label: trans.__('Never'), quiet: true, press: () => this._actions.never() }
      ]
    };
  }

  /**
   * Starts one quiet check for each run of a cell whose installation failed at our index, not for output that was in
   * the file when it was opened. Only the engine is asked, never the kernel, which may be busy.
   */
  private _sense(model: ICodeCellModel, ours: boolean): IFailedRun | null {
    const known = this._failed.get(model.id);
    const output = model.outputs.get(0);
    if (known?.output === output) {
      return known;
    }
    if (this._isFresh && !ours) {
      return null;
    }
    const run: IFailedRun = { output, checked: false };
    this._failed.set(model.id, run);
    if (!this._isFresh) {
      return null;
    }
    this._actions.check().then(
      () => {
        run.checked = true;
        this._schedule();
      },
      // Nothing was checked.
      () => this._failed.delete(model.id)
    );
    return run;
  }

  private _file(): string {
    return this._panel.context.path.split('/').pop() ?? '';
  }

  private _hide(key: string): void {
    this._hidden.add(key);
    this._update();
  }

  /** Lets the panel's first run offer the repository that a notebook names. */
  private _offer(choice: IChoice | null): void {
    const { offer } = this._model.store;
    if (choice && !offer && !this._offered && this._model.store.settings?.offerOnLoginCells !== false) {
      this._offered = true;
      this._model.setOffer({ choice, from: this._file() });
    }
  }

  private readonly _panel: NotebookPanel;
  private readonly _model: CodeArtifactModel;
  private readonly _trans: Trans;
  private readonly _actions: IBannerActions;
  private readonly _banners = new Map<string, Banner>();
  private readonly _hidden = new Set<string>();
  /** By the cell's id. */
  private readonly _failed = new Map<string, IFailedRun>();
  /** Whether the outputs that the file had were read: what comes now was run in this page. */
  private _isFresh = false;
  private _offered = false;
  private _disposed = false;
  private _timer: ReturnType<typeof setTimeout> | undefined;
}

export namespace CellBanners {
  export interface IOptions {
    readonly panel: NotebookPanel;
    readonly model: CodeArtifactModel;
    readonly trans: Trans;
    readonly actions: IBannerActions;
  }
}
