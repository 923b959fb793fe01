import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { DeadlineExceeded } from '../runtime/deadline';

export interface MetadataRequest {
  readonly url: URL;
  readonly method?: 'GET' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
}

/** Far above any credentials document; a wrong service at the address must not fill the memory. */
const LARGEST_ANSWER = 64 * 1024;

/**
 * One small request to a metadata service, on a connection of its own, no proxy (the services are on the link, and a
 * proxy must never see what they answer). Rejects with what Node says, or with the signal's reason.
 */
export function metadataRequest(
  question: MetadataRequest,
  signal: AbortSignal
): Promise<{ status: number; body: string }> {
  const send = question.url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send(
      question.url,
      { method: question.method ?? 'GET', headers: question.headers, agent: false, signal },
      response => {
        const parts: Buffer[] = [];
        let size = 0;
        response.on('data', (part: Buffer) => {
          size += part.length;
          parts.push(part);
          if (size > LARGEST_ANSWER) {
            request.destroy(new Error('the answer is too large'));
          }
        });
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8') })
        );
      }
    );
    request.on('error', error => reject(signal.aborted ? signal.reason : error));
    request.end();
  });
}

/** A failure to reach a metadata service, in words for the chain's report. */
export function describeRequestError(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  if (error instanceof DeadlineExceeded) {
    return error.message;
  }
  switch (code) {
    case 'ECONNREFUSED':
      return 'the connection was refused';
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EHOSTDOWN':
      return 'there is no route to it';
    default:
      return typeof code === 'string' ? `the request failed (${code})` : 'the request failed';
  }
}
