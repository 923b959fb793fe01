import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { IInstallEnd, InstallEvent } from '../kernel/install-run';
import { answersNow } from '../kernel/answers-now';
import type { IKernelChoice, IOpenedKernel, KernelManagers } from '../kernel/kernel-choices';
import { kernelChoices, openKernel } from '../kernel/kernel-choices';
import type { OpenNotebooks } from '../kernel/open-notebooks';

/** What "Test installation" shows. */
export interface IInstallState {
  readonly choices: readonly IKernelChoice[];
  readonly run: {
    readonly requirement: string;
    readonly kernel: IKernelChoice;
    /** Milliseconds since the epoch. */
    readonly since: number;
    readonly lines: readonly string[];
    readonly phase: 'starting' | 'running' | 'cancelling' | 'over';
    readonly end: IInstallEnd | 'cancelled' | 'busy' | 'gone' | { readonly failed: string } | null;
  } | null;
}

export type InstallRun = NonNullable<IInstallState['run']>;

/** The lines of pip's output that are kept: a build log can be long, and its end says what happened. */
const LINES = 500;

/** A project's name: https://packaging.python.org/en/latest/specifications/name-normalization/#name-format */
const NAME = '[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?';

/** A version, by the characters that PEP 440 allows; whether it exists is for the index to say. */
const VERSION = '[A-Za-z0-9](?:[A-Za-z0-9.!+_-]*[A-Za-z0-9])?';

const REQUIREMENT = new RegExp(`^(${NAME})(?:\\s*==\\s*(${VERSION}))?$`);

/** No real name is longer: PyPI refuses file names over 255 characters. */
const LONGEST = 200;

/** A name, or a name and one version, as pip takes it; null for anything else (flags, URLs, paths, ranges). */
export function requirementOf(text: string): string | null {
  const match = text.length <= LONGEST ? REQUIREMENT.exec(text.trim()) : null;
  return match ? (match[2] ? `${match[1]}==${match[2]}` : match[1]) : null;
}

/** Runs the test, and keeps its state while the form is not shown: closing a section stops nothing. */
export class InstallTest implements IDisposable {
  constructor(options: InstallTest.IOptions) {
    this._options = options;
  }

  /** Null while it is closed. */
  get state(): IInstallState | null {
    return this._state;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Emitted when a test is over, with its result. */
  get ended(): ISignal<this, InstallRun> {
    return this._ended;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  open(): void {
    this._set({ choices: this._choices(), run: this._state?.run ?? null });
  }

  close(): void {
    this._stop?.();
    this._set(null);
  }

  cancel(): void {
    this._stop?.();
    this._update({ phase: 'cancelling' });
  }

  async start(kernel: IKernelChoice, requirement: string): Promise<void> {
    if (this._stop || !this._state) {
      return;
    }
    this._set({
      choices: this._choices(),
      run: { requirement, kernel, since: Date.now(), lines: [], phase: 'starting', end: null }
    });
    let cancelled = false;
    this._stop = () => (cancelled = true);
    let opened: IOpenedKernel | null = null;
    let end: InstallRun['end'];
    try {
      opened = await openKernel(kernel.key, this._options.notebooks, this._options.manager);
      end = cancelled ? 'cancelled' : await this._run(kernel, opened, requirement);
    } catch (error) {
      end = cancelled ? 'cancelled' : { failed: error instanceof Error ? error.message : String(error) };
    }
    this._stop = null;
    this._update({ phase: 'over', end });
    if (this._state?.run && !this._isDisposed) {
      this._ended.emit(this._state.run);
    }
    await opened?.close();
  }

  /** Stops a running test. */
  dispose(): void {
    if (!this._isDisposed) {
      this._stop?.();
      this._isDisposed = true;
      Signal.clearData(this);
    }
  }

  private _choices(): readonly IKernelChoice[] {
    return kernelChoices(this._options.notebooks, this._options.manager);
  }

  private async _run(
    kernel: IKernelChoice,
    opened: IOpenedKernel | null,
    requirement: string
  ): Promise<InstallRun['end']> {
    if (!opened) {
      return 'gone';
    }
    if (kernel.running && !answersNow(opened.kernel)) {
      // The test would wait behind the running cell, and cancelling it would interrupt that cell.
      return 'busy';
    }
    const { runInstall } = await import('../kernel/install-run');
    await opened.kernel.info;
    let end: InstallRun['end'] = null;
    const run = runInstall(opened.kernel, requirement, event => (end = this._onEvent(event) ?? end));
    this._stop = run.cancel;
    await run.done;
    return end;
  }

  /** Shows an event; returns the result when it is the last one. */
  private _onEvent(event: InstallEvent): InstallRun['end'] {
    switch (event[0]) {
      case 'began':
        this._update({ phase: this._state?.run?.phase === 'cancelling' ? 'cancelling' : 'running' });
        return null;
      case 'line':
        this._update({ lines: [...(this._state?.run?.lines ?? []), event[1]].slice(-LINES) });
        return null;
      case 'end':
        return event[1];
      case 'failed':
        return { failed: event[1] };
      case 'cancelled':
        return 'cancelled';
    }
  }

  private _set(state: IInstallState | null): void {
    this._state = state;
    if (!this._isDisposed) {
      this._changed.emit();
    }
  }

  private _update(change: Partial<InstallRun>): void {
    if (this._state?.run) {
      this._set({ ...this._state, run: { ...this._state.run, ...change } });
    }
  }

  private readonly _options: InstallTest.IOptions;
  private readonly _changed = new Signal<this, void>(this);
  private readonly _ended = new Signal<this, InstallRun>(this);
  private _state: IInstallState | null = null;
  private _stop: (() => void) | null = null;
  private _isDisposed = false;
}

export namespace InstallTest {
  export interface IOptions {
    readonly notebooks: OpenNotebooks;
    readonly manager: KernelManagers;
  }
}
