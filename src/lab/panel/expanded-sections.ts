import type { IStateDB } from '@jupyterlab/statedb';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';

const KEY = 'jupyterlab-codeartifact:sections';

/** The sections that the user opened or closed, which the state database remembers. */
export class ExpandedSections implements IDisposable {
  constructor(options: ExpandedSections.IOptions) {
    this._state = options.state;
    void this._state?.fetch(KEY).then(
      saved => {
        if (typeof saved === 'object' && saved !== null && !this._isDisposed) {
          this._expanded = { ...(saved as Record<string, boolean>), ...this._expanded };
          this._changed.emit();
        }
      },
      () => undefined
    );
  }

  /** By the section's id; a section without an entry opens and closes with the situation. */
  get expanded(): Readonly<Record<string, boolean>> {
    return this._expanded;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  set(section: string, expanded: boolean): void {
    this._expanded = { ...this._expanded, [section]: expanded };
    this._changed.emit();
    void this._state?.save(KEY, this._expanded).catch(() => undefined);
  }

  dispose(): void {
    this._isDisposed = true;
    Signal.clearData(this);
  }

  private readonly _state: IStateDB | null;
  private readonly _changed = new Signal<this, void>(this);
  private _expanded: Readonly<Record<string, boolean>> = {};
  private _isDisposed = false;
}

export namespace ExpandedSections {
  export interface IOptions {
    readonly state: IStateDB | null;
  }
}
