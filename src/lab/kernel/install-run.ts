import type { Kernel } from '@jupyterlab/services';
import { downloadCode } from './kernel-code';

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

/** Parses a line of download.py; null for what other code in the kernel prints meanwhile. */
function eventOf(line: string): InstallEvent | null {
  try {
    const value: unknown = JSON.parse(line);
    return Array.isArray(value) && value.length === 2 && KINDS.includes(String(value[0]))
      ? (value as unknown as InstallEvent)
      : null;
  } catch {
    return null;
  }
}

export interface IInstallRun {
  /** Resolves when the kernel has cleaned up, or is gone. */
  readonly done: Promise<void>;
  cancel(): void;
}

/** Runs the test in an idle kernel, without output, history or counter. */
export function runInstall(
  kernel: Kernel.IKernelConnection,
  requirement: string,
  onEvent: (event: InstallEvent) => void
): IInstallRun {
  let rest = '';
  let began = false;
  let cancelled = false;
  let over = false;
  const future = kernel.requestExecute({
    code: downloadCode(requirement),
    silent: true,
    store_history: false,
    allow_stdin: false,
    stop_on_error: false
  });
  const emit = (item: InstallEvent): void => {
    began = true;
    over ||= item[0] !== 'began' && item[0] !== 'line';
    onEvent(item);
    if (item[0] === 'began' && cancelled) {
      interrupt();
    }
  };
  const interrupt = (): void => void kernel.interrupt().catch(() => undefined);
  future.onIOPub = message => {
    if (message.header.msg_type === 'stream') {
      const lines = (rest + (message.content as { text: string }).text).split('\n');
      rest = lines.pop() ?? '';
      lines.map(eventOf).forEach(item => item && emit(item));
    }
  };
  const done = future.done.then(
    ({ content }) => {
      if (!over) {
        emit(
          cancelled
            ? ['cancelled', true]
            : ['failed', content.status === 'error' ? String(content.ename) : '']
        );
      }
    },
    () => over || emit(cancelled ? ['cancelled', true] : ['failed', ''])
  );
  return {
    done: done.then(() => future.dispose()),
    cancel: () => {
      cancelled = true;
      // Before it has begun, the kernel may be running something of the user's, which must not be interrupted.
      if (began && !over) {
        interrupt();
      }
    }
  };
}
