import { createHash } from 'node:crypto';
import { TOOLS, type File } from '../../protocol/file';
import type { Edit } from './text/edit';
import type { Replaced } from './text/ownership';
import { objectIn } from './record';
import { readIndexUrl } from './text/url-credentials';

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
  /** For a file edited since: how to know our lines, and what stood in their place. Empty: by their looks only. */
  readonly indexUrl: string;
  readonly replaced: Replaced;
}

/** Everything remembered; without files while nothing of ours is in any. */
export interface Journal {
  readonly version: 1;
  /**
   * Grows with every write. At least the time of the write in milliseconds, so that it still grows when the journal
   * was lost.
   */
  readonly generation: number;
  /** The generation of the last Disconnect: nothing that began before it may write. */
  readonly disconnectedAt: number;
  /** SHA-256 of the tokens we wrote, newest first: to know ours from others. */
  readonly tokens: readonly string[];
  readonly files: readonly JournalEntry[];
}

// A kill between two renames leaves files of the last write and of the one before it.
export const KEPT_VERSIONS = 2;
export const KEPT_TOKENS = 2;

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

export const EMPTY_JOURNAL: Journal = {
  version: 1,
  generation: 0,
  disconnectedAt: 0,
  tokens: [],
  files: []
};

/** The journal in a value of unknown origin; null when a field is missing or of another type, or the version is not ours. */
export function journalIn(value: unknown): Journal | null {
  const journal = objectIn(value);
  const files = journal?.['files'];
  const disconnectedAt = journal?.['disconnectedAt'] ?? 0;
  return journal?.['version'] === 1 &&
    Number.isFinite(journal['generation']) &&
    Number.isFinite(disconnectedAt) &&
    isList(journal['tokens'], isText) &&
    isList(files, isEntry)
    ? ({ ...journal, disconnectedAt } as unknown as Journal)
    : null;
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isList = (value: unknown, is: (one: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(is);
const isNumberOrNull = (value: unknown): boolean => value === null || Number.isFinite(value);

function isEntry(value: unknown): boolean {
  const entry = objectIn(value);
  const replaced = objectIn(entry?.['replaced']);
  return (
    entry !== null &&
    replaced !== null &&
    ['netrc', ...TOOLS].includes(entry['tool'] as File['tool']) &&
    ['scope', 'path', 'indexUrl'].every(name => isText(entry[name])) &&
    ['existed', 'edited'].every(name => typeof entry[name] === 'boolean') &&
    (entry['before'] === null || isText(entry['before'])) &&
    isNumberOrNull(entry['mode']) &&
    Number.isFinite(entry['ourMode']) &&
    readIndexUrl(entry['indexUrl'] as string) !== null &&
    isList(entry['folders'], isText) &&
    isList(entry['versions'], isVersion) &&
    (replaced['text'] === null || isText(replaced['text'])) &&
    [null, 'section', 'option'].includes(replaced['added'] as null)
  );
}

function isVersion(value: unknown): boolean {
  const version = objectIn(value);
  return (
    isText(version?.['sha256']) &&
    isList(version['undo'], one => {
      const edit = objectIn(one);
      return isText(edit?.['text']) && ['offset', 'length'].every(name => Number.isSafeInteger(edit[name]));
    })
  );
}
