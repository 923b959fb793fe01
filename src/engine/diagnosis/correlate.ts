import { trans } from '../core/say';
import type { CheckId } from '../../protocol/rung';
import { type Failure, withFacts } from '../core/failure';
import { failedCheck, passed, type CheckResult } from './check-result';

/** Failures that a broken way explains: a probe of the way knows better than the call that took it. */
export const isRouteFailure = ({ verdict, cause }: Failure): boolean =>
  ['dns', 'timeout', 'refused', 'tls', 'proxy'].includes(verdict) || cause === 'http_garbage';

/** What only an unsigned request met; a signed one that was answered disproves it. */
const PERHAPS_ONLY_THE_PROBE: readonly string[] = ['http_silent', 'tcp_reset', 'http_garbage'];

/** Whether AWS itself has answered a call: it passed, or the refusal bears AWS's request id. */
const answered = (step: CheckResult | undefined): boolean =>
  (step?.kind === 'ok' && step.evidence?.requestId !== undefined) ||
  (step?.kind === 'failed' && step.failure.evidence.requestId !== undefined);

/**
 * A rung's outcome in the light of the others.
 * - The unsigned request got no answer, but the signed ones did: the way is there, it is only said.
 * - AWS refused a signature because of the time: that is the notebook's clock, so the first rung is
 *   the broken one and the call waits on it.
 */
export function correlate(
  id: CheckId,
  step: CheckResult,
  resultOf: (id: CheckId) => CheckResult | undefined
): { readonly step: CheckResult; readonly environment?: CheckResult } {
  if (step.kind !== 'failed') {
    return { step };
  }
  const { failure } = step;
  if (
    id === 'http.api' &&
    PERHAPS_ONLY_THE_PROBE.includes(failure.cause) &&
    (answered(resultOf('token')) || answered(resultOf('endpoint')))
  ) {
    return { step: passed(trans.__('answers to signed requests'), failure.evidence, failure) };
  }
  if (failure.verdict === 'clock_skew' && id !== 'environment') {
    const environment = resultOf('environment');
    const known = environment?.kind === 'ok' ? environment.evidence : undefined;
    if (!known) {
      // The other call has said so already.
      return { step: { kind: 'blocked', because: 'environment' } };
    }
    return {
      step: { kind: 'blocked', because: 'environment' },
      environment: failedCheck(withFacts(failure, known))
    };
  }
  return { step };
}
