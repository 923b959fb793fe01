import type { Verdict } from '../../protocol/verdict';
import type { Failure, Outcome } from '../core/failure';
import { partitionOf } from '../core/partition';
import { principalOf } from '../core/principal';
import { requireSettings } from '../core/settings/validate';
import type { FixContext } from '../diagnosis/fixes/fix-facts';
import { addToEndpoint, endpointStatements } from '../diagnosis/fixes/endpoint-policy';
import { putPolicy, roleTemplate } from '../diagnosis/fixes/identity';
import { addToResource, resourceProperty } from '../diagnosis/fixes/resource-policy';
import { type PolicyKind, policyFor } from '../diagnosis/policies/policies';
import type { EngineDeps } from '../connection/engine-deps';
import type { Prepared } from '../connection/request';
import { apiAccess } from '../packages/api-access';
import type { PolicyFlags } from './policy-flags';

/** What a policy names: a domain's names no repository. */
const NEEDS: Readonly<Record<PolicyKind, readonly ('domain' | 'repository')[]>> = {
  role: ['domain', 'repository'],
  domain: ['domain'],
  repository: ['domain', 'repository'],
  'api-endpoint': ['domain', 'repository'],
  'repositories-endpoint': ['domain', 'repository']
};

export interface PrintedPolicy {
  readonly verdict: Verdict;
  /** The policy, or why there is none. */
  readonly text: string;
  /** Whom it lets in, where that was not said on the command line. */
  readonly note?: string;
}

/** A least-privilege policy with the real ARNs, ready to paste. Asks CodeArtifact nothing. */
export async function policy(
  deps: EngineDeps,
  prepared: Outcome<Prepared>,
  flags: PolicyFlags,
  signal: AbortSignal,
  elsewhere?: string
): Promise<PrintedPolicy> {
  const { kind } = flags;
  if (!prepared.ok) {
    return refused(prepared.failure);
  }
  const named = requireSettings(prepared.value.settings, NEEDS[kind]);
  if (!named.ok) {
    return refused(named.failure);
  }
  const { settings } = prepared.value;
  const reached = await apiAccess(deps, prepared.value, signal);
  if (!reached.ok && reached.failure.verdict === 'invalid_settings' && elsewhere === undefined) {
    return refused(reached.failure);
  }
  // Without credentials the policy is still worth printing, where it is said for whom.
  const own = reached.ok ? reached.value : undefined;
  const region = elsewhere ?? own?.region ?? settings.region;
  if (region === '') {
    return wrong('Which Region? Give --region, such as --region eu-central-1.');
  }
  const { domain, repository, profile } = settings;
  const roleArn = flags.admitted?.kind === 'role' ? flags.admitted.arn : own?.principal;
  const facts: FixContext = {
    rung: kind === 'repositories-endpoint' ? 'index' : 'token',
    region,
    domain,
    domainOwner: settings.domainOwner || own?.domainOwner || '',
    repository,
    profile,
    apiHost: '',
    repositoryHost: '',
    ...(roleArn && { roleArn }),
    ...(flags.admitted && { admitted: flags.admitted })
  };
  if (facts.domainOwner === '') {
    return wrong('Whose domain is it? Give --domain-owner, the 12 digits of the account that owns it.');
  }
  const role = principalOf(roleArn ?? '');
  const isRole = role.kind === 'role';
  if (isRole && role.partition !== partitionOf(region)) {
    return wrong(
      `The role ${roleArn} is of the partition ${role.partition}, and ${region} is in ${partitionOf(region)}: no policy there can name it. Give --role ARN of a role there.`
    );
  }
  if (!flags.admitted && !isRole && (kind !== 'role' || flags.form === 'bash')) {
    return wrong(
      kind === 'role'
        ? 'Which role? The credentials here are not those of a role: give --role ARN.'
        : 'Whom to let in? Give --role ARN, --account N or --organization o-...: the credentials here are not those of a role.'
    );
  }
  return { verdict: 'ok', text: inForm(facts, flags), ...note(facts, flags) };
}

const refused = ({ verdict, summary }: Failure): PrintedPolicy => ({ verdict, text: summary });
const wrong = (text: string): PrintedPolicy => ({ verdict: 'invalid_settings', text });

function inForm(facts: FixContext, { kind, form, listing, publish }: PolicyFlags): string {
  const options = { listing, publish };
  const side = kind === 'repositories-endpoint' ? 'repositories' : 'api';
  const bash = form === 'bash';
  switch (form === 'json' ? 'document' : kind) {
    case 'document':
      return JSON.stringify(policyFor(kind, facts, options), null, 2);
    case 'role': {
      const who = principalOf(facts.roleArn ?? '');
      return (bash ? putPolicy(facts, who, options) : roleTemplate(facts, who, options)).text.trimEnd();
    }
    case 'domain':
    case 'repository': {
      const holder = kind === 'domain' ? 'domain' : 'repository';
      const snippet = bash ? addToResource(facts, holder, options) : resourceProperty(facts, holder, options);
      return snippet.text.trimEnd();
    }
    case 'api-endpoint':
    case 'repositories-endpoint':
      return (
        bash ? addToEndpoint(facts, side, options) : endpointStatements(facts, side, options)
      ).text.trimEnd();
  }
}

/** What the text itself does not say, for stderr. */
function note(facts: FixContext, flags: PolicyFlags): { readonly note?: string } {
  const { kind, form, admitted } = flags;
  const said: string[] = [];
  if (!admitted && kind !== 'role') {
    const { name, account } = principalOf(facts.roleArn ?? '');
    said.push(
      `It lets in the role ${name} of account ${account}, whose credentials are here; --role, --account or --organization let in somebody else.`
    );
  }
  if (admitted?.kind === 'account' && admitted.account === facts.domainOwner && isResource(kind)) {
    said.push(
      'An account in a policy of its own domain grants nothing by itself: the policies of its roles must allow the same. --role lets one role in.'
    );
  }
  if (form !== 'bash' && kind !== 'role') {
    said.push(
      'AWS replaces such a policy as a whole: "--as bash" prints a command that keeps what stands there.'
    );
  }
  return said.length === 0 ? {} : { note: said.join('\n') };
}

const isResource = (kind: PolicyKind): boolean => kind === 'domain' || kind === 'repository';
