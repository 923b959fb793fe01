import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { Packages } from '../../protocol/listing';
import type { IApi } from '../api/client';

/** What the Packages section shows. */
export interface IPackageSearch {
  readonly query: string;
  /** Null before the first answer. */
  readonly result: Packages | null;
  readonly busy: boolean;
  /** Versions of the packages that were opened, latest first; null until they are answered. */
  readonly opened: Readonly<Record<string, Packages['packages'][number]['versions'] | null>>;
}

export const NO_SEARCH: IPackageSearch = { query: '', result: null, busy: false, opened: {} };

/** A pause in typing after which the search is sent: a shorter one sends every letter, a longer one feels slow. */
const PAUSE_MS = 250;

/** Searches the packages that the repository holds; only the latest search is answered. */
export class PackageSearcher implements IDisposable {
  constructor(options: PackageSearcher.IOptions) {
    this._api = options.api;
  }

  get state(): IPackageSearch {
    return this._state;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Lists what there is, unless a search has been made already. */
  start(): void {
    if (this._state.result === null && !this._started) {
      this.search('');
    }
  }

  search(query: string): void {
    this._started = true;
    clearTimeout(this._timer);
    this._set({ query });
    this._timer = setTimeout(
      () => void this._request(query.trim()),
      this._state.result === null ? 0 : PAUSE_MS
    );
  }

  /** Shows the versions of a package, or hides them again. */
  toggle(name: string): void {
    const { [name]: versions, ...others } = this._state.opened;
    if (versions !== undefined) {
      this._set({ opened: others });
      return;
    }
    const answer = (found: IPackageSearch['opened'][string]): void =>
      this._set({ opened: { ...this._state.opened, [name]: found } });
    answer(null);
    this._api.packages({ name }).then(
      ({ packages }) => answer(packages[0]?.versions ?? []),
      () => answer([])
    );
  }

  dispose(): void {
    this._isDisposed = true;
    clearTimeout(this._timer);
    this._running?.abort();
    Signal.clearData(this);
  }

  private _set(change: Partial<IPackageSearch>): void {
    if (!this._isDisposed) {
      this._state = { ...this._state, ...change };
      this._changed.emit();
    }
  }

  private async _request(query: string): Promise<void> {
    this._running?.abort();
    const own = (this._running = new AbortController());
    this._set({ busy: true });
    try {
      const result = await this._api.packages({ query }, own.signal);
      this._set({ result, busy: false });
    } catch {
      // The status says what is wrong with the path; the list keeps what it showed.
      if (!own.signal.aborted) {
        this._set({ busy: false });
      }
    }
  }

  private readonly _api: IApi;
  private readonly _changed = new Signal<this, void>(this);
  private _state = NO_SEARCH;
  private _started = false;
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _running: AbortController | null = null;
  private _isDisposed = false;
}

export namespace PackageSearcher {
  export interface IOptions {
    readonly api: IApi;
  }
}
