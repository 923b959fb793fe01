import type { File } from '../../protocol/file';
import type { Change } from '../fs/change';
import type { Snapshot } from '../fs/snapshot';
import { decodeUtf8, encodeUtf8 } from './text/decode';
import { applyEdits, invertEdits } from './text/edit';
import { redactConfig } from './text/redact-config';
import { NOTHING_REPLACED } from './text/ownership';
import type { ParseProblem } from './text/parse-result';
import { done, failed, type Outcome } from '../core/failure';
import { type Original, stripped, originalOf } from './original';
import type { Job } from './editor';
import { KEPT_VERSIONS, type Journal, type JournalEntry, sha256 } from './journal';
import type { ToolTarget, ToolsDeps } from './tools-deps';

/** What is to be done to one file, thought out but not done. */
export interface FilePlan {
  readonly tool: File['tool'];
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

/** A file its own reader refuses: the place, and what to change. */
export const unparsable = ({ path, reader, tool }: Job, problem: ParseProblem, snapshot: Snapshot) => {
  const { line, what, fix } = problem;
  // A netrc and a .pypirc are about passwords: where they cannot be read, nobody can say which word is one.
  const text = tool === 'pip' || tool === 'uv' ? decodeUtf8(snapshot.file?.bytes ?? new Uint8Array()) : null;
  return failed('file_unparsable', {
    path,
    line,
    what,
    fix,
    reader,
    ...(text?.ok ? { excerpt: linesAround(redactConfig(text.value), line) } : {})
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

/** The step that makes a file say what the job wants, starting from the file as it would be without us. */
export async function planWrite(
  deps: ToolsDeps,
  job: Job,
  journal: Journal,
  { indexUrl, renews }: Pick<ToolTarget, 'indexUrl' | 'renews'>
): Promise<Outcome<FilePlan>> {
  const read = await deps.disk.read(job.path);
  if (!read.ok) {
    return read;
  }
  const snapshot = read.value;
  const known = journal.files.find(f => f.path === job.path);
  const original = originalOf(snapshot, known, journal);
  if (!original.ok) {
    return unparsable(job, original.problem, snapshot);
  }
  if (known && original.value.taken && renews && job.tool !== 'netrc') {
    return done(leftAlone(known, snapshot));
  }
  const text = original.value.text ?? '';
  const put = job.put(text);
  if (!put.ok) {
    return unparsable(job, put.problem, snapshot);
  }
  const bytes = encodeUtf8(applyEdits(text, put.value.edits));
  const mode = modeFor(job, original.value);
  const notes = tighter(job, original.value, mode);
  const change = sameFile(snapshot, bytes, mode) ? null : { snapshot, to: { bytes, mode }, folders: [] };
  if (change && (snapshot.file?.links ?? 1) > 1) {
    notes.push(
      `${job.path} had ${snapshot.file!.links} names (hard links); the others keep the old content.`
    );
  }
  const nothingOfOurs = put.value.edits.length === 0 && mode === original.value.mode;
  const version = { sha256: sha256(bytes), undo: invertEdits(text, put.value.edits) };
  const entry: JournalEntry = {
    tool: job.tool,
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
    indexUrl,
    replaced: put.value.was ?? NOTHING_REPLACED
  };
  return done({
    tool: job.tool,
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
  path: known.path,
  snapshot,
  change: null,
  entry: known,
  mode: snapshot.file?.mode ?? known.ourMode,
  notes: [`${known.path} was changed by hand since Connect; the renewal left it.`]
});

/** The step that leaves a file as it would be without us. */
export async function planRestore(
  deps: ToolsDeps,
  known: JournalEntry,
  journal: Journal
): Promise<Outcome<FilePlan>> {
  const read = await deps.disk.read(known.path);
  if (!read.ok) {
    return read;
  }
  const snapshot = read.value;
  const { path, tool } = known;
  const original = originalOf(snapshot, known, journal);
  if (!original.ok) {
    const { bytes, mode } = snapshot.file!;
    const left = stripped(bytes, known, journal);
    const change = sameFile(snapshot, left, mode)
      ? null
      : { snapshot, to: { bytes: left, mode }, folders: [] };
    const { line, what } = original.problem;
    const note = `${path} cannot be read any more (on line ${line}, ${what}): only the lines with our index or token were removed.`;
    return done({ tool, path, snapshot, change, entry: null, mode, notes: [note] });
  }
  const notes = original.value.edited
    ? [
        `${path} was edited since Connect: only our lines were removed, and what they had replaced was put back.`
      ]
    : [];
  const mode = original.value.mode ?? SECRET_MODE;
  if (original.value.text === null) {
    const change =
      snapshot.file || known.folders.length ? { snapshot, to: null, folders: known.folders } : null;
    return done({ tool, path, snapshot, change, entry: null, mode, notes: snapshot.file ? notes : [] });
  }
  const bytes = encodeUtf8(original.value.text);
  const change = sameFile(snapshot, bytes, mode) ? null : { snapshot, to: { bytes, mode }, folders: [] };
  return done({ tool, path, snapshot, change, entry: null, mode, notes });
}

const modeFor = (job: Job, original: Original): number => {
  if (job.secret) {
    return (original.mode ?? SECRET_MODE) & SECRET_MODE;
  }
  return original.mode ?? (job.scope === 'user' ? SECRET_MODE : PUBLIC_MODE);
};

const tighter = (job: Job, original: Original, mode: number): string[] =>
  original.mode !== null && original.mode !== mode
    ? [
        `${job.path} holds the token now, so its mode was changed from ${octal(original.mode)} to ${octal(mode)}.`
      ]
    : [];

const sameFile = ({ file }: Snapshot, bytes: Uint8Array, mode: number): boolean =>
  file !== null && file.mode === mode && Buffer.compare(file.bytes, bytes) === 0;
