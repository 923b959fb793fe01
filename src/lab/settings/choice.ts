import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';

/** Whether the ways to choose another repository are shown. */
export class Choice implements IDisposable {
  get isOpen(): boolean {
    return this._isOpen;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  open(): void {
    this._set(true);
  }

  close(): void {
    this._set(false);
  }

  dispose(): void {
    this._isDisposed = true;
    Signal.clearData(this);
  }

  private _set(isOpen: boolean): void {
    if (isOpen !== this._isOpen) {
      this._isOpen = isOpen;
      this._changed.emit();
    }
  }

  private _isOpen = false;
  private _isDisposed = false;
  private readonly _changed = new Signal<this, void>(this);
}
