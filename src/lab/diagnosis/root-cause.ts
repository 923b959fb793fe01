import type { Document } from '../../protocol/document';
import type { CheckVerdict, Rung } from '../../protocol/rung';

/*
 * Which check explains a document's verdict. It is apart from path.ts, which draws the checks, because the state of the
 * connection needs it when JupyterLab starts.
 */

const QUIET: readonly CheckVerdict[] = ['ok', 'skipped', 'waiting', 'running'];

export const isFailure = (rung: Rung): boolean => !QUIET.includes(rung.verdict) && rung.id !== 's3';

export const isRunning = (document: Document | null): boolean =>
  document?.rungs.some(rung => rung.verdict === 'running') ?? false;

/** The root cause: the first check that failed with the document's own verdict, else the first that failed. */
export function rootOf(document: Document | null): Rung | null {
  const failed = document?.rungs.filter(isFailure) ?? [];
  return failed.find(rung => rung.verdict === document?.verdict) ?? failed[0] ?? null;
}

/** The first check that is ok with a warning. */
export const warningOf = (document: Document | null): Rung | null =>
  document?.rungs.find(rung => rung.verdict === 'ok' && rung.warning && rung.id !== 's3') ?? null;

/** Verdicts that are not the path's fault: they pass by themselves, or the user asked for them. */
const TRANSIENT: readonly CheckVerdict[] = ['throttled', 'cancelled'];

/** The check to draw in colour: the root cause, else the warning; none when it passes by itself. */
export function emphasisedOf(document: Document | null): Rung | null {
  const root = rootOf(document);
  return root === null ? warningOf(document) : TRANSIENT.includes(root.verdict) ? null : root;
}
