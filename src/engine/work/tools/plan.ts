import type { File } from '../../../protocol/file';
import type { Change } from '../../outside/disk/change';
import type { Snapshot } from '../../outside/disk/snapshot';
import { decodeUtf8, encodeUtf8 } from '../../pure/text/decode';
import { applyEdits, invertEdits } from '../../pure/text/edit';
import { hideConfig } from '../../pure/text/hide';
import { NOTHING_WAS } from '../../pure/text/mark';
import type { Problem } from '../../pure/text/problem';
import { done, failed, type Outcome } from '../../pure/verdicts/failure';
import { type Base, struck, withoutUs } from './base';
import type { Job } from './editor';
import { KEPT_VERSIONS, type Memory, type Remembered, sha256 } from './memory';
import type { Target, ToolsDeps } from './target';

/** What is to be done to one file, thought out but not done. */
export interface Step {
  readonly tool: File['tool'];
  readonly path: string;
  readonly snapshot: Snapshot;
  /** Null when the file stays as it is. */
  readonly change: Change | null;
  /** What is to be remembered of it; null when nothing of ours remains in it. */
  readonly remembered: Remembered | null;
  readonly mode: number;
  readonly notes: readonly string[];
}

export const SECRET_MODE = 0o600;
const PUBLIC_MODE = 0o644;

export const octal = (mode: number): string => mode.toString(8).padStart(4, '0');

/** A file its own reader refuses: the place, and what to change. */
export const unparsable = ({ path, reader, tool }: Job, problem: Problem, snapshot: Snapshot) => {
  const { line, what, fix } = problem;
  // A netrc and a .pypirc are about passwords: where they cannot be read, nobody can say which word is one.
  const text = tool === 'pip' || tool === 'uv' ? decodeUtf8(snapshot.file?.bytes ?? new Uint8Array()) : null;
  return failed(
    'write_failed',
    'file_unparsable',
    `${reader} cannot read ${path}: on line ${line}, ${what}. Nothing was changed.`,
    { path, line, what, fix, ...(text?.ok ? { excerpt: linesAround(hideConfig(text.value), line) } : {}) }
  );
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
export async function stepFor(
  deps: ToolsDeps,
  job: Job,
  memory: Memory,
  { indexUrl, renews }: Pick<Target, 'indexUrl' | 'renews'>
): Promise<Outcome<Step>> {
  const read = await deps.disk.read(job.path);
  if (!read.ok) {
    return read;
  }
  const snapshot = read.value;
  const known = memory.files.find(f => f.path === job.path);
  const base = withoutUs(snapshot, known, memory);
  if (!base.ok) {
    return unparsable(job, base.problem, snapshot);
  }
  if (known && base.value.taken && renews && job.tool !== 'netrc') {
    return done(leftAlone(known, snapshot));
  }
  const text = base.value.text ?? '';
  const put = job.put(text);
  if (!put.ok) {
    return unparsable(job, put.problem, snapshot);
  }
  const bytes = encodeUtf8(applyEdits(text, put.value.edits));
  const mode = modeFor(job, base.value);
  const notes = tighter(job, base.value, mode);
  const change = sameFile(snapshot, bytes, mode) ? null : { snapshot, to: { bytes, mode }, folders: [] };
  if (change && (snapshot.file?.links ?? 1) > 1) {
    notes.push(
      `${job.path} had ${snapshot.file!.links} names (hard links); the others keep the old content.`
    );
  }
  const nothingOfOurs = put.value.edits.length === 0 && mode === base.value.mode;
  const version = { sha256: sha256(bytes), undo: invertEdits(text, put.value.edits) };
  const remembered: Remembered = {
    tool: job.tool,
    scope: job.scope,
    path: job.path,
    existed: base.value.text !== null,
    before: base.value.text === null ? null : sha256(text),
    mode: base.value.mode,
    ourMode: mode,
    folders: known?.folders ?? [],
    edited: base.value.edited,
    versions: [version, ...(known?.versions ?? []).filter(v => v.sha256 !== version.sha256)].slice(
      0,
      KEPT_VERSIONS
    ),
    indexUrl,
    was: put.value.was ?? NOTHING_WAS
  };
  return done({
    tool: job.tool,
    path: job.path,
    snapshot,
    change,
    mode,
    notes,
    remembered: nothingOfOurs ? null : remembered
  });
}

/** A renewal brings a token; it does not take back what somebody has decided about the index meanwhile. */
const leftAlone = (known: Remembered, snapshot: Snapshot): Step => ({
  tool: known.tool,
  path: known.path,
  snapshot,
  change: null,
  remembered: known,
  mode: snapshot.file?.mode ?? known.ourMode,
  notes: [`${known.path} was changed by hand since Connect; the renewal left it.`]
});

/** The step that leaves a file as it would be without us. */
export async function stepBack(deps: ToolsDeps, known: Remembered, memory: Memory): Promise<Outcome<Step>> {
  const read = await deps.disk.read(known.path);
  if (!read.ok) {
    return read;
  }
  const snapshot = read.value;
  const { path, tool } = known;
  const base = withoutUs(snapshot, known, memory);
  if (!base.ok) {
    const { bytes, mode } = snapshot.file!;
    const left = struck(bytes, known, memory);
    const change = sameFile(snapshot, left, mode)
      ? null
      : { snapshot, to: { bytes: left, mode }, folders: [] };
    const { line, what } = base.problem;
    const note = `${path} cannot be read any more (on line ${line}, ${what}): only the lines with our index or token were removed.`;
    return done({ tool, path, snapshot, change, remembered: null, mode, notes: [note] });
  }
  const notes = base.value.edited
    ? [
        `${path} was edited since Connect: only our lines were removed, and what they had replaced was put back.`
      ]
    : [];
  const mode = base.value.mode ?? SECRET_MODE;
  if (base.value.text === null) {
    const change =
      snapshot.file || known.folders.length ? { snapshot, to: null, folders: known.folders } : null;
    return done({ tool, path, snapshot, change, remembered: null, mode, notes: snapshot.file ? notes : [] });
  }
  const bytes = encodeUtf8(base.value.text);
  const change = sameFile(snapshot, bytes, mode) ? null : { snapshot, to: { bytes, mode }, folders: [] };
  return done({ tool, path, snapshot, change, remembered: null, mode, notes });
}

const modeFor = (job: Job, base: Base): number => {
  if (job.secret) {
    return (base.mode ?? SECRET_MODE) & SECRET_MODE;
  }
  return base.mode ?? (job.scope === 'user' ? SECRET_MODE : PUBLIC_MODE);
};

const tighter = (job: Job, base: Base, mode: number): string[] =>
  base.mode !== null && base.mode !== mode
    ? [`${job.path} holds the token now, so its mode was changed from ${octal(base.mode)} to ${octal(mode)}.`]
    : [];

const sameFile = ({ file }: Snapshot, bytes: Uint8Array, mode: number): boolean =>
  file !== null && file.mode === mode && Buffer.compare(file.bytes, bytes) === 0;
