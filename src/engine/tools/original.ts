import type { Snapshot } from '../fs/snapshot';
import { NOTHING_REPLACED } from './text/ownership';
import type { Ownership } from './text/ownership';
import { decodeUtf8 } from './text/decode';
import { applyEdits } from './text/edit';
import { parsed, type Parsed } from './text/parse-result';
import { stripLines } from './text/strip-lines';
import { readIndexUrl } from './text/url-credentials';
import { type JournalEntry, sha256 } from './journal';
import type { Memory } from './memory';
import { adapterOf } from './registry';

/** A file as it would be without us. */
export interface Original {
  /** Null: it would not be there. */
  readonly text: string | null;
  readonly mode: number | null;
  /** Whether somebody else edited it while it held our lines. */
  readonly edited: boolean;
  /** It holds nothing of ours any more, by somebody else's hand. */
  readonly taken?: boolean;
  /** Our lines were known by their looks only: what they had replaced is not known. */
  readonly guessed?: boolean;
}

/**
 * Takes our lines out of a file as found, in memory. Byte for byte when nobody else has touched it;
 * else only what is ours, and what that replaced comes back.
 */
export function originalOf(
  snapshot: Snapshot,
  entry: JournalEntry | undefined,
  memory: Memory
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
  return takenOut(text.value, entry, memory, mode);
}

function takenOut(text: string, entry: JournalEntry, memory: Memory, mode: number): Parsed<Original> {
  const { take } = adapterOf(entry.tool);
  const replaced = memory.isLost ? NOTHING_REPLACED : entry.replaced;
  let rest = text;
  for (const mark of marksOf(text, entry, memory)) {
    const edits = take(rest, mark, replaced);
    if (!edits.ok) {
      return edits;
    }
    rest = applyEdits(rest, edits.value);
  }
  const taken = rest === text;
  if (memory.isLost) {
    return parsed({ text: taken || rest.trim() ? rest : null, mode, edited: false, taken, guessed: !taken });
  }
  return parsed({
    text: entry.existed || rest.trim() ? rest : null,
    mode,
    edited: !taken || entry.edited,
    taken
  });
}

/** How our lines are known in a file that was edited since, or whose history is lost. */
function marksOf(text: string, entry: JournalEntry, { journal, isLost }: Memory): Ownership[] {
  if (!isLost) {
    const isOurs = (password: string) => journal.tokens.includes(sha256(password));
    return [{ indexUrl: entry.indexUrl, isOurs }];
  }
  const urls = entry.indexUrl ? [entry.indexUrl] : adapterOf(entry.tool).indexes(text);
  return urls
    .filter(url => text.includes(readIndexUrl(url)?.host ?? url))
    .map(indexUrl => ({ indexUrl, isOurs: () => true, byLooks: true }));
}

/**
 * A file that its own reader cannot read any more, without the lines that are ours by their looks.
 * Bytes, because it may not be text.
 */
export function stripped(bytes: Uint8Array, entry: JournalEntry, memory: Memory): Uint8Array {
  let text = Buffer.from(bytes).toString('latin1');
  for (const mark of marksOf(text, entry, memory)) {
    text = applyEdits(text, stripLines(text, mark));
  }
  return new Uint8Array(Buffer.from(text, 'latin1'));
}
