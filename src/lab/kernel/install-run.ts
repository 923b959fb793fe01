import type { Kernel } from '@jupyterlab/services';
import { installCode } from './install-code';

/** What pip's download came to. */
export interface InstallEnd {
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

export type InstallNews =
  | readonly ['began', true]
  | readonly ['line', string]
  | readonly ['end', InstallEnd]
  | readonly ['cancelled', true]
  /** The test itself could not be done; why, in the kernel's words. */
  | readonly ['failed', string];

const KINDS = ['began', 'line', 'end', 'cancelled', 'failed'];

/** A line of ours; null for what something else in the kernel prints meanwhile. */
function newsOf(line: string): InstallNews | null {
  try {
    const value: unknown = JSON.parse(line);
    return Array.isArray(value) && value.length === 2 && KINDS.includes(String(value[0]))
      ? (value as unknown as InstallNews)
      : null;
  } catch {
    return null;
  }
}

export interface InstallRun {
  /** Resolves when the kernel has cleaned up, or is gone. */
  readonly done: Promise<void>;
  cancel(): void;
}

/** Runs the test in an idle kernel, without output, history or counter there. */
export function runInstall(
  kernel: Kernel.IKernelConnection,
  requirement: string,
  news: (news: InstallNews) => void
): InstallRun {
  let rest = '';
  let began = false;
  let cancelled = false;
  let over = false;
  const future = kernel.requestExecute({
    code: installCode(requirement),
    silent: true,
    store_history: false,
    allow_stdin: false,
    stop_on_error: false
  });
  const tell = (item: InstallNews): void => {
    began = true;
    over ||= item[0] !== 'began' && item[0] !== 'line';
    news(item);
    if (item[0] === 'began' && cancelled) {
      interrupt();
    }
  };
  const interrupt = (): void => void kernel.interrupt().catch(() => undefined);
  future.onIOPub = message => {
    if (message.header.msg_type === 'stream') {
      const lines = (rest + (message.content as { text: string }).text).split('\n');
      rest = lines.pop() ?? '';
      lines.map(newsOf).forEach(item => item && tell(item));
    }
  };
  const done = future.done.then(
    ({ content }) => {
      if (!over) {
        tell(
          cancelled
            ? ['cancelled', true]
            : ['failed', content.status === 'error' ? String(content.ename) : '']
        );
      }
    },
    () => over || tell(cancelled ? ['cancelled', true] : ['failed', ''])
  );
  return {
    done: done.then(() => future.dispose()),
    cancel: () => {
      cancelled = true;
      // Before it begins, something else may be running there, which is not ours to stop.
      if (began && !over) {
        interrupt();
      }
    }
  };
}
