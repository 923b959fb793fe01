import type { Document } from '../../protocol/document';
import { CHECKS } from '../../protocol/checks';
import type { Rung } from '../../protocol/rung';
import { isFailureVerdict, VERDICT } from '../../protocol/verdict';

/*
 * Which check explains a document's verdict. It is apart from path.ts, which draws the checks, because the state of the
 * connection needs it when JupyterLab starts.
 */

/** Whether the check may fail without breaking pip, so that it explains nothing. */
export const isAdvisory = (rung: Rung): boolean => CHECKS[rung.id]?.advisory === true;

export const isFailure = (rung: Rung): boolean => isFailureVerdict(rung.verdict) && !isAdvisory(rung);

export const isRunning = (document: Document | null): boolean =>
  document?.rungs.some(rung => rung.verdict === 'running') ?? false;

const failuresOf = (document: Document | null): Rung[] => document?.rungs.filter(isFailure) ?? [];

/** The root cause: the first check that failed with the document's own verdict, else the first that failed. */
export function rootOf(document: Document | null): Rung | null {
  const failed = failuresOf(document);
  return failed.find(rung => rung.verdict === document?.verdict) ?? failed[0] ?? null;
}

/** The first check that is ok with a warning. */
export const warningOf = (document: Document | null): Rung | null =>
  document?.rungs.find(rung => rung.verdict === 'ok' && rung.warning && !isAdvisory(rung)) ?? null;

/** The check to draw in colour: the root cause, else the warning; none when it passes by itself. */
export function emphasisedOf(document: Document | null): Rung | null {
  const root = rootOf(document);
  return root === null
    ? warningOf(document)
    : isFailureVerdict(root.verdict) && VERDICT[root.verdict].colour === 'muted'
      ? null
      : root;
}

/** Whether a check of what pip itself needs has failed: the repository endpoint, the index, its own configuration. */
export const pipIsBroken = (document: Document | null): boolean =>
  failuresOf(document).some(({ id }) => /repo|index|tools/.test(id));
