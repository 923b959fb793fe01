import { VDomModel } from '@jupyterlab/ui-components';
import type { Document } from '../../protocol/document';
import type { Repositories } from '../../protocol/listing';
import type { Settings } from '../../protocol/settings';
import type { IApi, Verb } from '../api/client';
import { problemOf } from '../api/problem';
import { isRunning } from '../diagnosis/root-cause';
import type { ITimer } from '../diagnosis/next-check';
import { nextCheckAfter } from '../diagnosis/next-check';
import type { IKernelShadow } from '../kernel/kernel-code';
import type { IOffer } from '../settings/instructions';
import type { Pins } from '../settings/pins';
import type { ICodeArtifact } from '../tokens';
import type { IStore } from './store';
import { colourOf, viewStateOf } from './view-state';

/** A Connect that is faster than this shows no progress; it goes straight to its result. */
const SHOWN_AFTER_MS = 100;

const BROWSER_TIMER: ITimer = {
  now: () => Date.now(),
  after: (ms, callback) => {
    const id = setTimeout(callback, ms);
    return () => clearTimeout(id);
  }
};

/** The state of the front end: the server's last answer, and what this page is doing. */
export class CodeArtifactModel extends VDomModel implements ICodeArtifact {
  constructor(options: CodeArtifactModel.IOptions) {
    super();
    this._api = options.api;
    this._timer = options.timer ?? BROWSER_TIMER;
    this._store = {
      document: null,
      problem: null,
      busy: null,
      settings: null,
      pins: options.pins,
      listing: null,
      nextCheckAt: null,
      fixedAt: null,
      offer: null,
      shadows: [],
      receivedAt: this._timer.now()
    };
  }

  get store(): IStore {
    return this._store;
  }

  get document(): Document | null {
    return this._store.document;
  }

  get api(): IApi {
    return this._api;
  }

  connect(): Promise<void> {
    return this._run('connect', true);
  }

  refresh(): Promise<void> {
    return this._run('refresh', true);
  }

  disconnect(): Promise<void> {
    return this._run('disconnect', true);
  }

  diagnose(): Promise<void> {
    return this._run('diagnose', true);
  }

  /** Stops what is running; the running call then answers with `cancelled`. */
  async cancel(): Promise<void> {
    try {
      const document = await this._api.act('cancel');
      if (!this._store.busy) {
        this._receive(document);
      }
    } catch (error) {
      this._fail(error);
    }
  }

  /**
   * Reads the state again: after each event, on each poll. There is one request at a time; calls during it are
   * answered by one more request.
   */
  async reload(): Promise<void> {
    if (this._reloading) {
      this._again = true;
      return this._reloading;
    }
    this._reloading = this._reload();
    try {
      await this._reloading;
    } finally {
      this._reloading = null;
    }
  }

  /** Requests the list of repositories, once. */
  list(): Promise<void> {
    this._listing ??= this._api.repositories().then(
      (listing: Repositories) => this._set({ listing }),
      error => this._fail(error)
    );
    return this._listing;
  }

  setSettings(settings: Readonly<Partial<Settings>> | null): void {
    this._set({ settings });
  }

  setShadows(shadows: readonly IKernelShadow[]): void {
    this._set({ shadows });
  }

  setOffer(offer: IOffer | null): void {
    this._set({ offer });
  }

  /** Whether the panel is visible, which the server is told with each reading of the state. */
  setVisible(visible: boolean): void {
    this._visible = visible;
  }

  override dispose(): void {
    this._cancelNextCheck();
    super.dispose();
  }

  private async _reload(): Promise<void> {
    do {
      this._again = false;
      try {
        this._receive(await this._api.state({ watching: this._visible }));
      } catch (error) {
        this._fail(error);
      }
    } while (this._again && !this.isDisposed);
  }

  /** One verb at a time; a request of the user replaces a check in the background. */
  private async _run(verb: Verb, byUser: boolean): Promise<void> {
    if (this._store.busy && (!byUser || (this._byUser && this._store.busy.verb === verb))) {
      return;
    }
    const run = ++this._runs;
    const busy = { verb, since: this._timer.now(), shown: false };
    this._byUser = byUser;
    this._set({ busy });
    // A check in the background only shows "Checking…" in place of the countdown.
    const cancel = byUser
      ? this._timer.after(
          SHOWN_AFTER_MS,
          () => run === this._runs && this._set({ busy: { ...busy, shown: true } })
        )
      : () => undefined;
    const done = (): void => {
      cancel();
      if (run === this._runs) {
        this._store = { ...this._store, busy: null };
        this._byUser = false;
      }
    };
    try {
      const document = await this._api.act(verb, { byUser });
      done();
      this._receive(document);
    } catch (error) {
      done();
      this._fail(error);
    }
  }

  private _receive(document: Document): void {
    if (this.isDisposed) {
      return;
    }
    if (document === this._store.document) {
      // Nothing new: whoever draws has nothing to draw.
      if (this._store.problem) {
        this._set({ problem: null });
      }
      return;
    }
    const before = colourOf(viewStateOf(this._store));
    if (
      before === 'green' &&
      !this._byUser &&
      document.connection?.state === 'connected' &&
      isRunning(document)
    ) {
      // Somebody checks in another window: what is under way is no verdict yet.
      this._set({ problem: null });
      return;
    }
    const now = this._timer.now();
    this._store = { ...this._store, document, problem: null, receivedAt: now };
    const view = viewStateOf(this._store);
    const after = colourOf(view);
    const working = document.verdict === 'ok' && (after === 'green' || view.kind === 'ready');
    if (before === 'red' && working) {
      this._store = { ...this._store, fixedAt: now };
    } else if (after === 'red') {
      this._store = { ...this._store, fixedAt: null };
    }
    this._awaitNextCheck();
    this._emit();
  }

  /** Keeps `nextCheckAt` in the future; the engine makes the check. */
  private _awaitNextCheck(): void {
    this._cancelNextCheck();
    const now = this._timer.now();
    const nextCheckAt = nextCheckAfter(this._store.document?.outage, now);
    this._store = { ...this._store, nextCheckAt };
    this._cancelNextCheck =
      nextCheckAt === null
        ? () => undefined
        : this._timer.after(nextCheckAt - now + 1, () => {
            this._awaitNextCheck();
            this._emit();
          });
  }

  private _fail(error: unknown): void {
    if (this.isDisposed || (error instanceof Error && error.name === 'AbortError')) {
      return;
    }
    this._set({ problem: problemOf(error, this._timer.now()) });
  }

  private _set(change: Partial<IStore>): void {
    if (this.isDisposed) {
      return;
    }
    this._store = { ...this._store, ...change };
    this._emit();
  }

  private _emit(): void {
    if (!this.isDisposed) {
      this.stateChanged.emit(undefined);
    }
  }

  private readonly _api: IApi;
  private readonly _timer: ITimer;
  private _store: IStore;
  private _byUser = false;
  private _reloading: Promise<void> | null = null;
  private _again = false;
  private _listing: Promise<void> | null = null;
  private _runs = 0;
  private _visible = false;
  private _cancelNextCheck: () => void = () => undefined;
}

export namespace CodeArtifactModel {
  export interface IOptions {
    readonly api: IApi;
    readonly pins: Pins;
    /** The clock; the browser's unless a test gives one. */
    readonly timer?: ITimer;
  }
}
