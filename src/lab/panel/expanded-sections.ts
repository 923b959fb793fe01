import type { IStateDB } from '@jupyterlab/statedb';

const KEY = 'jupyterlab-codeartifact:sections';

type Open = Readonly<Record<string, boolean>>;

/** Sections that the user opened or closed by hand: remembered, and stronger than what a state would open. */
export interface ExpandedSections {
  readonly open: Open;
  set(section: string, open: boolean): void;
}

export function createExpandedSections(state: IStateDB | null, changed: () => void): ExpandedSections {
  let open: Open = {};
  void state?.fetch(KEY).then(
    saved => {
      if (typeof saved === 'object' && saved !== null) {
        open = { ...(saved as Open), ...open };
        changed();
      }
    },
    () => undefined
  );
  return {
    get open() {
      return open;
    },
    set: (section, value) => {
      open = { ...open, [section]: value };
      changed();
      void state?.save(KEY, open).catch(() => undefined);
    }
  };
}
