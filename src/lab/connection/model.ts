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
import type { IAsked, IStore } from './store';
import { emptyStore } from './store';
import { BROWSER_TIMER, TokenClock } from './token-clock';
import { situationOf } from './view-state';

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

  /** The same, when nobody clicked but there is a reason. It is no activity. */
  check(): Promise<void> {
    return this._run('diagnose', false);
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

  /** What is known when the page is loaded; it starts no engine. Without a connection there is nothing to follow. */
  async glance(): Promise<void> {
    const document = await this._api.known();
    if (document.connection && !this._store.document && !this._store.live) {
      this._receive(document);
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

  setAsked = (asked: IAsked | null): void => this._set({ asked });

  /** Whether the panel is visible, which the server is told with each reading of the state. */
  setVisible(visible: boolean): void {
    this._visible = visible;
  }

  override dispose(): void {
    this._cancelNextCheck();
    this._clock.dispose();
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

  /** One verb at a time, whose end the others wait for; a request of the user replaces a check in the background. */
  private _run(verb: Verb, byUser: boolean, before?: () => Promise<void>): Promise<void> {
    if (!this._store.busy || (byUser && (!this._byUser || this._store.busy.verb !== verb))) {
      this._running = this._start(verb, byUser, before);
    }
    return this._running;
  }

  private async _start(verb: Verb, byUser: boolean, before?: () => Promise<void>): Promise<void> {
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
      this._receive(document, byUser ? verb : undefined);
    } catch (error) {
      done();
      this._fail(error);
    }
  }

  private _receive(document: Document, verb?: Verb): void {
    if (this.isDisposed) {
      return;
    }
    // What is under way is no verdict: the last one stays until there is a new one.
    if (document.running || isRunning(document)) {
      this._set({ live: document, problem: null });
      return;
    }
    const before = this._store;
    if (document === before.document && verb === undefined) {
      // Nothing new: whoever draws has nothing to draw, but what was under way has ended.
      if (before.problem || before.live) {
        this._set({ live: null, problem: null });
      }
      return;
    }
    const now = this._timer.now();
    const after = { ...before, document, live: null, problem: null, receivedAt: now, now };
    const same = situationOf(before) === situationOf(after);
    const done = verb ? { verb, at: now, same } : before.done;
    const repairedAt = document.outage?.repairedAt;
    // One that the page has come too late for is no news, as after a restart of the engine.
    const repaired = Date.parse(repairedAt ?? '') > Date.parse(before.document?.at ?? '');
    this._store = { ...after, done, repaired };
    this._awaitNextCheck();
    this._clock.set(Date.parse(document.connection?.expiresAt ?? ''));
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
  private readonly _clock: TokenClock;
  private _store: IStore;
  private _byUser = false;
  private _reloading: Promise<void> | null = null;
  private _again = false;
  private _running = Promise.resolve();
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
