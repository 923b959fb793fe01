import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { type Clock, ENDED } from '../runtime/runtime';

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

/** The reason with which `within` ends work that took too long. */
export class DeadlineExceeded extends Error {
  constructor(readonly ms: number) {
    super(`no answer within ${ms / 1000} s`);
    // The SDK's name for silence, by which verdicts know it.
    this.name = 'TimeoutError';
  }
}

/** Runs `work` with a deadline of its own on top of the caller's signal; leaves no timer behind. */
export async function within<T>(
  ms: number,
  clock: Clock,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>
): Promise<T> {
  signal.throwIfAborted();
  const late = new AbortController();
  const done = new AbortController();
  const both = AbortSignal.any([signal, late.signal]);
  const timer = clock.sleep(ms, done.signal).then(
    () => late.abort(new DeadlineExceeded(ms)),
    () => undefined
  );
  const ended = new Promise<never>((_, reject) => {
    both.addEventListener('abort', () => reject(both.reason), { once: true });
  });
  ended.catch(() => undefined);
  try {
    return await Promise.race([work(both), ended]);
  } finally {
    done.abort(ENDED);
    await timer;
  }
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
