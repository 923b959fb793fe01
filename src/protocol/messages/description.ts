/**
 * What can be said of a failure by its verdict and the sentence that came with it, without the catalogue of causes
 * (describe.ts), which the panel loads when something is wrong.
 */
import type { CheckId } from '../checks';
import { type Fixer, fixerSentence } from '../fixer';
import { type CheckVerdict, type FailureVerdict, VERDICT } from '../verdict';
import type { Place } from './cause';
import { verdictHeadline } from './headlines';
import { type Trans, said } from './trans';

/** The parts of a rung that are read. */
export interface ToldRung {
  readonly id: CheckId;
  readonly verdict: CheckVerdict;
  readonly summary: string;
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly warning?: string;
}

/** A failure in words. Code, hosts and paths stand between back quotes. */
export interface Description {
  /** Verdict and hop, as an administrator would search for it. */
  readonly headline: string;
  /** What happened and what it means; empty only for a failure whose cause this version does not know. */
  readonly sentence: string;
  /** Hosts, addresses and codes: the terminal says them after the sentence, the panel shows them as evidence. */
  readonly detail: string;
  /** Who can usually fix it; null: nobody has to. A fix knows it better. */
  readonly fixer: Fixer | null;
  /** The sentence that says so; empty when nobody has to. */
  readonly who: string;
}

/** Who can fix it, in a sentence. */
export const whoSentence = (fixer: Fixer | null, trans: Trans, cause?: string): string =>
  fixer === null
    ? ''
    : cause === 'credentials_expired' && fixer === 'you'
      ? trans.__('You can fix this: sign in again.')
      : fixerSentence(fixer, trans);

/** A failure of which only the verdict and a sentence are known. */
export function describeVerdict(
  verdict: FailureVerdict,
  sentence: string,
  trans: Trans,
  place: Place = {}
): Description {
  const { who } = VERDICT[verdict];
  return {
    headline: verdictHeadline(verdict, trans, place.check),
    sentence,
    detail: '',
    fixer: who,
    who: whoSentence(who, trans)
  };
}

/** A warning of which only its own text is known. */
export const plainWarning = (
  rung: ToldRung,
  trans: Trans
): Pick<Description, 'headline' | 'sentence' | 'detail'> => ({
  headline: trans.__('Connected, with a warning'),
  sentence: said(rung.warning ?? rung.summary, trans),
  detail: ''
});
