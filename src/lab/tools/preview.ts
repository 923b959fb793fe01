import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { Document } from '../../protocol/document';
import type { IApi } from '../api/client';
import type { IFileDiff } from './diff';

/** What the preview shows. */
export interface IPreview {
  readonly busy: boolean;
  readonly document: Document | null;
  /** The changes of the document, file by file. */
  readonly files: readonly IFileDiff[];
  /** Why there is no answer, in the server's words. */
  readonly problem: string;
}

const BUSY: IPreview = { busy: true, document: null, files: [], problem: '' };

/** Requests what Connect would change. It does not touch the state of the connection. */
export class Previewer implements IDisposable {
  constructor(options: Previewer.IOptions) {
    this._api = options.api;
  }

  /** Null while it is closed. */
  get state(): IPreview | null {
    return this._state;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Emitted with each answer. */
  get answered(): ISignal<this, IPreview> {
    return this._answered;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  async open(): Promise<void> {
    this._running?.abort();
    const own = (this._running = new AbortController());
    this._set(BUSY);
    const answer = await this._request(own.signal);
    if (!own.signal.aborted) {
      this._set(answer);
      this._answered.emit(answer);
    }
  }

  close(): void {
    this._running?.abort();
    this._set(null);
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this._running?.abort();
      Signal.clearData(this);
    }
  }

  private async _request(signal: AbortSignal): Promise<IPreview> {
    try {
      const document = await this._api.act('preview', { signal });
      // Loaded with the first preview: nothing else needs it.
      const { readDiff } = await import('./diff');
      return { busy: false, document, files: readDiff(document.preview ?? ''), problem: '' };
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      return { busy: false, document: null, files: [], problem };
    }
  }

  private _set(state: IPreview | null): void {
    this._state = state;
    this._changed.emit();
  }

  private readonly _api: IApi;
  private readonly _changed = new Signal<this, void>(this);
  private readonly _answered = new Signal<this, IPreview>(this);
  private _state: IPreview | null = null;
  private _running: AbortController | null = null;
  private _isDisposed = false;
}

export namespace Previewer {
  export interface IOptions {
    readonly api: IApi;
  }
}
