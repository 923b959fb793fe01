import type { Fix } from '../../protocol/fix';
import type { CheckId } from '../../protocol/rung';
import type { Advice } from './fixes/advice';
import type { Failure } from '../core/failure';

export type Evidence = Readonly<Record<string, unknown>>;

/** What one rung came to. */
export type CheckResult =
  | {
      readonly kind: 'ok';
      readonly summary: string;
      readonly evidence?: Evidence;
      /** It works, and there is something to say all the same; its fix is shown. */
      readonly concern?: Failure;
      /** What the concern is about, where its fix is not that of the same failure on a broken rung. */
      readonly advice?: Advice;
      /** The same, with a fix of its own. */
      readonly warning?: { readonly text: string; readonly fix?: Fix };
    }
  /** Nothing to be checked here; what comes behind goes on. */
  | { readonly kind: 'not_needed'; readonly summary: string; readonly evidence?: Evidence }
  | {
      readonly kind: 'failed';
      readonly failure: Failure;
      /** Where the check itself knows what to do better than the failure's cause tells. */
      readonly fix?: Fix;
    }
  /** Not reached: `because` is the rung that failedCheck. */
  | { readonly kind: 'blocked'; readonly because: CheckId };

export const passed = (
  summary: string,
  evidence: Evidence = {},
  concern?: Failure,
  advice?: Advice
): CheckResult => ({
  kind: 'ok',
  summary,
  evidence,
  ...(concern ? { concern } : {}),
  ...(advice ? { advice } : {})
});

export const notNeeded = (summary: string, evidence: Evidence = {}): CheckResult => ({
  kind: 'not_needed',
  summary,
  evidence
});

export const failedCheck = (failure: Failure, fix?: Fix): CheckResult => ({
  kind: 'failed',
  failure,
  ...(fix ? { fix } : {})
});

/** Thrown to what waits on a rung that did not pass. */
export class Blocked extends Error {
  constructor(readonly because: CheckId) {
    super(`blocked by ${because}`);
  }
}
