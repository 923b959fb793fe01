import type { Verdict } from '../../protocol/verdict';
import type { Failure, Outcome } from '../core/failure';
import { type PolicyKind, type PolicyOptions, policyFor } from '../diagnosis/policies/policies';
import type { EngineDeps } from '../connection/engine-deps';
import type { Prepared } from '../connection/request';
import { apiAccess } from '../packages/api-access';

/** A least-privilege policy with the real ARNs, ready to paste. Asks CodeArtifact nothing. */
export async function policy(
  deps: EngineDeps,
  prepared: Outcome<Prepared>,
  kind: PolicyKind,
  options: PolicyOptions,
  signal: AbortSignal
): Promise<{ verdict: Verdict; text: string }> {
  if (!prepared.ok) {
    return refused(prepared.failure);
  }
  const { settings } = prepared.value;
  const reached = await apiAccess(deps, prepared.value, signal);
  if (!reached.ok && reached.failure.verdict === 'invalid_settings') {
    return refused(reached.failure);
  }
  // Without credentials the policy is still worth printing: it names the account instead of the role.
  const region = reached.ok ? reached.value.region : settings.region;
  const roleArn = reached.ok ? reached.value.principal : undefined;
  const { domain, domainOwner, repository } = settings;
  const facts = { region, domain, domainOwner, repository, ...(roleArn && { roleArn }) };
  return { verdict: 'ok', text: JSON.stringify(policyFor(kind, facts, options), null, 2) };
}

const refused = ({ verdict, summary }: Failure) => ({ verdict, text: summary });
