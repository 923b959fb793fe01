import * as React from 'react';
import type { Repositories } from '../../protocol/listing';
import type { Settings } from '../../protocol/settings';
import type { Pins } from './pins';

/** What the forms are filled from, and how one setting is saved. */
export interface ISettingsContext {
  /** Null while they are loaded, or when they cannot be. */
  readonly settings: Readonly<Partial<Settings>> | null;
  readonly pins: Pins;
  /** The repositories that AWS lists; null before the answer. */
  readonly listing: Repositories | null;
  save(key: string, value: string): void;
}

const Context = React.createContext<ISettingsContext | null>(null);

export const SettingsProvider = Context.Provider;

/** @throws Error outside of a `SettingsProvider` */
export function useSettings(): ISettingsContext {
  const context = React.useContext(Context);
  if (!context) {
    throw new Error('A form of the settings was rendered outside of its provider.');
  }
  return context;
}
