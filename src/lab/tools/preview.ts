import type { Document } from '../../protocol/document';
import type { Api } from '../api/client';

/** What the preview shows. */
export interface Preview {
  readonly busy: boolean;
  readonly document: Document | null;
  /** Why there is no answer, in the server's words. */
  readonly problem: string;
}

export interface Previewer {
  /** Null while it is closed. */
  readonly state: Preview | null;
  open(): Promise<void>;
  close(): void;
}

/** Asks what Connect would change. It never touches what the panel shows of the connection. */
export function createPreviewer(
  api: Api,
  changed: () => void,
  answered: (preview: Preview) => void
): Previewer {
  let state: Preview | null = null;
  let running: AbortController | null = null;
  const set = (next: Preview | null): void => {
    state = next;
    changed();
  };
  return {
    get state() {
      return state;
    },
    open: async () => {
      running?.abort();
      const own = (running = new AbortController());
      set({ busy: true, document: null, problem: '' });
      let next: Preview;
      try {
        next = { busy: false, document: await api.act('preview', own.signal), problem: '' };
      } catch (error) {
        next = {
          busy: false,
          document: null,
          problem: error instanceof Error ? error.message : String(error)
        };
      }
      if (!own.signal.aborted) {
        set(next);
        answered(next);
      }
    },
    close: () => {
      running?.abort();
      set(null);
    }
  };
}
