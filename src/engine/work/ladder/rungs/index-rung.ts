import { failureFromIndex } from '../../../pure/verdicts/from-index';
import type { Failure } from '../../../pure/verdicts/failure';
import type { Place, TokenInForce } from '../found';
import { INDEX_CAP_MS, MOST_BYTES } from '../limits';
import type { Climber, Run } from '../run';
import { broke, ok } from '../step';

/** The index with the token, as pip asks it; only the head of the answer is read. */
export const index: Climber = async (run, signal) => {
  const { found, deps } = run;
  const { token } = found.token as TokenInForce;
  const place = found.repository.place as Place;
  const login = Buffer.from(`aws:${token.reveal()}`).toString('base64');
  const [outcome, concern] = await Promise.all([
    deps.network.get(
      {
        url: place.url,
        address: found.repository.address ?? place.host,
        headers: {
          Authorization: `Basic ${login}`,
          Accept: 'application/vnd.pypi.simple.v1+json, text/html;q=0.9'
        },
        capMs: INDEX_CAP_MS,
        mostBytes: MOST_BYTES,
        ...(place.proxy ? { proxy: place.proxy } : {}),
        ...(found.ca ? { ca: [found.ca.pem] } : {})
      },
      signal
    ),
    withoutSource(run, signal)
  ]);
  if (!outcome.ok) {
    return broke(outcome.failure);
  }
  const { status, headers, body } = outcome.value;
  const requestId = headers['x-amzn-requestid'];
  const { repository } = run.request.settings;
  const retryAfter = Number(headers['retry-after']);
  const failure = failureFromIndex(
    {
      status,
      body,
      ...(headers['content-type'] ? { contentType: headers['content-type'] } : {}),
      ...(headers.server ? { server: headers.server } : {})
    },
    { host: place.host, repository, ...(retryAfter >= 0 ? { retryAfterSeconds: retryAfter } : {}) }
  );
  const evidence = { status, url: place.url, ...(requestId ? { requestId } : {}) };
  return failure
    ? broke({ ...failure, evidence: { ...evidence, ...failure.evidence } })
    : ok(`answers (HTTP ${status})`, evidence, concern);
};

/**
 * A repository with neither upstream nor external connection holds only what was published to it: pip then
 * says "no matching distribution". Asked in a diagnosis only, and only if the role may ask.
 */
async function withoutSource(run: Run, signal: AbortSignal): Promise<Failure | undefined> {
  const { calls } = run.found;
  if (run.request.mode !== 'diagnose' || !calls) {
    return undefined;
  }
  const { domain, domainOwner, repository } = run.request.settings;
  const outcome = await calls.describeRepository({ domain, domainOwner, repository }, signal);
  if (!outcome.ok || outcome.value.upstreams.length + outcome.value.externalConnections.length > 0) {
    return undefined;
  }
  return {
    verdict: 'not_found',
    cause: 'no_upstream',
    summary: `The repository ${repository} has neither an upstream nor an external connection: it holds only what was published to it.`,
    evidence: { repository }
  };
}
