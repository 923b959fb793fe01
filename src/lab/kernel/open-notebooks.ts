import type { ISessionContext } from '@jupyterlab/apputils';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';

/** A notebook that is open in this page, as far as its kernel is concerned. */
export interface IOpenNotebook {
  /** Its file's name. */
  readonly file: string;
  readonly sessionContext: ISessionContext;
}

/** Which notebooks are open. It sends no message to a kernel. */
export class OpenNotebooks implements IDisposable {
  get all(): readonly IOpenNotebook[] {
    return [...this._open];
  }

  /** Emitted when one is opened or closed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Returns a function that removes it again. */
  add(notebook: IOpenNotebook): () => void {
    this._open.add(notebook);
    this._changed.emit();
    return () => {
      if (this._open.delete(notebook)) {
        this._changed.emit();
      }
    };
  }

  /** Removes all, and all who listen. */
  dispose(): void {
    this._isDisposed = true;
    this._open.clear();
    Signal.clearData(this);
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  private _isDisposed = false;
  private readonly _open = new Set<IOpenNotebook>();
  private readonly _changed = new Signal<this, void>(this);
}
