import type { HttpAnswer } from '../../net/http-get';
import { skewSecondsOf } from '../../core/clock-skew';
import { type EvidenceOf, type Failure, failure } from '../../core/failure';
import type { Endpoint } from '../findings';
import { attemptWords, withRetries } from '../../runtime/retry';
import { HTTP_CAP_MS, MOST_BYTES } from '../limits';
import type { Check } from '../diagnosis';
import { concern, failedCheck, passed } from '../check-result';

/**
 * An unsigned request: any answer of AWS proves the path, and costs no quota of tokens. A web page is a
 * proxy's. The Date header tells the clock.
 */
export const httpApi: Check = {
  needs: ['tls.api'],
  async run(run, signal) {
    const { api, ca } = run.findings;
    const endpoint = api.endpoint as Endpoint;
    const { runtime, network } = run.deps;
    const { outcome, attempts } = await withRetries(runtime, HTTP_CAP_MS, signal, capMs =>
      network.get(
        {
          url: `${endpoint.url}/`,
          address: api.address ?? endpoint.host,
          capMs,
          mostBytes: MOST_BYTES,
          ...(endpoint.proxy ? { proxy: endpoint.proxy } : {}),
          ...(ca ? { ca: [ca.pem] } : {})
        },
        signal
      )
    );
    if (!outcome.ok) {
      return failedCheck(outcome.failure);
    }
    const answer = outcome.value;
    const requestId = answer.headers['x-amzn-requestid'] ?? answer.headers['x-amz-request-id'];
    const server = answer.headers.server;
    const evidence = {
      host: endpoint.host,
      status: answer.status,
      ...(requestId ? { requestId } : {}),
      ...(server ? { server: server.slice(0, 80) } : {})
    };
    const stranger = notAws(answer, evidence);
    if (stranger) {
      return failedCheck(stranger);
    }
    const skewSeconds = skewSecondsOf(
      Date.parse(answer.headers.date ?? '') || undefined,
      run.deps.runtime.clock.now()
    );
    const again = attemptWords(attempts);
    const said = again ? `answers (HTTP ${answer.status}); ${again}` : `answers (HTTP ${answer.status})`;
    return skewSeconds === undefined
      ? passed(said, evidence)
      : passed(said, { ...evidence, skewSeconds }, concern('clock_off', { skewSeconds }));
  }
};

/** CodeArtifact's API sends JSON, whatever the status: a page or a redirect is somebody else's. */
function notAws(answer: HttpAnswer, evidence: EvidenceOf['http_proxy_page']): Failure | null {
  const { status, headers, body } = answer;
  if (status === 407) {
    return failure('http_proxy_auth', evidence);
  }
  const page =
    (headers['content-type'] ?? '').toLowerCase().startsWith('text/html') ||
    /^\s*<(!doctype|html)/i.test(body);
  if (page || (status >= 300 && status < 400)) {
    return failure('http_proxy_page', evidence);
  }
  return null;
}
