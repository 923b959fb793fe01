import type { Snapshot } from '../fs/snapshot';
import { decodeUtf8 } from './text/decode';
import { applyEdits } from './text/edit';
import type { Ownership } from './text/ownership';
import { parsed, type Parsed } from './text/parse-result';
import { stripLines } from './text/strip-lines';
import { takeFor } from './jobs';
import { type Journal, type JournalEntry, sha256 } from './journal';

/** A file as it would be without us. */
export interface Original {
  /** Null: it would not be there. */
  readonly text: string | null;
  readonly mode: number | null;
  /** Whether somebody else edited it while it held our lines. */
  readonly edited: boolean;
  /** It holds nothing of ours any more, by somebody else's hand. */
  readonly taken?: boolean;
}

/**
 * Takes our lines out of a file as found, in memory. Byte for byte when nobody else has touched it;
 * else only what is ours, and what that replaced comes back.
 */
export function originalOf(
  snapshot: Snapshot,
  entry: JournalEntry | undefined,
  journal: Journal
): Parsed<Original> {
  const { file } = snapshot;
  if (!file) {
    // Never written, or removed by its owner since: either way nothing of ours is left in it.
    return parsed({ text: null, mode: null, edited: false });
  }
  const text = decodeUtf8(file.bytes);
  if (!text.ok) {
    return text;
  }
  if (!entry) {
    return parsed({ text: text.value, mode: file.mode, edited: false });
  }
  const mode = file.mode === entry.ourMode ? (entry.mode ?? file.mode) : file.mode;
  const hash = sha256(file.bytes);
  if (hash === entry.before) {
    return parsed({ text: text.value, mode: file.mode, edited: entry.edited });
  }
  const version = entry.versions.find(v => v.sha256 === hash);
  if (version) {
    const before = applyEdits(text.value, version.undo);
    return parsed({ text: entry.existed || before ? before : null, mode, edited: entry.edited });
  }
  const edits = takeFor(entry)(text.value, markOf(entry, journal), entry.replaced);
  if (!edits.ok) {
    return edits;
  }
  const rest = applyEdits(text.value, edits.value);
  return parsed({
    text: entry.existed || rest.trim() ? rest : null,
    mode,
    edited: edits.value.length > 0 || entry.edited,
    taken: edits.value.length === 0
  });
}

/** How our lines are known in a file that was edited since. */
const markOf = (entry: JournalEntry, journal: Journal): Ownership => ({
  indexUrl: entry.indexUrl,
  isOurs: password => journal.tokens.includes(sha256(password))
});

/**
 * A file that its own reader cannot read any more, without the lines that are ours by their looks.
 * Bytes, because it may not be text.
 */
export function stripped(bytes: Uint8Array, entry: JournalEntry, journal: Journal): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  const edits = stripLines(text, markOf(entry, journal));
  return new Uint8Array(Buffer.from(applyEdits(text, edits), 'latin1'));
}
