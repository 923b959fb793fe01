import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel } from '@jupyterlab/services';
import type { CodeArtifactModel } from '../connection/model';
import type { KernelShadow } from '../connection/store';
import type { OpenNotebook, OpenNotebooks } from './open-notebooks';
import type { Wanted } from './shadow-code';
import { evaluate, shadowExpression, unsetExpression } from './shadow-code';

/** Watches the kernels of open notebooks while there is a connection that they should use. */
export interface ShadowWatch {
  unset(shadow: KernelShadow): Promise<void>;
  /** Says no more about this kernel. */
  ignore(shadow: KernelShadow): void;
  dispose(): void;
}

/** What the connection wants of a kernel; null while there is none. */
export function wantedBy(model: CodeArtifactModel): Wanted | null {
  const { document, settings } = model.store;
  const { connection, files } = document ?? {};
  return connection?.indexUrl && ['connected', 'refreshing'].includes(connection.state)
    ? {
        index: connection.indexUrl,
        mode: settings?.indexMode ?? 'index-url',
        netrc: files?.find(file => file.tool === 'netrc')?.path ?? ''
      }
    : null;
}

const isPython = async (kernel: Kernel.IKernelConnection): Promise<boolean> =>
  (await kernel.info).language_info.name === 'python';

/**
 * Each running Python kernel is asked once when it starts and once for each connection, and only while it is
 * idle: a question behind a long cell would come too late and hold up the next one.
 */
export function watchShadows(notebooks: OpenNotebooks, model: CodeArtifactModel): ShadowWatch {
  /** For which connection a kernel was asked, and what it said. */
  const asked = new Map<string, string>();
  const found = new Map<string, readonly string[]>();
  const ignored = new Set<string>();
  const heard = new Map<ISessionContext, OpenNotebook>();
  let told = '[]';
  let wanted: Wanted | null = null;

  const kernelOf = (notebook: OpenNotebook): Kernel.IKernelConnection | null =>
    notebook.sessionContext.session?.kernel ?? null;

  function tell(): void {
    const shadows = notebooks.all.flatMap((notebook): KernelShadow[] => {
      const kernelId = kernelOf(notebook)?.id ?? '';
      const variables = found.get(kernelId) ?? [];
      return variables.length && !ignored.has(kernelId) ? [{ kernelId, file: notebook.file, variables }] : [];
    });
    const now = JSON.stringify(shadows);
    if (now !== told) {
      told = now;
      model.shadowed(shadows);
    }
  }

  function forget(kernelId: string): void {
    asked.delete(kernelId);
    found.delete(kernelId);
  }

  async function look(notebook: OpenNotebook): Promise<void> {
    const kernel = kernelOf(notebook);
    const key = JSON.stringify(wanted);
    if (!wanted || !kernel || kernel.status !== 'idle' || asked.get(kernel.id) === key) {
      return;
    }
    asked.set(kernel.id, key);
    const names = (await isPython(kernel).catch(() => false))
      ? await evaluate(kernel, shadowExpression(wanted))
      : '';
    if (asked.get(kernel.id) === key) {
      found.set(kernel.id, names?.match(/[A-Z_]+/g) ?? []);
      tell();
    }
  }

  function onStatus(context: ISessionContext, status: Kernel.Status): void {
    const kernelId = context.session?.kernel?.id ?? '';
    if (status === 'restarting' || status === 'autorestarting' || status === 'starting') {
      forget(kernelId);
      tell();
    } else if (status === 'idle') {
      lookAgain(context);
    }
  }

  const lookAgain = (context: ISessionContext): void => {
    const notebook = heard.get(context);
    if (notebook) {
      void look(notebook);
    }
  };

  function onNotebooks(): void {
    const open = new Set(notebooks.all.map(notebook => notebook.sessionContext));
    for (const context of heard.keys()) {
      if (!open.has(context)) {
        context.statusChanged.disconnect(onStatus);
        context.kernelChanged.disconnect(lookAgain);
        heard.delete(context);
      }
    }
    for (const notebook of notebooks.all) {
      const { sessionContext } = notebook;
      if (!heard.has(sessionContext)) {
        heard.set(sessionContext, notebook);
        sessionContext.statusChanged.connect(onStatus);
        sessionContext.kernelChanged.connect(lookAgain);
        void look(notebook);
      }
    }
    tell();
  }

  function onModel(): void {
    const next = wantedBy(model);
    if (JSON.stringify(next) === JSON.stringify(wanted)) {
      return;
    }
    wanted = next;
    asked.clear();
    found.clear();
    tell();
    notebooks.all.forEach(notebook => void look(notebook));
  }

  notebooks.changed.connect(onNotebooks);
  model.stateChanged.connect(onModel);
  onModel();
  onNotebooks();
  return {
    unset: async ({ kernelId, variables }) => {
      const notebook = notebooks.all.find(item => kernelOf(item)?.id === kernelId);
      const kernel = notebook && kernelOf(notebook);
      if (kernel) {
        await evaluate(kernel, unsetExpression(variables));
        forget(kernelId);
        tell();
        await look(notebook);
      }
    },
    ignore: ({ kernelId }) => {
      ignored.add(kernelId);
      tell();
    },
    dispose: () => {
      notebooks.changed.disconnect(onNotebooks);
      model.stateChanged.disconnect(onModel);
      for (const context of heard.keys()) {
        context.statusChanged.disconnect(onStatus);
        context.kernelChanged.disconnect(lookAgain);
      }
    }
  };
}
