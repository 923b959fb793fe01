import type { Connection } from '../../../protocol/connection';
import type { Document } from '../../../protocol/document';
import type { File } from '../../../protocol/file';
import type { Rung } from '../../../protocol/rung';
import type { Verdict } from '../../../protocol/verdict';
import type { Failure } from '../../pure/verdicts/failure';

/** The parts of an answer; what is left out is empty. */
export interface Parts {
  readonly verdict: Verdict;
  readonly summary: string;
  readonly connection?: Connection | null;
  readonly rungs?: readonly Rung[];
  readonly files?: readonly File[];
  readonly notes?: readonly string[];
  readonly preview?: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The one document every verb answers with. */
export function answer(parts: Parts): Document {
  const { notes, preview } = parts;
  return {
    schema: 1,
    verdict: parts.verdict,
    summary: parts.summary,
    connection: parts.connection ?? null,
    rungs: [...(parts.rungs ?? [])],
    files: [...(parts.files ?? [])],
    ...(notes && notes.length > 0 && { notes: [...notes] }),
    ...(preview !== undefined && { preview }),
    at: new Date(parts.at).toISOString()
  };
}

/** A failure that came before any rung (bad settings, a state file that cannot be read). */
export const refusal = (failure: Failure, at: number, connection: Connection | null = null): Document =>
  answer({ verdict: failure.verdict, summary: failure.summary, connection, at });
