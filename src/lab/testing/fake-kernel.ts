import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel, KernelMessage } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';
import type { OpenNotebook } from '../kernel/open-notebooks';

type Request = KernelMessage.IExecuteRequestMsg['content'];

/** One question to a kernel, which a test answers by hand. */
export interface Asked {
  readonly content: Partial<Request>;
  print(text: string): void;
  /** Ends it: with what its expression came to, or with an error's name. */
  reply(value: string | { ename: string }): Promise<void>;
}

export interface FakeKernel {
  readonly connection: Kernel.IKernelConnection;
  readonly asked: Asked[];
  readonly interrupts: () => number;
  readonly shutdowns: () => number;
  status(status: Kernel.Status): void;
}

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn++) {
    await Promise.resolve();
  }
};

export function fakeKernel(id: string, language = 'python', status: Kernel.Status = 'idle'): FakeKernel {
  const asked: Asked[] = [];
  let interrupts = 0;
  let shutdowns = 0;
  const connection = {
    id,
    name: language === 'python' ? 'python3' : 'other',
    status,
    info: Promise.resolve({ language_info: { name: language } }),
    requestExecute: (content: Partial<Request>) => {
      let end: (reply: unknown) => void = () => undefined;
      const future = {
        onIOPub: (_: unknown): void => undefined,
        done: new Promise(resolve => (end = resolve)),
        dispose: () => undefined
      };
      asked.push({
        content,
        print: text => future.onIOPub({ header: { msg_type: 'stream' }, content: { name: 'stdout', text } }),
        reply: async value => {
          const ok = typeof value === 'string';
          const data = { status: 'ok', data: { 'text/plain': value } };
          end({
            content: ok
              ? { status: 'ok', user_expressions: { codeartifact: data } }
              : { status: 'error', ...value }
          });
          await turns();
        }
      });
      return future;
    },
    interrupt: () => Promise.resolve(void interrupts++),
    shutdown: () => Promise.resolve(void shutdowns++),
    dispose: () => undefined
  };
  return {
    connection: connection as unknown as Kernel.IKernelConnection,
    asked,
    interrupts: () => interrupts,
    shutdowns: () => shutdowns,
    status: next => (connection.status = next)
  };
}

export interface FakeNotebook extends OpenNotebook {
  /** The kernel's status changes, as the session context tells it. */
  status(status: Kernel.Status): Promise<void>;
  kernel(kernel: FakeKernel): Promise<void>;
}

export function fakeNotebook(file: string, first: FakeKernel): FakeNotebook {
  const context = {
    session: { kernel: first.connection },
    statusChanged: null as unknown as Signal<ISessionContext, Kernel.Status>,
    kernelChanged: null as unknown as Signal<ISessionContext, unknown>
  };
  const sender = context as unknown as ISessionContext;
  context.statusChanged = new Signal(sender);
  context.kernelChanged = new Signal(sender);
  let now = first;
  return {
    file,
    sessionContext: sender,
    status: async status => {
      now.status(status);
      context.statusChanged.emit(status);
      await turns();
    },
    kernel: async kernel => {
      now = kernel;
      context.session = { kernel: kernel.connection };
      context.kernelChanged.emit({});
      await turns();
    }
  };
}
