import type { Kernel, ServiceManager } from '@jupyterlab/services';
import type { OpenNotebooks } from './open-notebooks';

/** A kernel in which pip can be tried. */
export interface IKernelChoice {
  readonly key: string;
  readonly label: string;
  /** Whether it is running, for a notebook; otherwise it is started for the test and shut down after it. */
  readonly running: boolean;
}

/** A kernel that was chosen; `close` shuts it down when it was started for the test. */
export interface IOpenedKernel {
  readonly kernel: Kernel.IKernelConnection;
  close(): Promise<void>;
}

export type KernelManagers = Pick<ServiceManager.IManager, 'kernels' | 'kernelspecs'>;

const pythonSpecs = (manager: KernelManagers): readonly { name: string; title: string }[] => {
  const specs = manager.kernelspecs.specs;
  return Object.values(specs?.kernelspecs ?? {})
    .flatMap(spec =>
      spec?.language.toLowerCase() === 'python' ? [{ name: spec.name, title: spec.display_name }] : []
    )
    .sort((a, b) => Number(b.name === specs?.default) - Number(a.name === specs?.default));
};

/** Kernels of open notebooks first, then each Python kernel that could be started. */
export function kernelChoices(notebooks: OpenNotebooks, manager: KernelManagers): readonly IKernelChoice[] {
  const specs = pythonSpecs(manager);
  const running = notebooks.all.flatMap((notebook): IKernelChoice[] => {
    const kernel = notebook.sessionContext.session?.kernel;
    const spec = specs.find(item => item.name === kernel?.name);
    return kernel && spec
      ? [{ key: `kernel ${kernel.id}`, label: `${notebook.file} (${spec.title})`, running: true }]
      : [];
  });
  return [
    ...running,
    ...specs.map(({ name, title }) => ({ key: `spec ${name}`, label: title, running: false }))
  ];
}

/** Null when the chosen kernel is no longer running. @throws what the server says when it cannot start one */
export async function openKernel(
  key: string,
  notebooks: OpenNotebooks,
  manager: KernelManagers
): Promise<IOpenedKernel | null> {
  const [, kind, name] = /^(\w+) (.*)$/.exec(key) ?? [];
  if (kind === 'spec') {
    const kernel = await manager.kernels.startNew({ name });
    return {
      kernel,
      close: async () => {
        await kernel.shutdown().catch(() => undefined);
        kernel.dispose();
      }
    };
  }
  const kernel = notebooks.all
    .map(notebook => notebook.sessionContext.session?.kernel)
    .find(item => item?.id === name);
  return kernel ? { kernel, close: () => Promise.resolve() } : null;
}
