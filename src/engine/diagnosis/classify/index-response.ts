import type { Failure } from '../../core/failure';
import { parseDenial } from '../../aws/denial';
import { POLICY_WORDS } from '../../aws/access-denied';

/** What the package index answered to a request with a token. */
export interface IndexAnswer {
  readonly status: number;
  readonly contentType?: string;
  readonly server?: string;
  /** The beginning of the body is enough. */
  readonly body: string;
}

export interface IndexPlace {
  readonly host: string;
  readonly repository?: string;
  readonly retryAfterSeconds?: number;
}

/** PEP 503 pages are HTML too: a page is an index's when it has links or says that it is one. */
const isIndexPage = (body: string): boolean =>
  /<a\s|simple index|pypi:repository-version/i.test(body.slice(0, 4096));

const isJson = (type: string): boolean => /^application\/(vnd\.pypi\.simple\.v\d+\+json|json)/i.test(type);

/**
 * Null when the index works. 401 and 404 both have been reported for a token that is not valid, so
 * a 404 says what it may mean and no more; HTML that is no index is a proxy's, never AccessDenied.
 */
export function failureFromIndex(response: IndexAnswer, at: IndexPlace): Failure | null {
  const { status, body } = response;
  const type = (response.contentType ?? '').toLowerCase();
  const html = type.startsWith('text/html') || /^\s*<(!doctype|html)/i.test(body.slice(0, 200));
  const server = response.server === undefined ? {} : { server: response.server.slice(0, 80) };
  const evidence = { host: at.host, status, ...server };
  const repository = at.repository === undefined ? 'the repository' : `repository ${at.repository}`;
  if (status >= 200 && status < 300) {
    if (isJson(type) || (html && isIndexPage(body)) || body.trim() === '') {
      return null;
    }
    return html
      ? page(at.host, status, evidence)
      : {
          verdict: 'service_error',
          cause: 'http_garbage',
          summary: `${at.host} answered with something that is not a package index.`,
          evidence
        };
  }
  if (status === 407) {
    const summary = `A proxy on the way to ${at.host} asks for a user name and password (HTTP 407).`;
    return { verdict: 'proxy', cause: 'http_proxy_auth', summary, evidence };
  }
  if (html && (status === 403 || status === 502 || status === 503 || status === 504 || status < 400)) {
    return page(at.host, status, evidence);
  }
  switch (status) {
    case 401: {
      const summary = `The package index does not accept the token (HTTP 401): it has ended, or is of another Region or domain.`;
      return { verdict: 'expired_credentials', cause: 'index_unauthorized', summary, evidence };
    }
    case 403: {
      const denial = parseDenial(messageIn(body));
      const by = denial.policyType === 'unknown' ? '' : `, by a ${POLICY_WORDS[denial.policyType]}`;
      const summary = `The package index refuses to let this notebook read from ${repository} (HTTP 403)${by}.`;
      const read = { ...denial, action: denial.action ?? 'codeartifact:ReadFromRepository' };
      return { verdict: 'access_denied', cause: 'index_denied', summary, evidence: { ...evidence, ...read } };
    }
    case 404: {
      const summary = `The package index answers "not found" (HTTP 404) for ${repository}: the name is wrong, or the token may not see it.`;
      return { verdict: 'not_found', cause: 'index_not_found', summary, evidence };
    }
    case 429: {
      const wait = at.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: at.retryAfterSeconds };
      const summary = 'The package index asked us to wait: too many requests at once.';
      return { verdict: 'throttled', cause: 'throttled', summary, evidence: { ...evidence, ...wait } };
    }
  }
  if (status >= 500) {
    const summary = `AWS has a problem: the package index answered with HTTP ${status}.`;
    return { verdict: 'service_error', cause: 'aws_fault', summary, evidence };
  }
  if (status >= 300 && status < 400) {
    return page(at.host, status, evidence);
  }
  const summary = `The package index rejects the request (HTTP ${status}).`;
  return { verdict: 'service_error', cause: 'rejected', summary, evidence };
}

const page = (host: string, status: number, evidence: Readonly<Record<string, unknown>>): Failure => ({
  verdict: 'proxy',
  cause: 'http_proxy_page',
  summary: `A proxy answered instead of ${host}: it sent a web page (HTTP ${status}).`,
  evidence
});

/** AWS's errors are JSON with a `message`; anything else is read as it stands. */
function messageIn(body: string): string {
  try {
    const { message } = JSON.parse(body) as { message?: unknown };
    return typeof message === 'string' ? message : body;
  } catch {
    return body;
  }
}
