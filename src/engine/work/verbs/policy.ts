import type { Verdict } from '../../../protocol/verdict';
import type { Failure, Outcome } from '../../pure/verdicts/failure';
import { type PolicyKind, policyFor } from '../../pure/verdicts/policies';
import type { VerbDeps } from './deps';
import type { Prepared } from './prepare';

/** A least-privilege policy with the real ARNs, ready to paste. Asks CodeArtifact nothing. */
export async function policy(
  deps: VerbDeps,
  prepared: Outcome<Prepared>,
  kind: PolicyKind,
  signal: AbortSignal
): Promise<{ verdict: Verdict; text: string }> {
  if (!prepared.ok) {
    return refused(prepared.failure);
  }
  const { world, ladder } = deps;
  const { settings } = prepared.value;
  const found = await ladder.aws.findRegion(world, settings, ladder.readText, signal);
  if (!found.ok) {
    return refused(found.failure);
  }
  const { region } = found.value;
  const asked = { profile: settings.profile, region, readText: ladder.readText };
  const caller = await ladder.aws.findCredentials(world, asked, signal);
  const roleArn = caller.ok ? caller.value.principal : undefined;
  const { domain, domainOwner, repository } = settings;
  const facts = { region, domain, domainOwner, repository, ...(roleArn && { roleArn }) };
  return { verdict: 'ok', text: JSON.stringify(policyFor(kind, facts), null, 2) };
}

const refused = ({ verdict, summary }: Failure) => ({ verdict, text: summary });
