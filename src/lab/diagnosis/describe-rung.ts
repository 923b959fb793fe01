import type { Fixer } from '../../protocol/fixer';
import {
  causeOf,
  describeRung,
  describeVerdict,
  type Description,
  usualFixer,
  whoSentence
} from '../../protocol/messages/describe';
import { type Evidence, readEvidence } from '../../protocol/messages/evidence';
import type { Rung } from '../../protocol/rung';
import { type FailureVerdict, VERDICT } from '../../protocol/verdict';
import { clockTime } from '../ui/time';
import type { Trans } from '../ui/trans';
import { nodeOf } from './path';

/** A rung's evidence, read with care: it crosses a border as plain JSON. */
export const evidenceOf = (rung: Rung | null): Evidence => readEvidence(rung?.evidence);

/**
 * A failure in words: of the rung that is its root cause, else of what is known of it.
 *
 * @param summary the sentence that came with it, for what has no rung
 * @param now milliseconds since the epoch
 */
export function describeFailure(
  trans: Trans,
  verdict: FailureVerdict,
  rung: Rung | null,
  summary: string,
  now: number
): Description {
  if (!rung) {
    return describeVerdict(verdict, summary, trans);
  }
  const described = describeRung(rung, trans, { root: true, time: at => clockTime(at, now) });
  const fixer = fixerOf(verdict, rung);
  return {
    ...described,
    sentence: described.sentence || summary,
    fixer,
    who: whoSentence(fixer, trans, causeOf(rung))
  };
}

/** Who can fix it: the fix knows it best. */
export function fixerOf(verdict: FailureVerdict, rung: Rung | null): Fixer {
  const cause = rung ? causeOf(rung) : undefined;
  return rung?.fix?.who ?? (cause === undefined ? VERDICT[verdict].who : usualFixer(cause)) ?? 'you';
}

/** Whether a failed rung leaves pip's present token of use: pip itself needs only what comes after the token. */
export const pipStillWorks = (rung: Rung | null): boolean =>
  rung !== null && ['notebook', 'dns', 'api', 'iam', 'token'].includes(nodeOf(rung));
