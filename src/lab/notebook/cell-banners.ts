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
import { pipBanner, pipFoundNothing } from './pip-banner';

/** A pause after which a changed notebook is read again, so that typing is not slowed down. */
const PAUSE_MS = 500;

export interface IBannerActions {
  /** Saves the names, connects, and shows the panel. */
  use(choice: IChoice | null): void;
  show(): void;
  /** Turns the offer off in the settings. */
  never(): void;
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
        this._put(cell, 'pip', this._pip(cell.model as ICodeCellModel), wanted);
      }
    }
    for (const [key, banner] of this._banners) {
      if (!wanted.has(key)) {
        banner.dispose();
        this._banners.delete(key);
      }
    }
    this._offer(named);
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
              label: choice ? trans.__('Use these settings') : trans.__('Show the panel'),
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

  private _pip(cell: ICodeCellModel): IBannerContent | null {
    const { store } = this._model;
    const view = viewStateOf(store);
    const reason = pipBanner(this._trans, view, store, Date.now());
    const elsewhere = view.kind === 'in-kernel' && store.shadows.every(({ file }) => file !== this._file());
    if (!reason || elsewhere || !pipFoundNothing(cell)) {
      return null;
    }
    return {
      name: this._trans.__('CodeArtifact'),
      ...reason,
      buttons: [
        { label: this._trans.__('Why?'), press: () => this._actions.show() },
        { label: this._trans.__('Not here'), quiet: true, press: () => this._hide(`pip ${cell.id}`) }
      ]
    };
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
