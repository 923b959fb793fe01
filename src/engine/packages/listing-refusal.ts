import type { Rung } from '../../protocol/rung';
import type { Settings } from '../../protocol/settings';
import type { Verdict } from '../../protocol/verdict';
import type { Failure } from '../core/failure';
import { fixFor } from '../diagnosis/fixes/fix-for';
import { evidenceJson } from '../diagnosis/evidence-json';
import type { ApiAccess } from './api-access';
import { together, trans } from '../core/say';

/** What was found out before the list was refused; filled on the way. */
export interface Known {
  settings?: Settings;
  reach?: Pick<ApiAccess, 'region' | 'principal'>;
}

/** The part of a listing's answer that says why there is none; its one rung carries the fix, with real names. */
export function listingRefusal(
  failure: Failure,
  { settings, reach }: Known = {}
): { schema: 1; verdict: Verdict; summary: string; rungs: Rung[] } {
  const { verdict, evidence, cause } = failure;
  const fix = fixFor(failure, {
    // Lists are asked for at the API endpoint, whose policy may be what refuses.
    rung: 'endpoint',
    region: reach?.region ?? settings?.region ?? '',
    domain: settings?.domain ?? '',
    domainOwner: settings?.domainOwner ?? '',
    repository: settings?.repository ?? '',
    profile: settings?.profile ?? '',
    apiHost: '',
    repositoryHost: '',
    ...(reach?.principal && { roleArn: reach.principal })
  });
  const summary = cause === 'denied' ? together(failure.summary, NOT_NEEDED) : failure.summary;
  const rung: Rung = {
    id: 'endpoint',
    title: 'List',
    verdict,
    ms: 0,
    summary: failure.summary,
    evidence: { ...evidenceJson(evidence), cause },
    ...(fix && { fix })
  };
  return { schema: 1, verdict, summary, rungs: [rung] };
}

/** A list is a convenience: nobody should take its refusal for a broken connection. */
const NOT_NEEDED = trans.__(
  'Connecting does without it; "jupyter codeartifact policy --for role --listing" prints what the role needs for it.'
);
