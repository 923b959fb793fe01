import type { Packages } from '../../protocol/listing';
import type { Api } from '../api/client';

/** What the Packages section shows. */
export interface PackageSearch {
  readonly query: string;
  /** Null before the first answer. */
  readonly result: Packages | null;
  readonly busy: boolean;
  /** Versions of packages that were opened, latest first; null while they are asked for. */
  readonly opened: Readonly<Record<string, Packages['packages'][number]['versions'] | null>>;
}

export const NO_SEARCH: PackageSearch = { query: '', result: null, busy: false, opened: {} };

/** A pause in typing after which the server is asked: shorter asks on every letter, longer feels slow. */
const PAUSE_MS = 250;

export interface PackageSearcher {
  readonly state: PackageSearch;
  search(query: string): void;
  open(name: string): void;
  dispose(): void;
}

/** Searches what the repository holds; only the newest question is answered. */
export function createPackageSearcher(api: Api, changed: () => void): PackageSearcher {
  let state = NO_SEARCH;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | null = null;
  const set = (next: Partial<PackageSearch>): void => {
    state = { ...state, ...next };
    changed();
  };
  const ask = async (query: string): Promise<void> => {
    running?.abort();
    const own = (running = new AbortController());
    set({ busy: true });
    try {
      const result = await api.packages({ query }, own.signal);
      set({ result, busy: false });
    } catch {
      // Whatever is wrong with the path is told by the status; the list keeps what it showed.
      if (!own.signal.aborted) {
        set({ busy: false });
      }
    }
  };
  return {
    get state() {
      return state;
    },
    search: query => {
      clearTimeout(timer);
      set({ query });
      timer = setTimeout(() => void ask(query.trim()), state.result === null ? 0 : PAUSE_MS);
    },
    open: name => {
      if (name in state.opened) {
        const { [name]: closed, ...rest } = state.opened;
        void closed;
        set({ opened: rest });
        return;
      }
      set({ opened: { ...state.opened, [name]: null } });
      api.packages({ name }).then(
        answer => set({ opened: { ...state.opened, [name]: answer.packages[0]?.versions ?? [] } }),
        () => set({ opened: { ...state.opened, [name]: [] } })
      );
    },
    dispose: () => {
      clearTimeout(timer);
      running?.abort();
    }
  };
}
