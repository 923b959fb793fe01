import type { HttpAnswer } from '../../../outside/network/fetch';
import { skewSecondsOf, skewWords } from '../../../pure/verdicts/clock-skew';
import type { Failure } from '../../../pure/verdicts/failure';
import type { Place } from '../found';
import { HTTP_CAP_MS, MOST_BYTES } from '../limits';
import type { Climber } from '../run';
import { broke, ok } from '../step';

/**
 * An unsigned request: any answer of AWS proves the path, and costs no quota of tokens. A web page is a
 * proxy's. The Date header tells the clock.
 */
export const httpApi: Climber = async (run, signal) => {
  const { api, ca } = run.found;
  const place = api.place as Place;
  const outcome = await run.deps.network.get(
    {
      url: `${place.url}/`,
      address: api.address ?? place.host,
      capMs: HTTP_CAP_MS,
      mostBytes: MOST_BYTES,
      ...(place.proxy ? { proxy: place.proxy } : {}),
      ...(ca ? { ca: [ca.pem] } : {})
    },
    signal
  );
  if (!outcome.ok) {
    return broke(outcome.failure);
  }
  const answer = outcome.value;
  const requestId = answer.headers['x-amzn-requestid'] ?? answer.headers['x-amz-request-id'];
  const server = answer.headers.server;
  const evidence = {
    host: place.host,
    status: answer.status,
    ...(requestId ? { requestId } : {}),
    ...(server ? { server: server.slice(0, 80) } : {})
  };
  const stranger = notAws(answer, place.host, evidence);
  if (stranger) {
    return broke(stranger);
  }
  const skewSeconds = skewSecondsOf(
    Date.parse(answer.headers.date ?? '') || undefined,
    run.deps.world.clock.now()
  );
  return skewSeconds === undefined
    ? ok(`answers (HTTP ${answer.status})`, evidence)
    : ok(
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
