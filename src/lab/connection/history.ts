import type { IStateDB } from '@jupyterlab/statedb';
import type { ReadonlyPartialJSONValue } from '@lumino/coreutils';

/** One thing that happened to the connection, in the words it was told with. */
export interface HistoryEntry {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly icon: 'ok' | 'off' | 'timeout' | 'denied' | 'error';
  readonly title: string;
  readonly detail: string;
}

const KEY = 'jupyterlab-codeartifact:history';

/** Seven days, as the section says; and a count, so that a flapping network cannot fill the state database. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;
const KEPT = 100;

const isEntry = (value: unknown): value is HistoryEntry =>
  typeof value === 'object' && value !== null && typeof (value as HistoryEntry).at === 'number';

export const withEntry = (entries: readonly HistoryEntry[], entry: HistoryEntry): readonly HistoryEntry[] =>
  [entry, ...entries].filter(item => item.at > entry.at - KEPT_MS).slice(0, KEPT);

export interface History {
  readonly entries: readonly HistoryEntry[];
  add(entry: HistoryEntry): void;
}

/** The last seven days, kept in JupyterLab's state database where there is one. */
export function createHistory(state: IStateDB | null, changed: () => void): History {
  let entries: readonly HistoryEntry[] = [];
  void state?.fetch(KEY).then(
    saved => {
      if (Array.isArray(saved)) {
        entries = [...entries, ...(saved as unknown[]).filter(isEntry)];
        changed();
      }
    },
    () => undefined
  );
  return {
    get entries() {
      return entries;
    },
    add: entry => {
      entries = withEntry(entries, entry);
      changed();
      void state?.save(KEY, entries as unknown as ReadonlyPartialJSONValue).catch(() => undefined);
    }
  };
}
