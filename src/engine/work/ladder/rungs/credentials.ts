import { proxyFor } from '../../../outside/network/proxy';
import type { Climber } from '../run';
import { broke, ok } from '../step';

/** Who this notebook is to AWS. Also makes the calls that need it. */
export const credentials: Climber = async (run, signal) => {
  const { deps, request, found } = run;
  const { settings } = request;
  const region = found.region?.region ?? '';
  const { env } = deps.world;
  const way = {
    proxyOf: (url: string) => proxyFor(url, env, 'aws')?.url ?? null,
    ...(found.ca ? { ca: found.ca.pem } : {})
  };
  const outcome = await deps.aws.findCredentials(
    deps.world,
    { profile: settings.profile, region, readText: deps.readText, ...way },
    signal
  );
  if (!outcome.ok) {
    return broke(outcome.failure);
  }
  const { source, role, principal, accountId, expiresAt, tried } = outcome.value;
  found.credentials = outcome.value;
  found.calls = deps.aws.createCalls({
    world: deps.world,
    region,
    endpoint: found.apiEndpoint?.url ?? '',
    endpointType: settings.endpointType,
    credentials: outcome.value,
    ...way
  });
  return ok(role ? `${role}, from ${source}` : `from ${source}`, {
    source,
    ...(role ? { role } : {}),
    ...(principal ? { principal } : {}),
    ...(accountId ? { accountId } : {}),
    ...(expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt).toISOString() }),
    ...(tried.length > 0 ? { tried } : {})
  });
};
