import type { Kernel } from '@jupyterlab/services';

/** Whether something of ours can run beside a cell: JEP 91, ipykernel 7 and newer; not known before JupyterLab 4.4. */
export const hasSubshells = (kernel: Kernel.IKernelConnection): boolean =>
  Boolean((kernel as Partial<Kernel.IKernelConnection>).supportsSubshells);

/** Whether a kernel answers now: it is idle, or it can answer beside the cell that runs. */
export const answersNow = (kernel: Kernel.IKernelConnection): boolean =>
  kernel.status === 'idle' || (kernel.status === 'busy' && hasSubshells(kernel));
