import { createHash } from 'node:crypto';
import { ownFolder } from '../fs/disk';
import type { File } from '../../protocol/file';
import { jsonIn } from '../fs/json-file';
import type { Snapshot } from '../fs/snapshot';
import { done, type Outcome } from '../core/failure';
import type { Edit } from './text/edit';
import type { Replaced } from './text/ownership';
import type { ToolsDeps } from './tools-deps';

/** What was in one file before us, as edits: no copy of the file, and never a token of ours. */
export interface JournalEntry {
  readonly tool: File['tool'];
  readonly scope: File['scope'];
  readonly path: string;
  /** Whether it was there at all. */
  readonly existed: boolean;
  /** SHA-256 of what was there; null when nothing was. */
  readonly before: string | null;
  /** Permission bits it had, and those we gave it. */
  readonly mode: number | null;
  readonly ourMode: number;
  /** Folders we made for it, outermost first. */
  readonly folders: readonly string[];
  /** Somebody else has edited it while it held our lines. */
  readonly edited: boolean;
  /** Contents we wrote, newest first, and how to get from each to what was there. */
  readonly versions: readonly { readonly sha256: string; readonly undo: readonly Edit[] }[];
  /** For a file edited since: how to know our lines, and what stood in their place. */
  readonly indexUrl: string;
  readonly replaced: Replaced;
}

/** Everything remembered; empty while nothing of ours is in any file. */
export interface Journal {
  readonly version: 1;
  /** Grows with every write: who sees another number than the one read must not write. */
  readonly generation: number;
  /** SHA-256 of the tokens we wrote, newest first: to know ours from others. */
  readonly tokens: readonly string[];
  readonly files: readonly JournalEntry[];
}

// A kill between two renames leaves files of the last write and of the one before it.
export const KEPT_VERSIONS = 2;

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

const EMPTY: Journal = { version: 1, generation: 0, tokens: [], files: [] };

export const journalPath = (deps: ToolsDeps): string => `${ownFolder(deps.dataDir)}/before.json`;

/** What is remembered. A damaged memory (nothing of ours writes one) counts as empty. */
export async function readJournal(deps: ToolsDeps): Promise<Outcome<Journal>> {
  const read = await deps.disk.read(journalPath(deps));
  return read.ok ? done(journalIn(read.value)) : read;
}

/** The same, from the file as it was found. */
export function journalIn(snapshot: Snapshot): Journal {
  const journal = jsonIn(snapshot) as Journal | null;
  return journal?.version === 1 && Array.isArray(journal.files) ? journal : EMPTY;
}

export const writeJournal = (deps: ToolsDeps, journal: Journal): Promise<Outcome<void>> =>
  deps.disk.writeJson(journalPath(deps), journal);
