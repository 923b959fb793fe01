import type { InstallEnd } from '../kernel/install-run';
import type { KernelChoice, OpenedKernel } from '../kernel/kernel-choices';

/** What "Test installation" shows. */
export interface InstallState {
  readonly choices: readonly KernelChoice[];
  readonly run: {
    readonly requirement: string;
    readonly kernel: KernelChoice;
    /** Milliseconds since the epoch. */
    readonly since: number;
    readonly lines: readonly string[];
    readonly phase: 'starting' | 'running' | 'cancelling' | 'over';
    readonly end: InstallEnd | 'cancelled' | 'busy' | 'gone' | { readonly failed: string } | null;
  } | null;
}

type Run = NonNullable<InstallState['run']>;

export interface InstallTest {
  /** Null while it is closed. */
  readonly state: InstallState | null;
  open(): void;
  close(): void;
  start(kernel: KernelChoice, requirement: string): Promise<void>;
  cancel(): void;
}

export interface Kernels {
  choices(): readonly KernelChoice[];
  open(key: string): Promise<OpenedKernel | null>;
}

/** What stays of pip's output: a build log can be long, and its end tells what happened. */
const LINES = 500;

/** The test's state outlives its form: a section that folds stops nothing. */
export function createInstallTest(
  kernels: Kernels,
  changed: () => void,
  ended: (state: InstallState) => void
): InstallTest {
  let state: InstallState | null = null;
  let stop: (() => void) | null = null;
  const set = (next: InstallState | null): void => {
    state = next;
    changed();
  };
  const update = (change: Partial<Run>): void => {
    if (state?.run) {
      set({ ...state, run: { ...state.run, ...change } });
    }
  };
  const finish = (end: Run['end']): void => {
    stop = null;
    if (state?.run) {
      update({ phase: 'over', end });
      ended(state);
    }
  };
  return {
    get state() {
      return state;
    },
    open: () => set({ choices: kernels.choices(), run: state?.run ?? null }),
    close: () => {
      stop?.();
      set(null);
    },
    cancel: () => {
      stop?.();
      update({ phase: 'cancelling' });
    },
    start: async (kernel, requirement) => {
      if (stop || !state) {
        return;
      }
      let cancelled = false;
      let opened: OpenedKernel | null = null;
      stop = () => (cancelled = true);
      set({
        choices: kernels.choices(),
        run: { requirement, kernel, since: Date.now(), lines: [], phase: 'starting', end: null }
      });
      let end: Run['end'] = null;
      try {
        const { runInstall } = await import('../kernel/install-run');
        opened = await kernels.open(kernel.key);
        if (cancelled) {
          end = 'cancelled';
        } else if (!opened) {
          end = 'gone';
        } else if (kernel.running && opened.kernel.status !== 'idle') {
          // The test would wait behind the cell, and its Cancel would stop the cell.
          end = 'busy';
        } else {
          const run = runInstall(opened.kernel, requirement, news => {
            if (news[0] === 'line') {
              update({ lines: [...(state?.run?.lines ?? []), news[1]].slice(-LINES) });
            } else if (news[0] === 'began') {
              update({ phase: state?.run?.phase === 'cancelling' ? 'cancelling' : 'running' });
            } else {
              end = news[0] === 'end' ? news[1] : news[0] === 'failed' ? { failed: news[1] } : 'cancelled';
            }
          });
          stop = run.cancel;
          await run.done;
        }
      } catch (error) {
        end = cancelled ? 'cancelled' : { failed: error instanceof Error ? error.message : String(error) };
      }
      finish(end);
      await opened?.close();
    }
  };
}
