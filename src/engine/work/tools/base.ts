import type { Snapshot } from '../../outside/disk/snapshot';
import { decodeUtf8 } from '../../pure/text/decode';
import { applyEdits } from '../../pure/text/edit';
import type { Mark } from '../../pure/text/mark';
import { parsed, type Parsed } from '../../pure/text/problem';
import { strikeLines } from '../../pure/text/strike';
import { takeFor } from './jobs';
import { type Memory, type Remembered, sha256 } from './memory';

/** A file as it would be without us. */
export interface Base {
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
export function withoutUs(
  snapshot: Snapshot,
  remembered: Remembered | undefined,
  memory: Memory
): Parsed<Base> {
  const { file } = snapshot;
  if (!file) {
    // Never written, or removed by its owner since: either way nothing of ours is left in it.
    return parsed({ text: null, mode: null, edited: false });
  }
  const text = decodeUtf8(file.bytes);
  if (!text.ok) {
    return text;
  }
  if (!remembered) {
    return parsed({ text: text.value, mode: file.mode, edited: false });
  }
  const mode = file.mode === remembered.ourMode ? (remembered.mode ?? file.mode) : file.mode;
  const hash = sha256(file.bytes);
  if (hash === remembered.before) {
    return parsed({ text: text.value, mode: file.mode, edited: remembered.edited });
  }
  const version = remembered.versions.find(v => v.sha256 === hash);
  if (version) {
    const before = applyEdits(text.value, version.undo);
    return parsed({ text: remembered.existed || before ? before : null, mode, edited: remembered.edited });
  }
  const edits = takeFor(remembered)(text.value, markOf(remembered, memory), remembered.was);
  if (!edits.ok) {
    return edits;
  }
  const rest = applyEdits(text.value, edits.value);
  return parsed({
    text: remembered.existed || rest.trim() ? rest : null,
    mode,
    edited: edits.value.length > 0 || remembered.edited,
    taken: edits.value.length === 0
  });
}

/** How our lines are known in a file that was edited since. */
const markOf = (remembered: Remembered, memory: Memory): Mark => ({
  indexUrl: remembered.indexUrl,
  isOurs: password => memory.tokens.includes(sha256(password))
});

/**
 * A file that its own reader cannot read any more, without the lines that are ours by their looks.
 * Bytes, because it may not be text.
 */
export function struck(bytes: Uint8Array, remembered: Remembered, memory: Memory): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  const edits = strikeLines(text, markOf(remembered, memory));
  return new Uint8Array(Buffer.from(applyEdits(text, edits), 'latin1'));
}
