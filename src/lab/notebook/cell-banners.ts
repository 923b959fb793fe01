import type { Cell, ICodeCellModel } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IDisposable } from '@lumino/disposable';
import type { PanelLayout } from '@lumino/widgets';
import type { CodeArtifactModel } from '../connection/model';
import type { Choice } from '../connection/store';
import { viewStateOf } from '../connection/view-state';
import { loginBanner, whyBanner } from './banner-text';
import type { BannerContent } from './banner';
import { Banner } from './banner';
import { commentedOut, loginOf } from './login-cell';
import { pipFoundNothing } from './pip-failure';

/** A pause after which a changed notebook is looked at again: typing must not feel it. */
const PAUSE_MS = 500;

export interface BannerActions {
  /** Saves the names, connects, and shows the panel. */
  use(choice: Choice | null): void;
  show(): void;
  /** Turns the offer off for good. */
  never(): void;
}

type Kind = 'login' | 'why';

/**
 * Banners beside the cells of one notebook: on those that log in by themselves, and under those in which
 * pip found nothing for a reason that the panel knows. They belong to the view: nothing is written into the
 * notebook, and nothing in a cell changes without a click.
 */
export class CellBanners implements IDisposable {
  constructor(
    panel: NotebookPanel,
    model: CodeArtifactModel,
    trans: TranslationBundle,
    actions: BannerActions
  ) {
    this._panel = panel;
    this._model = model;
    this._trans = trans;
    this._deeds = actions;
    void panel.context.ready.then(() => {
      if (!this._disposed) {
        panel.content.model?.contentChanged.connect(this._soon, this);
        model.stateChanged.connect(this._soon, this);
        this._look();
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
      this._panel.content.model?.contentChanged.disconnect(this._soon, this);
      this._model.stateChanged.disconnect(this._soon, this);
      this._banners.forEach(banner => banner.dispose());
    }
  }

  private _soon(): void {
    this._timer ??= setTimeout(() => {
      this._timer = undefined;
      this._look();
    }, PAUSE_MS);
  }

  private _look(): void {
    if (this._disposed || this._panel.isDisposed) {
      return;
    }
    const wanted = new Set<string>();
    let named: Choice | null = null;
    for (const cell of this._panel.content.widgets) {
      if (cell.model.type === 'code') {
        const login = loginOf(cell.model.sharedModel.getSource());
        named ??= login?.choice ?? null;
        this._put(cell, 'login', login ? this._login(cell, login.choice) : null, wanted);
        this._put(cell, 'why', this._why(cell.model as ICodeCellModel), wanted);
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

  private _put(cell: Cell, kind: Kind, content: BannerContent | null, wanted: Set<string>): void {
    const key = `${kind} ${cell.model.id}`;
    // A cell far from view is a placeholder without content; it is looked at when it comes near.
    if (!content || this._hidden.has(key) || cell.isPlaceholder()) {
      if (content && !this._hidden.has(key)) {
        void cell.ready.then(() => this._soon());
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

  private _login(cell: Cell, choice: Choice | null): BannerContent | null {
    const { store } = this._model;
    if (store.settings?.offerOnLoginCells === false) {
      return null;
    }
    const { connection } = store.document ?? {};
    const there =
      connection?.state === 'connected' && (!choice || connection.repository === choice.repository);
    const trans = this._trans;
    return {
      name: trans.__('CodeArtifact'),
      icon: 'package',
      text: loginBanner(trans),
      buttons: [
        there
          ? { label: trans.__('Show the panel'), press: () => this._deeds.show() }
          : {
              label: choice ? trans.__('Use these settings') : trans.__('Show the panel'),
              press: () => this._deeds.use(choice)
            },
        {
          label: trans.__('Comment out'),
          quiet: true,
          press: () => {
            const { sharedModel } = cell.model;
            // One step for Undo.
            sharedModel.setSource(commentedOut(sharedModel.getSource()));
          }
        },
        { label: trans.__('Not here'), quiet: true, press: () => this._hide(`login ${cell.model.id}`) },
        { label: trans.__('Never'), quiet: true, press: () => this._deeds.never() }
      ]
    };
  }

  private _why(cell: ICodeCellModel): BannerContent | null {
    const { store } = this._model;
    const view = viewStateOf(store);
    const why = whyBanner(this._trans, view, store, Date.now());
    const elsewhere = view.kind === 'in-kernel' && store.shadows.every(({ file }) => file !== this._file());
    if (!why || elsewhere || !pipFoundNothing(cell)) {
      return null;
    }
    return {
      name: this._trans.__('CodeArtifact'),
      ...why,
      buttons: [
        { label: this._trans.__('Why?'), press: () => this._deeds.show() },
        { label: this._trans.__('Not here'), quiet: true, press: () => this._hide(`why ${cell.id}`) }
      ]
    };
  }

  private _file(): string {
    return this._panel.context.path.split('/').pop() ?? '';
  }

  private _hide(key: string): void {
    this._hidden.add(key);
    this._look();
  }

  /** The panel's first run offers what a notebook names, as long as nothing was chosen. */
  private _offer(choice: Choice | null): void {
    const { offer } = this._model.store;
    if (choice && !offer && !this._offered && this._model.store.settings?.offerOnLoginCells !== false) {
      this._offered = true;
      this._model.offer({ choice, from: this._file() });
    }
  }

  private readonly _panel: NotebookPanel;
  private readonly _model: CodeArtifactModel;
  private readonly _trans: TranslationBundle;
  private readonly _deeds: BannerActions;
  private readonly _banners = new Map<string, Banner>();
  private readonly _hidden = new Set<string>();
  private _offered = false;
  private _disposed = false;
  private _timer: ReturnType<typeof setTimeout> | undefined;
}
