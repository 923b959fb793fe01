import { VDomModel } from '@jupyterlab/ui-components';
import type { Document } from '../../protocol/document';
import type { Repositories } from '../../protocol/listing';
import type { Settings } from '../../protocol/settings';
import type { Api, Verb } from '../api/client';
import type { ServerProblem } from '../api/problem';
import { problemOf } from '../api/problem';
import type { ICodeArtifact } from '../tokens';
import type { Store, KernelShadow, Offer } from './store';
import { isRunning } from '../diagnosis/path';
import { colourOf, viewStateOf } from './view-state';
import type { Debounce, Origin } from './debounce';
import { accept, NO_DEBOUNCE } from './debounce';
import type { Pins } from '../settings/pins';
import type { Colour, Poller, Timer } from '../diagnosis/poller';
import { createPoller } from '../diagnosis/poller';

/** A Connect that is faster than this shows no arc: it goes straight to its end (design notes, "Motion"). */
const SHOWN_AFTER_MS = 100;

export const BROWSER_TIMER: Timer = {
  now: () => Date.now(),
  after: (ms, callback) => {
    const id = setTimeout(callback, ms);
    return () => clearTimeout(id);
  }
};

export interface ModelOptions {
  readonly api: Api;
  readonly pins: Pins;
  readonly timer?: Timer;
}

/** The one state of the front end: what the server said last, and what this page is doing about it. */
export class CodeArtifactModel extends VDomModel implements ICodeArtifact {
  constructor(options: ModelOptions) {
    super();
    this._api = options.api;
    this._timer = options.timer ?? BROWSER_TIMER;
    this._facts = {
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
    this._recheck = createPoller(
      this._timer,
      () => void this._run('diagnose', false),
      () => this._set({ nextCheckAt: this._recheck?.nextAt ?? null })
    );
  }

  get store(): Store {
    return this._facts;
  }

  get document(): Document | null {
    return this._facts.document;
  }

  get api(): Api {
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

  /** Stops what runs; the running call then answers with `cancelled`. */
  async cancel(): Promise<void> {
    try {
      const document = await this._api.act('cancel');
      if (!this._facts.busy) {
        this._receive(document, 'asked');
      }
    } catch (error) {
      this._fail(error);
    }
  }

  /**
   * Reads the state again: after each event, on each poll. One at a time; what is asked meanwhile
   * is answered by one more reading.
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

  /** Asks for the list of repositories, once; `true` asks again. */
  async list(again = false): Promise<void> {
    if (this._listing && !again) {
      return this._listing;
    }
    this._listing = this._api.repositories().then(
      (listing: Repositories) => this._set({ listing }),
      error => this._fail(error)
    );
    return this._listing;
  }

  /** Draws again what depends on more than the facts: sections, history, packages. */
  touch(): void {
    this._emit();
  }

  settled(settings: Readonly<Partial<Settings>> | null): void {
    this._set({ settings });
  }

  shadowed(shadows: readonly KernelShadow[]): void {
    this._set({ shadows });
  }

  offer(offer: Offer | null): void {
    this._set({ offer });
  }

  /** Whether somebody sees the panel: only then is a path looked at by itself. */
  seen(visible: boolean): void {
    this._recheck.visible(visible);
  }

  override dispose(): void {
    this._recheck.dispose();
    super.dispose();
  }

  private async _reload(): Promise<void> {
    do {
      this._again = false;
      try {
        this._receive(await this._api.state(), this._asked ? 'asked' : 'read');
      } catch (error) {
        this._fail(error);
      }
    } while (this._again && !this.isDisposed);
  }

  /** One verb at a time; what the user asks replaces a look in the background. */
  private async _run(verb: Verb, asked: boolean): Promise<void> {
    if (this._facts.busy && (!asked || (this._asked && this._facts.busy.verb === verb))) {
      return;
    }
    const run = ++this._runs;
    const busy = { verb, since: this._timer.now(), shown: false };
    this._asked = asked;
    this._set({ busy });
    // A look in the background shows nothing but "Checking…" where the countdown was.
    const cancel = asked
      ? this._timer.after(
          SHOWN_AFTER_MS,
          () => run === this._runs && this._set({ busy: { ...busy, shown: true } })
        )
      : () => undefined;
    const done = (): void => {
      cancel();
      if (run === this._runs) {
        this._facts = { ...this._facts, busy: null };
        this._asked = false;
      }
    };
    try {
      const document = await this._api.act(verb);
      done();
      this._receive(document, asked ? 'asked' : 'looked');
    } catch (error) {
      done();
      this._fail(error);
    }
  }

  private _receive(document: Document, how: Origin): void {
    if (this.isDisposed) {
      return;
    }
    const { show, gate } = accept(this._gate, this._facts.document, document, how);
    this._gate = gate;
    if (!show) {
      this._set({ problem: null });
      if (!isRunning(document)) {
        this._saw('doubtful', how);
      }
      return;
    }
    const before = colourOf(viewStateOf(this._facts));
    const now = this._timer.now();
    this._facts = { ...this._facts, document, problem: null, receivedAt: now };
    const view = viewStateOf(this._facts);
    const after = colourOf(view);
    const whole = document.verdict === 'ok' && (after === 'green' || view.kind === 'ready');
    if (before === 'red' && whole) {
      this._facts = { ...this._facts, fixedAt: now };
    } else if (after === 'red') {
      this._facts = { ...this._facts, fixedAt: null };
    }
    if (!this._facts.busy && !isRunning(document)) {
      this._saw(after, how);
    }
    this._emit();
  }

  /** A look counts each time; reading the same colour again does not put the next look off. */
  private _saw(colour: Colour, how: Origin): void {
    if (how !== 'read' || colour !== this._colour) {
      this._colour = colour;
      this._recheck.saw(colour);
    }
  }

  private _fail(error: unknown): void {
    if (this.isDisposed || (error instanceof Error && error.name === 'AbortError')) {
      return;
    }
    const problem: ServerProblem = problemOf(error, this._timer.now());
    this._set({ problem });
  }

  private _set(change: Partial<Store>): void {
    if (this.isDisposed) {
      return;
    }
    this._facts = { ...this._facts, ...change };
    this._emit();
  }

  private _emit(): void {
    if (!this.isDisposed) {
      this.stateChanged.emit(undefined);
    }
  }

  private readonly _api: Api;
  private readonly _timer: Timer;
  private readonly _recheck: Poller;
  private _facts: Store;
  private _gate: Debounce = NO_DEBOUNCE;
  private _asked = false;
  private _reloading: Promise<void> | null = null;
  private _again = false;
  private _listing: Promise<void> | null = null;
  private _runs = 0;
  private _colour: Colour = 'none';
}
