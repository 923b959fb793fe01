import type { CheckContext } from '../diagnosis';
import { concern, type Concern } from '../check-result';

/**
 * A repository with neither upstream nor external connection holds only what was published to it: pip then
 * says "no matching distribution". Asked in a diagnosis only, and only if the role may ask.
 */
export async function noUpstreamWarning(
  run: CheckContext,
  signal: AbortSignal
): Promise<Concern | undefined> {
  const { calls } = run.findings;
  if (run.request.mode !== 'diagnose' || !calls) {
    return undefined;
  }
  const { domain, domainOwner, repository } = run.request.settings;
  const outcome = await calls.describeRepository({ domain, domainOwner, repository }, signal);
  if (!outcome.ok || outcome.value.upstreams.length + outcome.value.externalConnections.length > 0) {
    return undefined;
  }
  return concern('no_upstream', { repository });
}
