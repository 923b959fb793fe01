import type { Kernel } from '@jupyterlab/services';
import { UUID } from '@lumino/coreutils';
import { hasSubshells } from './answers-now';
import { cancelCode, downloadCode } from './kernel-code';
import { pairsOf } from './lines';
import { executeBeside, QUIETLY } from './subshell';

/** The result of pip's download. */
export interface IInstallEnd {
  readonly ok: boolean;
  readonly name: string;
  readonly version: string;
  /** The index (or folder) it came from, without credentials. */
  readonly source: string;
  /** pip's last line of error, in its own words. */
  readonly error: string;
  readonly pip: string;
  readonly python: string;
  readonly seconds: number;
}

export type InstallEvent =
  | readonly ['began', true]
  | readonly ['line', string]
  | readonly ['end', IInstallEnd]
  | readonly ['cancelled', true]
  /** The test itself could not be run; why, as the kernel said it. */
  | readonly ['failed', string];

const KINDS = ['began', 'line', 'end', 'cancelled', 'failed'];

export interface IInstallRun {
  /** Resolves when the kernel has cleaned up, or is gone. */
  readonly done: Promise<void>;
  cancel(): void;
}

/** What the code prints, and how it is ended. */
interface IWay {
  run(code: string, onText: (text: string) => void): Promise<void>;
  /** Of code that has begun. */
  cancel(key: string): void;
}

/** In a subshell: a cell may run meanwhile, and Cancel ends pip alone. */
const besideCells = (kernel: Kernel.IKernelConnection): IWay => ({
  run: (code, onText) => executeBeside(kernel, code, onText),
  cancel: key => void executeBeside(kernel, cancelCode(key), () => undefined).catch(() => undefined)
});

/** In place of a cell, in a kernel that is idle. */
const asCell = (kernel: Kernel.IKernelConnection): IWay => ({
  run: async (code, onText) => {
    const future = kernel.requestExecute({ ...QUIETLY, code });
    future.onIOPub = message => {
      if (message.header.msg_type === 'stream') {
        onText((message.content as { text: string }).text);
      }
    };
    const { content } = await future.done;
    future.dispose();
    if (content.status === 'error') {
      throw new Error(String(content.ename));
    }
  },
  cancel: () => void kernel.interrupt().catch(() => undefined)
});

/** Runs the test without output, history or counter. */
export function runInstall(
  kernel: Kernel.IKernelConnection,
  requirement: string,
  onEvent: (event: InstallEvent) => void
): IInstallRun {
  const key = UUID.uuid4();
  const way = hasSubshells(kernel) ? besideCells(kernel) : asCell(kernel);
  let began = false;
  let cancelled = false;
  let over = false;
  let finish: () => void;
  const done = new Promise<void>(resolve => (finish = resolve));
  const emit = (event: InstallEvent): void => {
    if (over) {
      return;
    }
    began = true;
    over = event[0] !== 'began' && event[0] !== 'line';
    onEvent(event);
    if (over) {
      finish();
    } else if (event[0] === 'began' && cancelled) {
      way.cancel(key);
    }
  };
  const take = pairsOf(
    (name, value) => KINDS.includes(name) && emit([name, value] as unknown as InstallEvent)
  );
  way.run(downloadCode(requirement, key), take).then(
    () => emit(cancelled ? ['cancelled', true] : ['failed', '']),
    error => emit(cancelled ? ['cancelled', true] : ['failed', error instanceof Error ? error.message : ''])
  );
  return {
    done,
    cancel: () => {
      cancelled = true;
      // Before it has begun, the kernel may be running something of the user's, which must not be interrupted.
      if (began && !over) {
        way.cancel(key);
      }
    }
  };
}
