import type { IStateDB } from '@jupyterlab/statedb';
import type { ReadonlyPartialJSONValue } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';

/** An event of the connection, in the words that were shown then. */
export interface IHistoryEntry {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly icon: 'ok' | 'off' | 'timeout' | 'denied' | 'error';
  readonly title: string;
  readonly detail: string;
}

const KEY = 'jupyterlab-codeartifact:history';

/** Seven days, as the section says, and at most 100 entries, so that a flapping network cannot fill the state database. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;
const KEPT = 100;

const isEntry = (value: unknown): value is IHistoryEntry =>
  typeof value === 'object' && value !== null && typeof (value as IHistoryEntry).at === 'number';

/** The events of the last seven days, newest first, kept in JupyterLab's state database when there is one. */
export class History implements IDisposable {
  constructor(options: History.IOptions) {
    this._state = options.state;
    void this._state?.fetch(KEY).then(
      saved => {
        if (Array.isArray(saved) && !this._isDisposed) {
          this._entries = [...this._entries, ...(saved as unknown[]).filter(isEntry)];
          this._changed.emit();
        }
      },
      () => undefined
    );
  }

  get entries(): readonly IHistoryEntry[] {
    return this._entries;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  add(entry: IHistoryEntry): void {
    this._entries = [entry, ...this._entries].filter(item => item.at > entry.at - KEPT_MS).slice(0, KEPT);
    this._changed.emit();
    void this._state?.save(KEY, this._entries as unknown as ReadonlyPartialJSONValue).catch(() => undefined);
  }

  dispose(): void {
    this._isDisposed = true;
    Signal.clearData(this);
  }

  private readonly _state: IStateDB | null;
  private readonly _changed = new Signal<this, void>(this);
  private _entries: readonly IHistoryEntry[] = [];
  private _isDisposed = false;
}

export namespace History {
  export interface IOptions {
    readonly state: IStateDB | null;
  }
}
