import type { File } from '../../protocol/file';
import type { Change } from '../fs/change';
import type { Snapshot } from '../fs/snapshot';
import { decodeUtf8, encodeUtf8 } from './text/decode';
import { applyEdits, invertEdits } from './text/edit';
import { NOTHING_REPLACED } from './text/ownership';
import type { ParseProblem } from './text/parse-result';
import { done, failed, type Outcome } from '../core/failure';
import { type Original, stripped, originalOf } from './original';
import type { Job } from './adapter';
import { KEPT_VERSIONS, type JournalEntry, sha256 } from './journal';
import type { Memory } from './memory';
import type { ToolsDeps } from './tools-deps';
import { trans } from '../core/say';

/** What is to be done to one file. */
export interface FilePlan {
  readonly tool: File['tool'];
  readonly scope: File['scope'];
  readonly path: string;
  readonly snapshot: Snapshot;
  /** Null when the file stays as it is. */
  readonly change: Change | null;
  /** What is to be remembered of it; null when nothing of ours remains in it. */
  readonly entry: JournalEntry | null;
  readonly mode: number;
  readonly notes: readonly string[];
}

export const SECRET_MODE = 0o600;
const PUBLIC_MODE = 0o644;

export const octal = (mode: number): string => mode.toString(8).padStart(4, '0');

/** A file its own reader refuses: where, and what to change. */
export const unparsable = ({ path, tool }: Job, problem: ParseProblem, snapshot: Snapshot) => {
  const { line, what, fix } = problem;
  // A netrc and a .pypirc are about passwords: where they cannot be read, nobody can say which word is one.
  const text = tool.redactsAnything ? decodeUtf8(snapshot.file?.bytes ?? new Uint8Array()) : null;
  return failed('file_unparsable', {
    path,
    line,
    what,
    fix,
    reader: tool.reader,
    ...(text?.ok ? { excerpt: linesAround(tool.redact(text.value), line) } : {})
  });
};

const AROUND = 2;

/** The line in question between its neighbours, each with its number. */
function linesAround(text: string, line: number): string {
  const lines = text.split(/\r\n|\r|\n/);
  const [from, to] = [Math.max(1, line - AROUND), Math.min(lines.length, line + AROUND)];
  const width = String(to).length;
  return lines
    .slice(from - 1, to)
    .map((content, i) => `${String(from + i).padStart(width)}  ${content}`.trimEnd())
    .join('\n');
}

/**
 * The step that makes a file say what the job wants, starting from the file as it would be without us.
 *
 * @param renews nobody has clicked Connect: a file whose index somebody has taken out or changed since is theirs.
 */
export async function planWrite(
  deps: ToolsDeps,
  job: Job,
  memory: Memory,
  renews: boolean
): Promise<Outcome<FilePlan>> {
  const read = await deps.disk.read(job.path);
  if (!read.ok) {
    return read;
  }
  const snapshot = read.value;
  const known = memory.journal.files.find(f => f.path === job.path);
  const original = originalOf(snapshot, known, memory);
  if (!original.ok) {
    return unparsable(job, original.problem, snapshot);
  }
  if (known && original.value.taken && renews && job.tool.namesIndex && !memory.isLost) {
    return done(leftAlone(known, snapshot));
  }
  const text = original.value.text ?? '';
  const put = job.tool.put(text, job.wish);
  if (!put.ok) {
    return unparsable(job, put.problem, snapshot);
  }
  const bytes = encodeUtf8(applyEdits(text, put.value.edits));
  const mode = modeFor(job, original.value);
  const notes = [...guessed(job.path, original.value), ...tighter(job, original.value, mode)];
  const change = sameFile(snapshot, bytes, mode) ? null : { snapshot, to: { bytes, mode }, folders: [] };
  if (change && (snapshot.file?.links ?? 1) > 1) {
    notes.push(
      trans.__(
        '%1 had %2 names (hard links); the others keep the old content.',
        job.path,
        snapshot.file!.links
      )
    );
  }
  const nothingOfOurs = put.value.edits.length === 0 && mode === original.value.mode;
  const version = { sha256: sha256(bytes), undo: invertEdits(text, put.value.edits) };
  const entry: JournalEntry = {
    tool: job.tool.name,
    scope: job.scope,
    path: job.path,
    existed: original.value.text !== null,
    before: original.value.text === null ? null : sha256(text),
    mode: original.value.mode,
    ourMode: mode,
    folders: known?.folders ?? [],
    edited: original.value.edited,
    versions: [version, ...(known?.versions ?? []).filter(v => v.sha256 !== version.sha256)].slice(
      0,
      KEPT_VERSIONS
    ),
    indexUrl: job.wish.indexUrl,
    replaced: put.value.was ?? NOTHING_REPLACED
  };
  return done({
    tool: job.tool.name,
    scope: job.scope,
    path: job.path,
    snapshot,
    change,
    mode,
    notes,
    entry: nothingOfOurs ? null : entry
  });
}

/** A renewal brings a token; it does not take back what somebody has decided about the index meanwhile. */
const leftAlone = (known: JournalEntry, snapshot: Snapshot): FilePlan => ({
  tool: known.tool,
  scope: known.scope,
  path: known.path,
  snapshot,
  change: null,
  entry: known,
  mode: snapshot.file?.mode ?? known.ourMode,
  notes: [trans.__('%1 was changed by hand since Connect; the renewal left it.', known.path)]
});

/** The step that leaves a file as it would be without us. */
export async function planRestore(
  deps: ToolsDeps,
  known: JournalEntry,
  memory: Memory
): Promise<Outcome<FilePlan>> {
  const read = await deps.disk.read(known.path);
  if (!read.ok) {
    return read;
  }
  const snapshot = read.value;
  const { path, tool, scope } = known;
  const original = originalOf(snapshot, known, memory);
  if (!original.ok) {
    const { bytes, mode } = snapshot.file!;
    const left = stripped(bytes, known, memory);
    const change = sameFile(snapshot, left, mode)
      ? null
      : { snapshot, to: { bytes: left, mode }, folders: [] };
    const { line, what } = original.problem;
    const note = trans.__(
      '%1 cannot be read any more (on line %2, %3): only the lines with our index or token were removed.',
      path,
      line,
      what
    );
    return done({ tool, scope, path, snapshot, change, entry: null, mode, notes: [note] });
  }
  const notes = original.value.edited
    ? [
        trans.__(
          '%1 was edited since Connect: only our lines were removed, and what they had replaced was put back.',
          path
        )
      ]
    : original.value.taken
      ? [
          trans.__(
            '%1 was changed by hand since Connect and holds nothing of ours any more: it was left as it is.',
            path
          )
        ]
      : guessed(path, original.value);
  const mode = original.value.mode ?? SECRET_MODE;
  if (original.value.text === null) {
    const change =
      snapshot.file || known.folders.length ? { snapshot, to: null, folders: known.folders } : null;
    return done({
      tool,
      scope,
      path,
      snapshot,
      change,
      entry: null,
      mode,
      notes: snapshot.file ? notes : []
    });
  }
  const bytes = encodeUtf8(original.value.text);
  const change = sameFile(snapshot, bytes, mode) ? null : { snapshot, to: { bytes, mode }, folders: [] };
  return done({ tool, scope, path, snapshot, change, entry: null, mode, notes });
}

const guessed = (path: string, original: Original): string[] =>
  original.guessed
    ? [
        trans.__(
          'What was in %1 before Connect is not known any more: our lines were removed by their looks, and what they had replaced could not be put back.',
          path
        )
      ]
    : [];

const modeFor = (job: Job, original: Original): number => {
  if (job.tool.secret(job.wish.inline)) {
    return (original.mode ?? SECRET_MODE) & SECRET_MODE;
  }
  return original.mode ?? (job.scope === 'user' ? SECRET_MODE : PUBLIC_MODE);
};

const tighter = (job: Job, original: Original, mode: number): string[] =>
  original.mode !== null && original.mode !== mode
    ? [
        trans.__(
          '%1 holds the token now, so its mode was changed from %2 to %3.',
          job.path,
          octal(original.mode),
          octal(mode)
        )
      ]
    : [];

const sameFile = ({ file }: Snapshot, bytes: Uint8Array, mode: number): boolean =>
  file !== null && file.mode === mode && Buffer.compare(file.bytes, bytes) === 0;
