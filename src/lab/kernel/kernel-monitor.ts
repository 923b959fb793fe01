import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { IKernelShadow, IWantedIndex } from './kernel-code';
import type { OpenNotebooks } from './open-notebooks';
import type { ShadowWatch } from './shadow-watch';

/**
 * Loads and starts the watch on kernels with the first connection while a notebook is open. Before that nothing is
 * loaded and no message is sent to a kernel.
 */
export class KernelMonitor implements IDisposable {
  constructor(notebooks: OpenNotebooks) {
    this._notebooks = notebooks;
    notebooks.changed.connect(this._start, this);
  }

  get shadows(): readonly IKernelShadow[] {
    return this._watch?.shadows ?? [];
  }

  /** Emitted when `shadows` is different. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Sets what the connection needs of a kernel; null while there is no connection. */
  want(wanted: IWantedIndex | null): void {
    this._wanted = wanted;
    this._watch?.want(wanted);
    this._start();
  }

  /** Removes the variables from that kernel. */
  async unset(shadow: IKernelShadow): Promise<void> {
    await this._watch?.unset(shadow);
  }

  /** Reports nothing more about this kernel. */
  ignore(shadow: IKernelShadow): void {
    this._watch?.ignore(shadow);
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this._notebooks.changed.disconnect(this._start, this);
      this._watch?.dispose();
      Signal.clearData(this);
    }
  }

  private _start(): void {
    if (this._loading || !this._wanted || !this._notebooks.all.length) {
      return;
    }
    this._loading = true;
    this._notebooks.changed.disconnect(this._start, this);
    import('./shadow-watch').then(
      module => {
        if (!this._isDisposed) {
          this._watch = new module.ShadowWatch(this._notebooks);
          this._watch.changed.connect(() => this._changed.emit());
          this._watch.want(this._wanted);
        }
      },
      error => console.warn('CodeArtifact: kernels are not checked.', error)
    );
  }

  private readonly _notebooks: OpenNotebooks;
  private readonly _changed = new Signal<this, void>(this);
  private _wanted: IWantedIndex | null = null;
  private _loading = false;
  private _watch: ShadowWatch | null = null;
  private _isDisposed = false;
}
