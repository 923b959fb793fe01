import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import * as React from 'react';
import type { Trans } from './trans';

/** What every component may use: the language, the time, and the ways to act. It knows no feature. */
export interface IUIContext {
  readonly trans: Trans;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Executes a command of JupyterLab's registry. */
  execute(command: string, args?: ReadonlyPartialJSONObject): void;
  copy(text: string): void;
  /** Sections that the user opened or closed, by the section's id. */
  readonly expanded: Readonly<Record<string, boolean>>;
  expand(section: string, open: boolean): void;
}

const Context = React.createContext<IUIContext | null>(null);

export const UIProvider = Context.Provider;

/** @throws Error outside of a `UIProvider` */
export function useUI(): IUIContext {
  const context = React.useContext(Context);
  if (!context) {
    throw new Error('A component of the panel was rendered outside of its provider.');
  }
  return context;
}
