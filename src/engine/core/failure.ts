import type { Evidence } from '../../protocol/messages/evidence';
import { type Cause, describe, type EvidenceOf, verdictOf } from '../../protocol/messages/describe';
import { plainText } from '../../protocol/text';
import type { FailureVerdict } from '../../protocol/verdict';
import { together, trans } from './say';

export type { Cause, EvidenceOf } from '../../protocol/messages/describe';

/**
 * A failure is data: thrown errors are for our own bugs and for abort. Cause and evidence make it; verdict and summary
 * follow from them by the catalogue (protocol/messages), and only `failure` fills them in.
 */
export interface FailureOf<C extends Cause> {
  readonly cause: C;
  /** Facts, under the names of the JSON, never a secret; of those of other causes any may be read, and is undefined. */
  readonly evidence: EvidenceOf[C] & Evidence;
  readonly verdict: FailureVerdict;
  /** What happened, in plain English for terminals and logs. Never a secret, never an advice. */
  readonly summary: string;
}

export type Failure = { readonly [C in Cause]: FailureOf<C> }[Cause];

/** What an operation came to. */
export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value });

/** Makes a failure: the cause decides which evidence it wants. */
export function failure<C extends Cause>(cause: C, evidence: EvidenceOf[C]): Failure {
  const { sentence, detail } = describe(cause, evidence, trans);
  const summary = plainText(together(sentence, detail));
  return { cause, evidence, verdict: verdictOf(cause), summary } as unknown as Failure;
}

export const failed = <C extends Cause>(
  cause: C,
  evidence: EvidenceOf[C]
): { readonly ok: false; readonly failure: Failure } => ({ ok: false, failure: failure(cause, evidence) });

/** The same failure with what only the caller knows; a fact that it has already stays. */
export const withFacts = (known: Failure, facts: Evidence): Failure =>
  failure(known.cause, { ...facts, ...known.evidence } as EvidenceOf[typeof known.cause]);
