import type { Kernel, ServiceManager } from '@jupyterlab/services';
import type { OpenNotebooks } from './open-notebooks';

/** A kernel in which pip can be tried. */
export interface KernelChoice {
  readonly key: string;
  readonly label: string;
  /** It runs already, for this notebook; else it is started for the test and shut down after it. */
  readonly running: boolean;
}

/** A kernel that was chosen, and how to give it back. */
export interface OpenedKernel {
  readonly kernel: Kernel.IKernelConnection;
  close(): Promise<void>;
}

type Manager = Pick<ServiceManager.IManager, 'kernels' | 'kernelspecs'>;

const pythonSpecs = (manager: Manager): readonly { name: string; title: string }[] => {
  const specs = manager.kernelspecs.specs;
  return Object.values(specs?.kernelspecs ?? {})
    .flatMap(spec =>
      spec?.language.toLowerCase() === 'python' ? [{ name: spec.name, title: spec.display_name }] : []
    )
    .sort((a, b) => Number(b.name === specs?.default) - Number(a.name === specs?.default));
};

/** Kernels of open notebooks first, then each Python kernel that could be started. */
export function kernelChoices(notebooks: OpenNotebooks, manager: Manager): readonly KernelChoice[] {
  const specs = pythonSpecs(manager);
  const running = notebooks.all.flatMap((notebook): KernelChoice[] => {
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

/** Null when the chosen kernel is not there any more. @throws what the server says when it cannot start one */
export async function openKernel(
  key: string,
  notebooks: OpenNotebooks,
  manager: Manager
): Promise<OpenedKernel | null> {
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
