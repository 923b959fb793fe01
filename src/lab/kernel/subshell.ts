import type { Kernel } from '@jupyterlab/services';
import { KernelMessage } from '@jupyterlab/services';
import { stayCode } from './kernel-code';

/** An execution without output, history or counter. */
export const QUIETLY = {
  silent: true,
  store_history: false,
  allow_stdin: false,
  stop_on_error: false
} as const;

/**
 * Executes code in a subshell of its own, which is deleted when no cell runs any more.
 *
 * @returns settles then, or when the kernel is gone
 */
export async function executeBeside(
  kernel: Kernel.IKernelConnection,
  code: string,
  onText: (text: string) => void
): Promise<void> {
  const { content } = await kernel.requestCreateSubshell({}).done;
  // Absent in a reply that is an error.
  const subshellId = (content as Partial<typeof content>).subshell_id;
  if (!subshellId) {
    throw new Error('the kernel made no subshell');
  }
  // The documented way, by metadata, runs in the main shell (JupyterLab 4.6.6).
  const request = KernelMessage.createMessage<KernelMessage.IExecuteRequestMsg>({
    msgType: 'execute_request',
    channel: 'shell',
    username: kernel.username,
    session: kernel.clientId,
    subshellId,
    content: { ...QUIETLY, code: `${code}\n${stayCode()}`, user_expressions: {} }
  });
  const future = kernel.sendShellMessage<'execute_request'>(request, true);
  future.onIOPub = message => {
    if (KernelMessage.isStreamMsg(message)) {
      onText(message.content.text);
    }
  };
  try {
    await future.done;
  } finally {
    future.dispose();
    if (!kernel.isDisposed && kernel.status !== 'dead') {
      kernel.requestDeleteSubshell({ subshell_id: subshellId }).done.catch(() => undefined);
    }
  }
}
