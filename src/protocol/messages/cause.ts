import type { CheckId } from '../checks';
import type { Fixer } from '../fixer';
import type { FailureVerdict } from '../verdict';
import type { EvidenceFor, Field } from './evidence';
import type { Trans } from './trans';

/** Where a failure is told. */
export interface Place {
  /** The check that met it. */
  readonly check?: CheckId;
  /** It is the root cause, so that every check before it has passed. */
  readonly root?: boolean;
  /** A moment (milliseconds since the epoch) as the reader writes times. */
  readonly time?: (at: number) => string;
}

/** One text about a failure. */
export type Words<E> = (evidence: E, trans: Trans, place: Place) => string;

/** The one declaration of a cause. */
export interface CauseDeclaration<E> {
  readonly verdict: FailureVerdict;
  /** Facts without which the cause cannot be told. */
  readonly needs: readonly Field[];
  /** Who can fix it; otherwise the verdict's own answer. */
  readonly who?: Fixer;
  /** Otherwise the verdict's own headline. */
  readonly headline?: Words<E>;
  /** In one or two words, at the end of a row; otherwise the verdict's own. */
  readonly label?: (trans: Trans) => string;
  /** What happened and what it means: one or two whole sentences, never a secret, never an advice. */
  readonly sentence: Words<E>;
  /** Hosts, addresses, codes: what the panel shows as evidence and the terminal after the sentence. */
  readonly detail?: Words<E>;
}

interface Spec<N extends Field, O extends Field> extends Omit<CauseDeclaration<EvidenceFor<N, O>>, 'needs'> {
  readonly needs: readonly N[];
  /** Facts that it may have besides. */
  readonly may?: readonly O[];
}

export const cause = <N extends Field = never, O extends Field = never>({
  may: _,
  ...declaration
}: Spec<N, O>): CauseDeclaration<EvidenceFor<N, O>> => declaration;
