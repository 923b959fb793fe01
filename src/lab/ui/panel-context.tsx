import * as React from 'react';
import type { Choice, Store } from '../connection/store';
import type { ActionId } from '../commands/action-labels';
import type { Trans } from './trans';
import type { PackageSearch } from '../packages/package-search';
import type { HistoryEntry } from '../connection/history';
import type { InstallState, InstallTest } from '../packages/install-test';
import type { Preview } from '../tools/preview';

/** What the panel can ask for; the widget hands it down, so that components know no service. */
export interface Actions {
  act(id: ActionId): void;
  /** Saves the choice in the settings, then connects. */
  choose(choice: Choice): void;
  /** Asks for the list of repositories, once. */
  list(): void;
  copy(text: string): void;
  /** Opens a file in JupyterLab; absent for what lies outside the server's root. */
  openFile(path: string, line?: number): void;
  canOpen(path: string): boolean;
  /** Sets one setting. */
  set(key: string, value: string): void;
  search(query: string): void;
  versions(name: string): void;
  /** Remembers that a section was opened or closed by hand. */
  expand(section: string, open: boolean): void;
  /** Shows what Connect would change, or closes that. */
  preview(open: boolean): void;
  readonly test: TestActions;
  /** The menu behind the three dots. */
  menu(anchor: HTMLElement): void;
}

/** What "Test installation" can be asked for. */
export type TestActions = Pick<InstallTest, 'open' | 'close' | 'start' | 'cancel'>;

export interface PanelContext {
  readonly trans: Trans;
  readonly store: Store;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly actions: Actions;
  /** Sections opened or closed by hand. */
  readonly sections: Readonly<Record<string, boolean>>;
  readonly packages: PackageSearch;
  readonly history: readonly HistoryEntry[];
  /** Null while it is closed, as the test. */
  readonly preview: Preview | null;
  readonly test: InstallState | null;
  /** A word for screen readers that passes, such as "Copied"; empty most of the time. */
  readonly said: string;
}

const Context = React.createContext<PanelContext | null>(null);

export const PanelProvider = Context.Provider;

/** What every part of the panel is drawn from. */
export function usePanel(): PanelContext {
  const context = React.useContext(Context);
  if (!context) {
    throw new Error('a part of the panel was drawn outside of it');
  }
  return context;
}
