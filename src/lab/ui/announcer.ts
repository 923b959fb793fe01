import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';

/** How long a message stays in the live region: long enough to be read, short enough to be announced again. */
const MESSAGE_MS = 2000;

/** Short messages for screen readers, such as "Copied". The panel shows them in its live region. */
export class Announcer implements IDisposable {
  /** The present message; empty most of the time. */
  get message(): string {
    return this._message;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  announce(message: string): void {
    clearTimeout(this._timer);
    this._set(message);
    this._timer = setTimeout(() => this._set(''), MESSAGE_MS);
  }

  dispose(): void {
    this._isDisposed = true;
    clearTimeout(this._timer);
    Signal.clearData(this);
  }

  private _set(message: string): void {
    this._message = message;
    this._changed.emit();
  }

  private _message = '';
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _isDisposed = false;
  private readonly _changed = new Signal<this, void>(this);
}
