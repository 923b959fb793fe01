import type { Fixer } from '../fixer';
import { type FailureVerdict, VERDICT, verdictLabel } from '../verdict';
import { AWS_CAUSES } from './aws';
import type { CauseDeclaration, Place } from './cause';
import { CREDENTIAL_SERVICE_CAUSES } from './credential-services';
import { CREDENTIAL_CAUSES } from './credentials';
import { type Description, describeVerdict, plainWarning, type ToldRung, whoSentence } from './description';
import { type Evidence, type Field, readEvidence } from './evidence';
import { FILE_CAUSES } from './files';
import { verdictHeadline } from './headlines';
import { HTTP_CAUSES } from './http';
import { NETWORK_CAUSES } from './network';
import { SETTING_CAUSES } from './settings';
import { TLS_CAUSES } from './tls';
import { type Trans, said, sentences } from './trans';
import { WARNINGS, type WarningEvidence, type WarningId } from './warnings';

/** Every cause of a failure, finer than its verdict: what fixes are chosen by. */
export const CAUSES = {
  ...NETWORK_CAUSES,
  ...TLS_CAUSES,
  ...HTTP_CAUSES,
  ...CREDENTIAL_CAUSES,
  ...CREDENTIAL_SERVICE_CAUSES,
  ...AWS_CAUSES,
  ...FILE_CAUSES,
  ...SETTING_CAUSES
};

export type Cause = keyof typeof CAUSES;

/** What a failure of each cause carries. */
export type EvidenceOf = {
  readonly [C in Cause]: (typeof CAUSES)[C] extends CauseDeclaration<infer E> ? E : never;
};

const declarationOf = <C extends Cause>(cause: C): CauseDeclaration<EvidenceOf[C]> =>
  CAUSES[cause] as unknown as CauseDeclaration<EvidenceOf[C]>;

export const isCause = (value: unknown): value is Cause =>
  typeof value === 'string' && Object.hasOwn(CAUSES, value);

export const verdictOf = (cause: Cause): FailureVerdict => CAUSES[cause].verdict;

/** Who can usually fix it; null: nobody has to. */
export const usualFixer = (cause: Cause): Fixer | null =>
  (CAUSES[cause] as { readonly who?: Fixer }).who ?? VERDICT[verdictOf(cause)].who;

/** The headline and sentences of a failure: the only place that has them, for the terminal and the panel alike. */
export function describe<C extends Cause>(
  cause: C,
  evidence: EvidenceOf[C],
  trans: Trans,
  place: Place = {}
): Description {
  const declared = declarationOf(cause);
  const fixer = usualFixer(cause);
  return {
    headline:
      declared.headline?.(evidence, trans, place) ?? verdictHeadline(declared.verdict, trans, place.check),
    sentence: declared.sentence(evidence, trans, place),
    detail: declared.detail?.(evidence, trans, place) ?? '',
    fixer,
    who: whoSentence(fixer, trans, cause)
  };
}

/** Sentence and detail on one line. */
export const summaryOf = <C extends Cause>(
  cause: C,
  evidence: EvidenceOf[C],
  trans: Trans,
  place: Place = {}
): string => {
  const { sentence, detail } = describe(cause, evidence, trans, place);
  return sentences(sentence, detail);
};

/** The same for a check that passed with a warning. */
export function describeWarning<W extends WarningId>(
  warning: W,
  evidence: WarningEvidence[W],
  trans: Trans,
  place: Place = {}
): Pick<Description, 'headline' | 'sentence' | 'detail'> {
  const declared = WARNINGS[warning] as unknown as {
    readonly [K in 'headline' | 'sentence' | 'detail']?: (e: unknown, trans: Trans, place: Place) => string;
  };
  return {
    headline: declared.headline?.(evidence, trans, place) ?? trans.__('Connected, with a warning'),
    sentence: declared.sentence?.(evidence, trans, place) ?? '',
    detail: declared.detail?.(evidence, trans, place) ?? ''
  };
}

const complete = (evidence: Evidence, needs: readonly Field[]): boolean =>
  needs.every(name => evidence[name] !== undefined);

/** The cause that a rung's evidence names; undefined where it is none that this version knows. */
export function causeOf({ verdict, evidence }: Pick<ToldRung, 'verdict' | 'evidence'>): Cause | undefined {
  const { cause } = evidence;
  return isCause(cause) && verdictOf(cause) === verdict ? cause : undefined;
}

/**
 * A failed rung out of JSON, in words. A cause that this version does not know, or that lacks its facts, is told by its
 * verdict and by the sentence that came with it: the other side may be older or newer.
 */
export function describeRung(rung: ToldRung, trans: Trans, place: Place = {}): Description {
  const at = { ...place, check: rung.id };
  const cause = causeOf(rung);
  const evidence = readEvidence(rung.evidence);
  if (cause !== undefined && complete(evidence, CAUSES[cause].needs)) {
    return describe(cause, evidence as EvidenceOf[typeof cause], trans, at);
  }
  return describeVerdict(rung.verdict as FailureVerdict, said(rung.summary, trans), trans, at);
}

/** A check's result in one or two words, as it stands at the end of a row. */
export function rungLabel(rung: Pick<ToldRung, 'verdict' | 'evidence'>, trans: Trans): string {
  const cause = causeOf(rung);
  const declared: CauseDeclaration<never> | undefined = cause && CAUSES[cause];
  return declared?.label?.(trans) ?? verdictLabel(trans, rung.verdict);
}

/** A rung that is `ok` with a warning, in words; its own text where this version knows no better. */
export function describeRungWarning(
  rung: ToldRung,
  trans: Trans
): Pick<Description, 'headline' | 'sentence' | 'detail'> {
  const evidence = readEvidence(rung.evidence);
  const { concern } = rung.evidence;
  if (
    typeof concern === 'string' &&
    Object.hasOwn(WARNINGS, concern) &&
    complete(evidence, WARNINGS[concern as WarningId].needs)
  ) {
    const id = concern as WarningId;
    return describeWarning(id, evidence as WarningEvidence[typeof id], trans, { check: rung.id });
  }
  return plainWarning(rung, trans);
}
