import { checkEndpoint } from '../../core/settings/allowed-hosts';
import { trustedHosts } from '../../core/settings/endpoints';
import { indexUrl } from '../../core/settings/index-url';
import { failure } from '../../core/failure';
import { attemptWords } from '../../runtime/retry';
import { endpointOf } from '../findings';
import { pipProxy } from '../pip-proxy';
import type { Check } from '../diagnosis';
import { failedCheck, passed } from '../check-result';
import { upstreamsWarning } from './upstreams';
import { trans } from '../../core/say';

/** Where the repository is, as AWS answers; checked before a token is ever sent there. */
export const endpoint: Check = {
  needs: ['credentials'],
  probes: ['dns.api', 'tcp.api', 'tls.api', 'http.api'],
  async run(run, signal) {
    const { request, findings, deps } = run;
    const { settings, allowedEndpointHosts } = request;
    const { domain, domainOwner, repository } = settings;
    const source = upstreamsWarning(run, signal);
    source.catch(() => undefined);
    const outcome = await findings.calls?.getRepositoryEndpoint({ domain, domainOwner, repository }, signal);
    if (!outcome) {
      return failedCheck(failure('credentials_not_sent', {}));
    }
    if (!outcome.ok) {
      return failedCheck(outcome.failure);
    }
    const { url: answer, requestId, attempts } = outcome.value;
    const again = attemptWords(attempts);
    const { env } = deps.runtime;
    const index = indexUrl(answer, settings, findings.region?.region ?? '');
    const allowed = checkEndpoint(
      index,
      { region: findings.region?.region, allowedEndpointHosts, trustedHosts: trustedHosts(env) },
      settings.repositoriesEndpoint
        ? 'repositoriesEndpoint'
        : trans.__('the repository endpoint that AWS answered with')
    );
    if (!allowed.ok) {
      return failedCheck(allowed.failure);
    }
    findings.repositoryEndpoint = answer;
    findings.indexUrl = index;
    const assumed = findings.repository.endpoint;
    const endpoint = endpointOf(index, pipProxy(run, index));
    const same = assumed && assumed.host === endpoint.host && assumed.port === endpoint.port;
    findings.repository.endpoint = endpoint;
    if (assumed && !same) {
      run.probeAgain();
    }
    run.open('endpoint');
    const evidence = {
      host: endpoint.host,
      indexUrl: index,
      endpoint: answer,
      ...(requestId ? { requestId } : {}),
      ...(again ? { attempts } : {})
    };
    return passed(again ? trans.__('%1; %2', endpoint.host, again) : endpoint.host, evidence, await source);
  }
};
