import type { Connection } from '../../protocol/connection';
import type { Document } from '../../protocol/document';
import type { File } from '../../protocol/file';
import type { KernelPip } from '../../protocol/kernel';
import type { Rung, CheckId } from '../../protocol/rung';
import type { Verdict } from '../../protocol/verdict';
import type { Failure } from '../core/failure';
import { fixFor } from '../diagnosis/fixes/fix-for';
import { CHECKS } from '../../protocol/checks';
import { evidenceJson } from '../diagnosis/evidence-json';

/** The parts of an answer; what is left out is empty. */
export interface Parts {
  readonly verdict: Verdict;
  readonly summary: string;
  readonly connection?: Connection | null;
  readonly rungs?: readonly Rung[];
  readonly files?: readonly File[];
  readonly kernels?: readonly KernelPip[];
  readonly notes?: readonly string[];
  readonly preview?: string;
  readonly running?: boolean;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The one document every verb answers with. */
export function answer(parts: Parts): Document {
  const { kernels, notes, preview, running } = parts;
  return {
    schema: 1,
    verdict: parts.verdict,
    summary: parts.summary,
    connection: parts.connection ?? null,
    rungs: [...(parts.rungs ?? [])],
    files: [...(parts.files ?? [])],
    ...(kernels && kernels.length > 0 && { kernels: [...kernels] }),
    ...(notes && notes.length > 0 && { notes: [...notes] }),
    ...(preview !== undefined && { preview }),
    ...(running && { running }),
    at: new Date(parts.at).toISOString()
  };
}

/**
 * A failure that came without a climb (bad settings, a file that Disconnect may not write), as the rung it
 * belongs to: there a reader finds who can fix it, as after every other failure.
 */
export function failureRung(failure: Failure): Rung {
  const id: CheckId = failure.verdict === 'write_failed' ? 'tools' : 'environment';
  const { verdict, summary, evidence, cause } = failure;
  const nothingKnown = { region: '', domain: '', domainOwner: '', repository: '', profile: '' };
  const fix = fixFor(failure, { rung: id, ...nothingKnown, apiHost: '', repositoryHost: '' });
  return {
    id,
    title: CHECKS[id].title,
    verdict,
    ms: 0,
    summary,
    evidence: { ...evidenceJson(evidence), cause },
    ...(fix && { fix })
  };
}

/** The answer when nothing was climbed. */
export const refusal = (
  failure: Failure,
  at: number,
  { connection, notes }: Pick<Parts, 'connection' | 'notes'> = {}
): Document =>
  answer({
    verdict: failure.verdict,
    summary: failure.summary,
    connection,
    rungs: [failureRung(failure)],
    notes,
    at
  });
