import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { IKernelShadow, IWantedIndex } from './kernel-code';
import { answersNow } from './answers-now';
import { evaluate } from './evaluate';
import { shadowExpression, unsetExpression } from './kernel-code';
import type { IOpenNotebook, OpenNotebooks } from './open-notebooks';

const isPython = async (kernel: Kernel.IKernelConnection): Promise<boolean> =>
  (await kernel.info).language_info.name === 'python';

const kernelOf = (notebook: IOpenNotebook): Kernel.IKernelConnection | null =>
  notebook.sessionContext.session?.kernel ?? null;

/**
 * Asks the Python kernels of open notebooks whether something in their process overrides the connection. Each is asked
 * once when it starts and once for each connection, while it is idle or beside the cell that runs: a message behind a long
 * cell would come too late and delay the next cell.
 */
export class ShadowWatch implements IDisposable {
  constructor(notebooks: OpenNotebooks) {
    this._notebooks = notebooks;
    notebooks.changed.connect(this._onNotebooks, this);
    this._onNotebooks();
  }

  get shadows(): readonly IKernelShadow[] {
    return this._notebooks.all.flatMap((notebook): IKernelShadow[] => {
      const kernelId = kernelOf(notebook)?.id ?? '';
      const variables = this._found.get(kernelId) ?? [];
      return variables.length && !this._ignored.has(kernelId)
        ? [{ kernelId, file: notebook.file, variables }]
        : [];
    });
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
    if (JSON.stringify(wanted) === JSON.stringify(this._wanted)) {
      return;
    }
    this._wanted = wanted;
    this._asked.clear();
    this._found.clear();
    this._update();
    this._notebooks.all.forEach(notebook => void this._ask(notebook));
  }

  /** Removes the variables from that kernel, and asks it again. */
  async unset({ kernelId, variables }: IKernelShadow): Promise<void> {
    const notebook = this._notebooks.all.find(item => kernelOf(item)?.id === kernelId);
    const kernel = notebook && kernelOf(notebook);
    if (kernel) {
      await evaluate(kernel, unsetExpression(variables));
      this._forget(kernelId);
      this._update();
      await this._ask(notebook);
    }
  }

  /** Reports nothing more about this kernel. */
  ignore({ kernelId }: IKernelShadow): void {
    this._ignored.add(kernelId);
    this._update();
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this._notebooks.changed.disconnect(this._onNotebooks, this);
      [...this._followed.keys()].forEach(context => this._unfollow(context));
      Signal.clearData(this);
    }
  }

  private _update(): void {
    const now = JSON.stringify(this.shadows);
    if (now !== this._last) {
      this._last = now;
      this._changed.emit();
    }
  }

  private _forget(kernelId: string): void {
    this._asked.delete(kernelId);
    this._found.delete(kernelId);
  }

  private async _ask(notebook: IOpenNotebook): Promise<void> {
    const kernel = kernelOf(notebook);
    const key = JSON.stringify(this._wanted);
    if (!this._wanted || !kernel || !answersNow(kernel) || this._asked.get(kernel.id) === key) {
      return;
    }
    this._asked.set(kernel.id, key);
    const names = (await isPython(kernel).catch(() => false))
      ? await evaluate(kernel, shadowExpression(this._wanted))
      : '';
    if (!this._isDisposed && this._asked.get(kernel.id) === key) {
      this._found.set(kernel.id, names?.match(/[A-Z_]+/g) ?? []);
      this._update();
    }
  }

  private _onStatus(context: ISessionContext, status: Kernel.Status): void {
    if (status === 'restarting' || status === 'autorestarting' || status === 'starting') {
      this._forget(context.session?.kernel?.id ?? '');
      this._update();
    } else if (status === 'idle') {
      this._onKernel(context);
    }
  }

  private _onKernel(context: ISessionContext): void {
    const notebook = this._followed.get(context);
    if (notebook) {
      void this._ask(notebook);
    }
  }

  private _onNotebooks(): void {
    const open = new Set(this._notebooks.all.map(notebook => notebook.sessionContext));
    [...this._followed.keys()]
      .filter(context => !open.has(context))
      .forEach(context => this._unfollow(context));
    for (const notebook of this._notebooks.all) {
      const { sessionContext } = notebook;
      if (!this._followed.has(sessionContext)) {
        this._followed.set(sessionContext, notebook);
        sessionContext.statusChanged.connect(this._onStatus, this);
        sessionContext.kernelChanged.connect(this._onKernel, this);
        void this._ask(notebook);
      }
    }
    this._update();
  }

  private _unfollow(context: ISessionContext): void {
    context.statusChanged.disconnect(this._onStatus, this);
    context.kernelChanged.disconnect(this._onKernel, this);
    this._followed.delete(context);
  }

  private readonly _notebooks: OpenNotebooks;
  private readonly _changed = new Signal<this, void>(this);
  /** By kernel id: for which connection it was asked, and which variables it named. */
  private readonly _asked = new Map<string, string>();
  private readonly _found = new Map<string, readonly string[]>();
  private readonly _ignored = new Set<string>();
  private readonly _followed = new Map<ISessionContext, IOpenNotebook>();
  private _last = '[]';
  private _wanted: IWantedIndex | null = null;
  private _isDisposed = false;
}
