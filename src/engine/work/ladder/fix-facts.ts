import type { RungId } from '../../../protocol/rung';
import type { Settings } from '../../../protocol/settings';
import type { Failure } from '../../pure/verdicts/failure';
import type { FixFacts, ProbedAddress } from '../../pure/verdicts/fix-facts';
import { sideOf } from '../../pure/verdicts/hop';
import { type Found } from './found';
import { ownerIn } from './rungs/tools';
import type { Step } from './step';

/** `vpce-0abc…` in an endpoint's own host name. */
const endpointId = (host: string | undefined): string | undefined =>
  /^(vpce-[0-9a-f]+)-/.exec(host ?? '')?.[1];

/** At public addresses only: a silent private one is an endpoint that is there, and wants its security group opened. */
const isMissing = (step: Step | undefined): boolean =>
  step?.kind === 'failed' &&
  step.failure.cause === 'tcp_silent' &&
  step.failure.evidence.addressClass === 'public';

/** What is known from inside the notebook, for filling in a fix. */
export function fixFacts(
  rung: RungId,
  failure: Failure,
  settings: Settings,
  found: Found,
  stepOf: (id: RungId) => Step | undefined
): FixFacts {
  const side = sideOf(rung);
  const way = side === 'api' ? found.api : found.repository;
  const { credentials, region } = found;
  const { domain, repository, profile } = settings;
  const owner =
    settings.domainOwner || ownerIn(found.repositoryEndpoint ?? '') || credentials?.accountId || '';
  const api = endpointId(found.api.place?.host);
  const repositories = endpointId(found.repository.place?.host);
  const probed = failure.evidence.addresses;
  const addresses =
    Array.isArray(probed) && typeof probed[0] === 'object' ? (probed as ProbedAddress[]) : undefined;
  return {
    rung,
    region: region?.region ?? settings.region,
    domain,
    domainOwner: owner,
    repository,
    profile,
    apiHost: found.api.place?.host ?? '',
    repositoryHost: found.repository.place?.host ?? '',
    ...(credentials?.principal ? { roleArn: credentials.principal } : {}),
    ...(credentials?.accountId ? { accountId: credentials.accountId } : {}),
    ...(way.addressClass ? { addressClass: way.addressClass } : {}),
    ...(addresses ? { addresses } : {}),
    ...(api || repositories
      ? { vpcEndpointIds: { ...(api ? { api } : {}), ...(repositories ? { repositories } : {}) } }
      : {}),
    ...(isMissing(stepOf('tcp.api')) && isMissing(stepOf('tcp.repository'))
      ? { otherEndpointSilent: true }
      : {}),
    ...(found.notebookInstance ? { notebookInstance: found.notebookInstance } : {})
  };
}
