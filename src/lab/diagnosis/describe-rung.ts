import type { Document } from '../../protocol/document';
import type { Fixer } from '../../protocol/fixer';
import { type Description, describeVerdict, whoSentence } from '../../protocol/messages/description';
import { type Evidence, readEvidence } from '../../protocol/messages/evidence';
import type { CheckId, Rung } from '../../protocol/rung';
import { type FailureVerdict, VERDICT } from '../../protocol/verdict';
import { clockTime } from '../ui/time';
import type { Trans } from '../ui/trans';
import { causeOf, describeRung, usualFixer } from './catalogue';

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

/** What pip itself uses: not the API, which it never asks. */
const OF_PIP: readonly CheckId[] = ['dns.repository', 'tcp.repository', 'tls.repository', 'index', 'tools'];

/** Whether pip's present token is of use: only where all that pip itself needs was checked and is well. */
export const pipStillWorks = (document: Document | null): boolean =>
  OF_PIP.every(id => {
    const rung = document?.rungs.find(item => item.id === id);
    return rung?.verdict === 'ok' || (rung?.verdict === 'skipped' && !rung.because && id !== 'index');
  });
