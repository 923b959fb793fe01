import { failureFromIndex } from '../../../pure/verdicts/from-index';
import type { Place, TokenInForce } from '../found';
import { INDEX_CAP_MS, MOST_BYTES } from '../limits';
import type { Climber } from '../run';
import { broke, ok } from '../step';

/** The index with the token, as pip asks it; only the head of the answer is read. */
export const index: Climber = async (run, signal) => {
  const { found, deps } = run;
  const { token } = found.token as TokenInForce;
  const place = found.repository.place as Place;
  const login = Buffer.from(`aws:${token.reveal()}`).toString('base64');
  const outcome = await deps.network.get(
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
      ...(found.pipCa ? { ca: found.pipCa } : {})
    },
    signal
  );
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
    : ok(`answers (HTTP ${status})`, evidence);
};
