import { probedAddresses } from '../../protocol/messages/evidence';
import type { CheckId } from '../../protocol/rung';
import type { Settings } from '../../protocol/settings';
import type { Evidence } from '../core/evidence';
import type { FixContext } from './fixes/fix-facts';
import { CHECKS } from '../../protocol/checks';
import { type Findings } from './findings';
import { ownerIn } from './checks/package-tools';
import { ownPipProxy } from './pip-proxy';
import type { CheckResult } from './check-result';
import { principalOf } from '../core/principal';

/** `vpce-0abc…` in an endpoint's own host name. */
const endpointId = (host: string | undefined): string | undefined =>
  /^(vpce-[0-9a-f]+)-/.exec(host ?? '')?.[1];

/** At public addresses only: a silent private one is an endpoint that is there, and wants its security group opened. */
const isMissing = (step: CheckResult | undefined): boolean =>
  step?.kind === 'failed' &&
  step.failure.cause === 'tcp_silent' &&
  step.failure.evidence.addressClass === 'public';

/** What SageMaker tells of the notebook. */
function ofNotebook(findings: Findings): Partial<FixContext> {
  const { notebook } = findings;
  const roleArn = callerOf(findings);
  return {
    ...(roleArn ? { roleArn } : {}),
    ...(notebook
      ? {
          notebookRegion: notebook.region,
          ...(notebook.instance ? { notebookInstance: notebook.instance } : {}),
          ...(notebook.studioDomain ? { studioDomain: notebook.studioDomain } : {})
        }
      : {})
  };
}

/**
 * The caller's ARN, with the role's path where SageMaker tells it: a session's ARN, which is what credentials name at
 * most, leaves the path out. Only the notebook's own credentials are its role's; a profile's are somebody else's.
 */
export function callerOf({ credentials, notebook }: Findings): string | undefined {
  const role = principalOf(notebook?.executionRole ?? '');
  const caller = principalOf(credentials?.principal ?? '');
  const same = caller.name === role.name && caller.account === role.account;
  const own = /^(container|instance) role$/.test(credentials?.source ?? '');
  return role.iamArn !== undefined && (same || (own && credentials?.principal === undefined))
    ? role.iamArn
    : credentials?.principal;
}

/** What is known from inside the notebook, for filling in a fix. */
export function fixContext(
  rung: CheckId,
  evidence: Evidence,
  settings: Settings,
  findings: Findings,
  resultOf: (id: CheckId) => CheckResult | undefined
): FixContext {
  const side = CHECKS[rung].side;
  const route = side === 'api' ? findings.api : findings.repository;
  const { credentials, region } = findings;
  const { domain, repository, profile } = settings;
  const pipProxy = route.endpoint?.proxy && ownPipProxy(findings.pipNetwork, route.endpoint.proxy);
  const owner =
    settings.domainOwner || ownerIn(findings.repositoryEndpoint ?? '') || credentials?.accountId || '';
  const api = endpointId(findings.api.endpoint?.host);
  const repositories = endpointId(findings.repository.endpoint?.host);
  const probed = probedAddresses(evidence);
  const addresses = probed.some(one => one.error !== undefined || one.ms !== undefined) ? probed : undefined;
  return {
    rung,
    region: region?.region ?? settings.region,
    domain,
    domainOwner: owner,
    repository,
    profile,
    apiHost: findings.api.endpoint?.host ?? '',
    repositoryHost: findings.repository.endpoint?.host ?? '',
    ...(credentials ? { credentialSource: credentials.source } : {}),
    ...(credentials?.accountId ? { accountId: credentials.accountId } : {}),
    ...(pipProxy ? { pipProxy } : {}),
    ...(route.addressClass ? { addressClass: route.addressClass } : {}),
    ...(addresses ? { addresses } : {}),
    ...(api || repositories
      ? { vpcEndpointIds: { ...(api ? { api } : {}), ...(repositories ? { repositories } : {}) } }
      : {}),
    ...(isMissing(resultOf('tcp.api')) && isMissing(resultOf('tcp.repository'))
      ? { otherEndpointSilent: true }
      : {}),
    ...ofNotebook(findings)
  };
}
