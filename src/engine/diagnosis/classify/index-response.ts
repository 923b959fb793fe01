import { type Failure, failure } from '../../core/failure';
import { parseDenial } from '../../aws/denial';

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
  const { retryAfterSeconds } = at;
  const wait = retryAfterSeconds === undefined ? {} : { retryAfterSeconds };
  const repository = at.repository === undefined ? {} : { repository: at.repository };
  if (status >= 200 && status < 300) {
    if (isJson(type) || (html && isIndexPage(body)) || body.trim() === '') {
      return null;
    }
    return failure(html ? 'http_proxy_page' : 'http_garbage', evidence);
  }
  if (status === 407) {
    return failure('http_proxy_auth', evidence);
  }
  if (html && (status === 403 || status === 502 || status === 503 || status === 504 || status < 400)) {
    return failure('http_proxy_page', evidence);
  }
  switch (status) {
    case 401:
      return failure('index_unauthorized', evidence);
    case 403: {
      const denial = parseDenial(messageIn(body));
      const action = denial.action ?? 'codeartifact:ReadFromRepository';
      return failure('index_denied', { ...evidence, ...denial, action, ...repository });
    }
    case 404:
      return failure('index_not_found', { ...evidence, ...repository });
    case 429: {
      return failure('throttled', {
        ...evidence,
        ...wait
      });
    }
  }
  if (status >= 500) {
    return failure('aws_fault', { ...evidence, ...wait });
  }
  return failure(status >= 300 && status < 400 ? 'http_proxy_page' : 'rejected', evidence);
}

/** AWS's errors are JSON with a `message`; anything else is read as it stands. */
function messageIn(body: string): string {
  try {
    const { message } = JSON.parse(body) as { message?: unknown };
    return typeof message === 'string' ? message : body;
  } catch {
    return body;
  }
}
