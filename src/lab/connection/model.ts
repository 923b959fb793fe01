import { VDomModel } from '@jupyterlab/ui-components';
import type { Document } from '../../protocol/document';
import type { Repositories } from '../../protocol/listing';
import type { Settings } from '../../protocol/settings';
import type { IApi, Verb } from '../api/client';
import { problemOf } from '../api/problem';
import { isRunning } from '../diagnosis/root-cause';
import type { Colour, IPoller, ITimer } from '../diagnosis/poller';
import { createPoller } from '../diagnosis/poller';
import type { IKernelShadow } from '../kernel/kernel-code';
import type { IOffer } from '../settings/instructions';
import type { Pins } from '../settings/pins';
import type { ICodeArtifact } from '../tokens';
import type { IDebounce, Origin } from './debounce';
import { accept, NO_DEBOUNCE } from './debounce';
import { outageAfter } from './outage';
import type { IOutage, IStore } from './store';
import { emptyStore } from './store';
import { BROWSER_TIMER, TokenClock } from './token-clock';
import { colourOf, situationOf, viewStateOf } from './view-state';

/** What is done sooner than this shows no progress; it goes straight to its result. */
const SHOWN_AFTER_MS = 250;

/** The state of the front end: the server's last answer, and what this page is doing. */
export class CodeArtifactModel extends VDomModel implements ICodeArtifact {
  constructor(options: CodeArtifactModel.IOptions) {
    super();
    this._api = options.api;
    this._timer = options.timer ?? BROWSER_TIMER;
    this._store = emptyStore(options.pins, this._timer.now());
    this._clock = new TokenClock(
      this._timer,
      () => this._set({}),
      () => void this.reload()
    );
    this._poller = createPoller(
      this._timer,
      () => void this._run('diagnose', false),
      () => this._set({ nextCheckAt: this._poller?.nextAt ?? null })
    );
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

  /** Connects after `choose` has saved a repository; the form that was there gives way to progress at once. */
  connectTo(choose: () => Promise<void>): Promise<void> {
    return this._run('connect', true, choose);
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

  /** The same, when nobody clicked but there is a reason, which makes one failure enough. It is no activity. */
  check(): Promise<void> {
    return this._run('diagnose', false, undefined, 'user');
  }

  /** Stops what is running; the running call then answers with `cancelled`. */
  async cancel(): Promise<void> {
    try {
      const document = await this._api.act('cancel');
      if (!this._store.busy) {
        this._receive(document, 'user');
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

  /** What is known when the page is loaded; it starts no engine. Without a connection there is nothing to follow. */
  async glance(): Promise<void> {
    const document = await this._api.known();
    if (document.connection && !this._store.document && !this._store.live) {
      this._receive(document, 'read');
    }
  }

  /** The same after a click, which is answered although nothing may be different. */
  async lookAgain(): Promise<void> {
    const before = situationOf(this._store);
    await this.reload();
    const same = situationOf(this._store) === before;
    this._set({ done: { verb: 'reload', at: this._timer.now(), same } });
  }

  /** Requests the list of repositories, once; with `again`, also when it is known. */
  list(again = false): Promise<void> {
    if (again) {
      this._listing = null;
    }
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

  setOffer = (offer: IOffer | null): void => this._set({ offer });

  setOutage = (outage: IOutage | null): void => this._set({ outage });

  /** Whether the panel is visible: only then is the path checked without a click. */
  setVisible(visible: boolean): void {
    this._poller.setVisible(visible);
  }

  override dispose(): void {
    this._poller.dispose();
    this._clock.dispose();
    super.dispose();
  }

  private async _reload(): Promise<void> {
    do {
      this._again = false;
      try {
        this._receive(await this._api.state(), this._byUser ? 'user' : 'read');
      } catch (error) {
        this._fail(error);
      }
    } while (this._again && !this.isDisposed);
  }

  /** One verb at a time; a request of the user replaces a check in the background. */
  private async _run(
    verb: Verb,
    byUser: boolean,
    before?: () => Promise<void>,
    origin: Origin = byUser ? 'user' : 'background'
  ): Promise<void> {
    if (this._store.busy && (!byUser || (this._byUser && this._store.busy.verb === verb))) {
      return;
    }
    const run = ++this._runs;
    const busy = { verb, byUser, since: this._timer.now(), shown: before !== undefined };
    this._byUser = byUser;
    this._set({ busy });
    const cancel = this._timer.after(
      SHOWN_AFTER_MS,
      () => run === this._runs && this._set({ busy: { ...busy, shown: true } })
    );
    const done = (): void => {
      cancel();
      if (run === this._runs) {
        this._store = { ...this._store, busy: null };
        this._byUser = false;
      }
    };
    if (before) {
      try {
        await before();
      } catch (error) {
        done();
        this._emit();
        throw error;
      }
    }
    try {
      const document = await this._api.act(verb, { byUser });
      done();
      this._receive(document, origin, byUser ? verb : undefined);
    } catch (error) {
      done();
      this._fail(error);
    }
  }

  private _receive(document: Document, origin: Origin, verb?: Verb): void {
    if (this.isDisposed) {
      return;
    }
    // What is under way is no verdict: the last one stays until there is a new one.
    if (document.running || isRunning(document)) {
      this._set({ live: document, problem: null });
      return;
    }
    const { show, debounce } = accept(this._debounce, this._store.document, document, origin);
    this._debounce = debounce;
    if (!show) {
      this._set({ live: null, problem: null });
      this._checked('doubtful', origin);
      return;
    }
    const before = this._store;
    const now = this._timer.now();
    const after = { ...before, document, live: null, problem: null, receivedAt: now, now };
    const same = situationOf(before) === situationOf(after);
    const done = verb ? { verb, at: now, same } : before.done;
    this._store = { ...after, done, ...outageAfter(before, after, verb) };
    if (!this._store.busy) {
      this._checked(colourOf(viewStateOf(this._store)), origin);
    }
    this._clock.set(Date.parse(document.connection?.expiresAt ?? ''));
    this._emit();
  }

  /** Every check counts; reading the same colour again does not postpone the next check. */
  private _checked(colour: Colour, origin: Origin): void {
    if (origin !== 'read' || colour !== this._colour) {
      this._colour = colour;
      this._poller.checked(colour);
    }
  }

  private _fail(error: unknown): void {
    if (this.isDisposed || (error instanceof Error && error.name === 'AbortError')) {
      return;
    }
    this._set({ live: null, problem: problemOf(error, this._timer.now()) });
  }

  private _set(change: Partial<IStore>): void {
    if (this.isDisposed) {
      return;
    }
    this._store = { ...this._store, ...change, now: this._timer.now() };
    this._emit();
  }

  private _emit(): void {
    if (!this.isDisposed) {
      this.stateChanged.emit(undefined);
    }
  }

  private readonly _api: IApi;
  private readonly _timer: ITimer;
  private readonly _poller: IPoller;
  private readonly _clock: TokenClock;
  private _store: IStore;
  private _debounce: IDebounce = NO_DEBOUNCE;
  private _byUser = false;
  private _reloading: Promise<void> | null = null;
  private _again = false;
  private _listing: Promise<void> | null = null;
  private _runs = 0;
  private _colour: Colour = 'none';
}

export namespace CodeArtifactModel {
  export interface IOptions {
    readonly api: IApi;
    readonly pins: Pins;
    /** The clock; the browser's unless a test gives one. */
    readonly timer?: ITimer;
  }
}
