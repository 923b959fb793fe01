import { proxyFor } from '../../core/proxy';
import { attemptWords } from '../../runtime/retry';
import type { Check } from '../diagnosis';
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
      return failedCheck(outcome.failure);
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
    return passed(again ? `${who}; ${again}` : who, {
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
