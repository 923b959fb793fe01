import type { Kernel } from '@jupyterlab/services';
import { sayCode } from './kernel-code';
import { pairsOf } from './lines';
import { hasSubshells } from './answers-now';
import { executeBeside, QUIETLY } from './subshell';

/**
 * Asks a kernel for the text that an expression is: beside a cell that runs, where the kernel can do that. It has no
 * output, and nothing of it is in the history.
 *
 * @returns null when the kernel could not answer
 */
export const evaluate = (kernel: Kernel.IKernelConnection, expression: string): Promise<string | null> =>
  kernel.status === 'busy' && hasSubshells(kernel) ? beside(kernel, expression) : atRest(kernel, expression);

const beside = (kernel: Kernel.IKernelConnection, expression: string): Promise<string | null> =>
  new Promise(resolve => {
    const take = pairsOf((name, value) => name === 'value' && resolve(String(value ?? '')));
    const none = (): void => resolve(null);
    executeBeside(kernel, sayCode(expression), take).then(none, none);
  });

async function atRest(kernel: Kernel.IKernelConnection, expression: string): Promise<string | null> {
  const future = kernel.requestExecute({
    ...QUIETLY,
    code: '',
    user_expressions: { codeartifact: expression }
  });
  try {
    const { content } = await future.done;
    const answer = content.status === 'ok' ? content.user_expressions.codeartifact : undefined;
    const { status, data } = (answer ?? {}) as { status?: string; data?: Record<string, unknown> };
    return status === 'ok' ? String(data?.['text/plain'] ?? '') : null;
  } catch {
    // The kernel was shut down meanwhile.
    return null;
  } finally {
    future.dispose();
  }
}
