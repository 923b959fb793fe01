import type { ISessionContext } from '@jupyterlab/apputils';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';

/** A notebook that is open in this page, as far as its kernel is concerned. */
export interface OpenNotebook {
  /** Its file's name. */
  readonly file: string;
  readonly sessionContext: ISessionContext;
}

/** Which notebooks are open. Keeping it costs nothing: no kernel is asked anything here. */
export class OpenNotebooks {
  get all(): readonly OpenNotebook[] {
    return [...this._open];
  }

  /** Emitted when one is opened or closed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Returns how to take it away again. */
  add(notebook: OpenNotebook): () => void {
    this._open.add(notebook);
    this._changed.emit();
    return () => {
      if (this._open.delete(notebook)) {
        this._changed.emit();
      }
    };
  }

  private readonly _open = new Set<OpenNotebook>();
  private readonly _changed = new Signal<this, void>(this);
}
