import type { HttpAnswer } from '../../net/http-get';
import { skewSecondsOf, skewWords } from '../../core/clock-skew';
import type { Failure } from '../../core/failure';
import type { Endpoint } from '../findings';
import { HTTP_CAP_MS, MOST_BYTES } from '../limits';
import type { Check } from '../diagnosis';
import { failedCheck, passed } from '../check-result';

/**
 * An unsigned request: any answer of AWS proves the path, and costs no quota of tokens. A web page is a
 * proxy's. The Date header tells the clock.
 */
export const httpApi: Check = async (run, signal) => {
  const { api, ca } = run.findings;
  const endpoint = api.endpoint as Endpoint;
  const outcome = await run.deps.network.get(
    {
      url: `${endpoint.url}/`,
      address: api.address ?? endpoint.host,
      capMs: HTTP_CAP_MS,
      mostBytes: MOST_BYTES,
      ...(endpoint.proxy ? { proxy: endpoint.proxy } : {}),
      ...(ca ? { ca: [ca.pem] } : {})
    },
    signal
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
  const stranger = notAws(answer, endpoint.host, evidence);
  if (stranger) {
    return failedCheck(stranger);
  }
  const skewSeconds = skewSecondsOf(
    Date.parse(answer.headers.date ?? '') || undefined,
    run.deps.runtime.clock.now()
  );
  return skewSeconds === undefined
    ? passed(`answers (HTTP ${answer.status})`, evidence)
    : passed(
        `answers (HTTP ${answer.status})`,
        { ...evidence, skewSeconds },
        {
          verdict: 'clock_skew',
          cause: 'clock_skewed',
          summary: `The clock of this notebook is ${skewWords(skewSeconds)}.`,
          evidence: { skewSeconds }
        }
      );
};

/** CodeArtifact's API sends JSON, whatever the status: a page or a redirect is somebody else's. */
function notAws(
  answer: HttpAnswer,
  host: string,
  evidence: Readonly<Record<string, unknown>>
): Failure | null {
  const { status, headers, body } = answer;
  if (status === 407) {
    const summary = `A proxy on the way to ${host} asks for a user name and password (HTTP 407).`;
    return { verdict: 'proxy', cause: 'http_proxy_auth', summary, evidence };
  }
  const page =
    (headers['content-type'] ?? '').toLowerCase().startsWith('text/html') ||
    /^\s*<(!doctype|html)/i.test(body);
  if (page || (status >= 300 && status < 400)) {
    const summary = `A proxy answered instead of ${host}: it sent a web page (HTTP ${status}).`;
    return { verdict: 'proxy', cause: 'http_proxy_page', summary, evidence };
  }
  return null;
}
