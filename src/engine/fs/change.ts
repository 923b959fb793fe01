import type { Snapshot } from './snapshot';

/** What shall become of one file. */
export interface Change {
  /** As it was when the change was planned. */
  readonly snapshot: Snapshot;
  /** Null: remove it. */
  readonly to: { readonly bytes: Uint8Array; readonly mode: number } | null;
  /** Folders to remove with it, when nothing else is in them. */
  readonly folders: readonly string[];
}

/** Folders that were made for a change, outermost first. */
export type Made = ReadonlyMap<Change, readonly string[]>;

/** Files to replace or remove together. */
export interface Replacement {
  /** In the order in which they are renamed. */
  readonly changes: readonly Change[];
  /** Written before any of them, with the folders made for them; null: nothing has to be remembered. */
  readonly journal: { readonly snapshot: Snapshot; readonly bytes: (made: Made) => Uint8Array } | null;
  /** All that the changes were planned from, the files that stay as they are included: compared before the first rename. */
  readonly basis: readonly Snapshot[];
  /** Folders in which a killed process may have left temporary files. */
  readonly sweep: readonly string[];
  /** Whether the lock is still ours: asked last before the first rename. */
  readonly held: () => Promise<boolean>;
}
