import { proxyFor } from '../../../outside/network/proxy';
import { checkEndpoint } from '../../../pure/settings/allowed-hosts';
import { trustedHosts } from '../../../pure/settings/endpoints';
import { indexUrl } from '../../../pure/settings/index-url';
import { failed } from '../../../pure/verdicts/failure';
import { placeOf } from '../found';
import type { Climber } from '../run';
import { broke, ok } from '../step';
import { withoutSource } from './without-source';

/** Where the repository is, as AWS answers; checked before a token is ever sent there. */
export const endpoint: Climber = async (run, signal) => {
  const { request, found, deps } = run;
  const { settings, allowedEndpointHosts } = request;
  const { domain, domainOwner, repository } = settings;
  const source = withoutSource(run, signal);
  source.catch(() => undefined);
  const outcome = await found.calls?.getRepositoryEndpoint({ domain, domainOwner, repository }, signal);
  if (!outcome) {
    return broke(failed('no_credentials', 'credentials_none', 'No AWS credentials were found.').failure);
  }
  if (!outcome.ok) {
    return broke(outcome.failure);
  }
  const { url: answer, requestId } = outcome.value;
  const { env } = deps.world;
  const index = indexUrl(answer, settings, found.region?.region ?? '');
  const allowed = checkEndpoint(
    index,
    { region: found.region?.region, allowedEndpointHosts, trustedHosts: trustedHosts(env) },
    settings.repositoriesEndpoint ? 'repositoriesEndpoint' : 'the repository endpoint that AWS answered with'
  );
  if (!allowed.ok) {
    return broke(allowed.failure);
  }
  found.repositoryEndpoint = answer;
  found.indexUrl = index;
  const assumed = found.repository.place;
  const place = placeOf(index, proxyFor(index, env, 'pip'));
  const same = assumed && assumed.host === place.host && assumed.port === place.port;
  found.repository.place = place;
  if (assumed && !same) {
    run.probeAgain();
  }
  run.open('endpoint');
  const evidence = {
    host: place.host,
    indexUrl: index,
    endpoint: answer,
    ...(requestId ? { requestId } : {})
  };
  return ok(place.host, evidence, await source, 'no_upstream');
};
