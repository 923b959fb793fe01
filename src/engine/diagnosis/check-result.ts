import type { Fix } from '../../protocol/fix';
import type { CheckId } from '../../protocol/checks';
import type { WarningEvidence, WarningId } from '../../protocol/messages/warnings';
import type { Failure } from '../core/failure';

/** What a check that passed has seen. */
export type Evidence = Readonly<Record<string, unknown>>;

/** It works, and there is something to say all the same. */
export type Concern = {
  readonly [W in WarningId]: { readonly warning: W; readonly evidence: WarningEvidence[W] };
}[WarningId];

export const concern = <W extends WarningId>(warning: W, evidence: WarningEvidence[W]): Concern =>
  ({ warning, evidence }) as unknown as Concern;

/** What one check came to. */
export type CheckResult =
  | {
      readonly kind: 'ok';
      readonly summary: string;
      readonly evidence?: Evidence;
      /** Its fix is shown; a failure that another check has disproved is one too. */
      readonly concern?: Concern | Failure;
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
  /** Not reached: `because` is the check that failed. */
  | { readonly kind: 'blocked'; readonly because: CheckId };

export const passed = (summary: string, evidence: Evidence = {}, about?: Concern | Failure): CheckResult => ({
  kind: 'ok',
  summary,
  evidence,
  ...(about ? { concern: about } : {})
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

/** Thrown to what waits on a check that did not pass. */
export class Blocked extends Error {
  constructor(readonly because: CheckId) {
    super(`blocked by ${because}`);
  }
}
