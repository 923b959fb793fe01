import type { Cause } from '../../protocol/messages/describe';
import type { Place } from '../../protocol/messages/cause';
import { type Description, describeVerdict, plainWarning } from '../../protocol/messages/description';
import type { Fixer } from '../../protocol/fixer';
import type { Rung } from '../../protocol/rung';
import { type FailureVerdict, verdictLabel } from '../../protocol/verdict';
import type { Trans } from '../ui/trans';
import { said } from '../ui/trans';
import type { Line } from './evidence-lines';
import { words } from './load-words';
import type { IPathNode } from './path';

/*
 * The catalogue of causes is loaded with the first answer that tells of a failure. Where it cannot be loaded, a failure
 * is told by its verdict and by the sentence that the engine sent with it.
 */

export const causeOf = (rung: Rung): Cause | undefined => words.now?.causeOf(rung);

export const usualFixer = (cause: Cause): Fixer | null => words.now?.usualFixer(cause) ?? null;

export const describeRung = (rung: Rung, trans: Trans, place: Place = {}): Description =>
  words.now?.describeRung(rung, trans, place) ??
  describeVerdict(rung.verdict as FailureVerdict, said(rung.summary, trans), trans, {
    ...place,
    check: rung.id
  });

export const describeRungWarning = (rung: Rung, trans: Trans): Pick<Description, 'headline' | 'sentence'> =>
  words.now?.describeRungWarning(rung, trans) ?? plainWarning(rung, trans);

export const rungLabel = (rung: Rung, trans: Trans): string =>
  words.now?.rungLabel(rung, trans) ?? verdictLabel(trans, rung.verdict);

export const nodeLines = (trans: Trans, node: IPathNode): readonly Line[] =>
  words.now?.nodeLines(trans, node) ?? [];
