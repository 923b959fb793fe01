import { type Failure, withFacts } from '../../core/failure';
import { proxyFor } from '../../core/proxy';
import { classOfAll } from '../../net/address-class';
import { attemptWords } from '../../runtime/retry';
import type { Check, CheckContext } from '../diagnosis';
import { DNS_LIMITS } from '../limits';
import { failedCheck, passed } from '../check-result';
import { trans } from '../../core/say';

/** Who this notebook is to AWS. Also makes the calls that need it. */
export const credentials: Check = {
  needs: ['environment'],
  async run(run, signal) {
    const { deps, request, findings } = run;
    const { settings } = request;
    const region = findings.region?.region ?? '';
    const { env } = deps.runtime;
    const route = {
      proxyOf: (url: string) => proxyFor(url, env, 'aws')?.url ?? null,
      ...(findings.ca ? { ca: findings.ca.pem } : {})
    };
    const outcome = await deps.aws.findCredentials(
      deps.runtime,
      { profile: settings.profile, profileBy: request.profileBy, region, readText: deps.readText, ...route },
      signal
    );
    if (!outcome.ok) {
      return failedCheck(await whereItLeads(run, outcome.failure, signal));
    }
    const { source, role, principal, session, accountId, expiresAt, tried, attempts } = outcome.value;
    findings.credentials = outcome.value;
    findings.calls = deps.aws.createCalls({
      runtime: deps.runtime,
      region,
      endpoint: findings.apiEndpoint?.url ?? '',
      endpointType: settings.endpointType,
      credentials: outcome.value,
      ...route
    });
    const again = attemptWords(attempts);
    const who = role ? trans.__('%1, from %2', role, source) : `from ${source}`;
    return passed(again ? trans.__('%1; %2', who, again) : who, {
      source,
      ...(role ? { role } : {}),
      ...(principal ? { principal } : {}),
      ...(session ? { session } : {}),
      ...(again ? { attempts } : {}),
      ...(accountId ? { accountId } : {}),
      ...(expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt).toISOString() }),
      ...(tried.length > 0 ? { tried } : {})
    });
  }
};

/** Private or public: it tells a closed security group from an endpoint that is missing. */
async function whereItLeads({ deps }: CheckContext, met: Failure, signal: AbortSignal): Promise<Failure> {
  const { host = '' } = met.evidence;
  if (met.cause !== 'credential_service_silent') {
    return met;
  }
  const found = await deps.network.resolve(host.split(':')[0] ?? '', DNS_LIMITS, signal);
  if (!found.ok) {
    return met;
  }
  const { addresses } = found.value;
  const addressClass = classOfAll(addresses);
  return withFacts(met, {
    ...(addressClass ? { addressClass } : {}),
    addresses: addresses.map(address => ({ address }))
  });
}
