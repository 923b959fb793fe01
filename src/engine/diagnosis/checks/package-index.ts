import { trans } from '../../core/say';
import { failureFromIndex } from '../classify/index-response';
import type { Endpoint, TokenInUse } from '../findings';
import { INDEX_CAP_MS, MOST_BYTES } from '../limits';
import { done, type Outcome, withFacts } from '../../core/failure';
import type { HttpAnswer } from '../../net/http-get';
import { attemptWords, withRetries } from '../../runtime/retry';
import type { Check } from '../diagnosis';
import { checksCertificate, isOfCertificate } from '../index-trust';
import { failedCheck, passed } from '../check-result';

/** The index with the token, as pip asks it; only the head of the answer is read. */
export const index: Check = {
  needs: ['token', 'endpoint', 'tcp.repository'],
  probes: ['tls.repository'],
  async run(run, signal) {
    const { findings, deps } = run;
    const { token } = findings.token as TokenInUse;
    const endpoint = findings.repository.endpoint as Endpoint;
    const login = Buffer.from(`aws:${token.reveal()}`).toString('base64');
    const { outcome, attempts } = await withRetries(deps.runtime, INDEX_CAP_MS, signal, async capMs => {
      const request = {
        url: endpoint.url,
        address: findings.repository.address ?? endpoint.host,
        headers: { Accept: 'application/vnd.pypi.simple.v1+json, text/html;q=0.9' },
        capMs,
        mostBytes: MOST_BYTES,
        ...(endpoint.proxy ? { proxy: endpoint.proxy } : {})
      };
      const answer = await deps.network.get(
        {
          ...request,
          headers: { ...request.headers, Authorization: `Basic ${login}` },
          ...(findings.indexCa ? { ca: findings.indexCa } : {})
        },
        signal
      );
      const unchecked = findings.trusts?.some(trust => !checksCertificate(trust, endpoint));
      if (!answer.ok && unchecked && isOfCertificate(answer.failure)) {
        // A tool goes on there, with its token; ours is not shown to somebody whom nobody knows.
        const other = await deps.network.get({ ...request, unverified: true }, signal);
        return other.ok && other.value.status === 401 ? other : answer;
      }
      return answer.ok ? judged(answer.value, endpoint, run.request.settings.repository) : answer;
    });
    if (!outcome.ok) {
      return failedCheck(outcome.failure);
    }
    const again = attemptWords(attempts);
    const said = `answers (HTTP ${outcome.value.status})`;
    return passed(again ? trans.__('%1; %2', said, again) : said, {
      ...factsOf(outcome.value, endpoint),
      ...(again ? { attempts } : {})
    });
  }
};

const factsOf = ({ status, headers }: HttpAnswer, { url }: Endpoint) => {
  const requestId = headers['x-amzn-requestid'];
  return { status, url, ...(requestId ? { requestId } : {}) };
};

/** The answer, or what it says is wrong. */
function judged(answer: HttpAnswer, endpoint: Endpoint, repository: string): Outcome<HttpAnswer> {
  const { status, headers, body } = answer;
  const retryAfter = Number(headers['retry-after']);
  const failure = failureFromIndex(
    {
      status,
      body,
      ...(headers['content-type'] ? { contentType: headers['content-type'] } : {}),
      ...(headers.server ? { server: headers.server } : {})
    },
    { host: endpoint.host, repository, ...(retryAfter >= 0 ? { retryAfterSeconds: retryAfter } : {}) }
  );
  return failure ? { ok: false, failure: withFacts(failure, factsOf(answer, endpoint)) } : done(answer);
}
