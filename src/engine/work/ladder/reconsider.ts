import type { RungId } from '../../../protocol/rung';
import type { Failure } from '../../pure/verdicts/failure';
import { broke, ok, type Step } from './step';

/** Failures that a broken way explains: a probe of the way knows better than the call that took it. */
export const isOfTheWay = ({ verdict, cause }: Failure): boolean =>
  ['dns', 'timeout', 'refused', 'tls', 'proxy'].includes(verdict) || cause === 'http_garbage';

/** What only an unsigned request met; a signed one that was answered disproves it. */
const PERHAPS_ONLY_THE_PROBE: readonly string[] = ['http_silent', 'tcp_reset', 'http_garbage'];

/** Whether AWS itself has answered a call: it passed, or the refusal bears AWS's request id. */
const answered = (step: Step | undefined): boolean =>
  (step?.kind === 'ok' && step.evidence?.requestId !== undefined) ||
  (step?.kind === 'failed' && step.failure.evidence.requestId !== undefined);

/**
 * A rung's outcome in the light of the others.
 * - The unsigned request got no answer, but the signed ones did: the way is there, it is only said.
 * - AWS refused a signature because of the time: that is the notebook's clock, so the first rung is
 *   the broken one and the call waits on it.
 */
export function reconsidered(
  id: RungId,
  step: Step,
  stepOf: (id: RungId) => Step | undefined
): { readonly step: Step; readonly environment?: Step } {
  if (step.kind !== 'failed') {
    return { step };
  }
  const { failure } = step;
  if (
    id === 'http.api' &&
    PERHAPS_ONLY_THE_PROBE.includes(failure.cause) &&
    (answered(stepOf('token')) || answered(stepOf('endpoint')))
  ) {
    return { step: ok('answers to signed requests', failure.evidence, failure) };
  }
  if (failure.verdict === 'clock_skew' && id !== 'environment') {
    const environment = stepOf('environment');
    const known = environment?.kind === 'ok' ? environment.evidence : undefined;
    if (!known) {
      // The other call has said so already.
      return { step: { kind: 'blocked', because: 'environment' } };
    }
    return {
      step: { kind: 'blocked', because: 'environment' },
      environment: broke({ ...failure, evidence: { ...known, ...failure.evidence } })
    };
  }
  return { step };
}
