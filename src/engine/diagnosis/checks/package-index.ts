import { failureFromIndex } from '../classify/index-response';
import type { Endpoint, TokenInUse } from '../findings';
import { INDEX_CAP_MS, MOST_BYTES } from '../limits';
import { withFacts } from '../../core/failure';
import type { Check } from '../diagnosis';
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
    const outcome = await deps.network.get(
      {
        url: endpoint.url,
        address: findings.repository.address ?? endpoint.host,
        headers: {
          Authorization: `Basic ${login}`,
          Accept: 'application/vnd.pypi.simple.v1+json, text/html;q=0.9'
        },
        capMs: INDEX_CAP_MS,
        mostBytes: MOST_BYTES,
        ...(endpoint.proxy ? { proxy: endpoint.proxy } : {}),
        ...(findings.pipCa ? { ca: findings.pipCa } : {})
      },
      signal
    );
    if (!outcome.ok) {
      return failedCheck(outcome.failure);
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
      { host: endpoint.host, repository, ...(retryAfter >= 0 ? { retryAfterSeconds: retryAfter } : {}) }
    );
    const evidence = { status, url: endpoint.url, ...(requestId ? { requestId } : {}) };
    return failure ? failedCheck(withFacts(failure, evidence)) : passed(`answers (HTTP ${status})`, evidence);
  }
};
