import type { Outcome } from '../core/failure';
import type { Snapshot } from './snapshot';

/** What shall become of one file. */
export interface Change {
  /** As it was when the change was thought out. */
  readonly snapshot: Snapshot;
  /** Null: remove it. */
  readonly to: { readonly bytes: Uint8Array; readonly mode: number } | null;
  /** Folders to remove with it, when nothing else is in them. */
  readonly folders: readonly string[];
}

/** Folders that were made for a change, outermost first. */
export type Made = ReadonlyMap<Change, readonly string[]>;

/** What must be on the disk before anything changes. */
export interface JournalWrite {
  /** As it was when the changes were thought out. */
  readonly snapshot: Snapshot;
  /** Null: it stays, and is looked at only. */
  readonly bytes: ((made: Made) => Uint8Array) | null;
  /** The last word before anything is written; `unchanged` says whether it still is as in the snapshot. */
  readonly mayGoOn: (unchanged: boolean) => Outcome<void>;
}
