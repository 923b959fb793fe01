import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { DeadlineExceeded, within } from '../runtime/deadline';
import type { Runtime } from '../runtime/runtime';
import { trans } from '../core/say';

export interface MetadataRequest {
  readonly url: URL;
  readonly method?: 'GET' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
}

/** Facts "Timing budget": the services are on the link; a hop limit that swallows the answer is silent. */
export const METADATA_CAP_MS = 1000;
const ATTEMPTS = 3;

/** The longest wait before the second attempt, doubled before the third, and how late an attempt may begin. */
const WAIT_MS = 250;
const BUDGET_MS = 3000;

export interface MetadataAnswer {
  readonly status: number;
  readonly body: string;
  readonly retryAfterSeconds?: number;
}

/** Asks one question of a visit. */
export type AskMetadata = (question: MetadataRequest) => Promise<MetadataAnswer>;

/** An answer that may be another one a moment later. */
class Passing extends Error {
  constructor(readonly answer: MetadataAnswer) {
    super(trans.__('it answered with HTTP status %1', answer.status));
  }
}

/**
 * One visit to a metadata service, made again after what may pass by itself: HTTP 5xx and 429, a cut connection, and
 * silence once. The last visit is handed every answer as it is. Rejects with what Node says, or with the signal's reason.
 */
export async function visitMetadata<T>(
  { clock, random }: Pick<Runtime, 'clock' | 'random'>,
  signal: AbortSignal,
  visit: (ask: AskMetadata) => Promise<T>
): Promise<{ readonly answer: T; readonly attempts: number }> {
  const started = clock.ticks();
  for (let attempts = 1; ; attempts++) {
    const last = attempts === ATTEMPTS;
    try {
      const answer = await within(clock, METADATA_CAP_MS, signal, s =>
        visit(async question => {
          const given = await metadataRequest(question, s);
          if (!last && (given.status >= 500 || given.status === 429)) {
            throw new Passing(given);
          }
          return given;
        })
      );
      return { answer, attempts };
    } catch (error) {
      signal.throwIfAborted();
      const waitMs = waitFor(error, attempts) * (error instanceof Passing && asked(error) ? 1 : random());
      if (last || Number.isNaN(waitMs) || clock.ticks() - started + waitMs > BUDGET_MS) {
        throw error;
      }
      await clock.sleep(waitMs, signal);
    }
  }
}

const asked = (error: Passing): boolean => error.answer.retryAfterSeconds !== undefined;

/** Milliseconds before the next visit, at the longest; NaN where there is none. */
function waitFor(error: unknown, attempts: number): number {
  const longest = WAIT_MS * 2 ** (attempts - 1);
  if (error instanceof Passing) {
    return asked(error) ? error.answer.retryAfterSeconds! * 1000 : longest;
  }
  if (error instanceof DeadlineExceeded) {
    // Silence has had its time already, and gets it twice.
    return attempts === 1 ? 0 : NaN;
  }
  const code = (error as { code?: unknown } | null)?.code;
  return code === 'ECONNRESET' || code === 'EPIPE' ? longest : NaN;
}

/** Far above any credentials document; a wrong service at the address must not fill the memory. */
const LARGEST_ANSWER = 64 * 1024;

/**
 * One small request to a metadata service, on a connection of its own, no proxy (the services are on the link, and a
 * proxy must never see what they answer). Rejects with what Node says, or with the signal's reason.
 */
function metadataRequest(question: MetadataRequest, signal: AbortSignal): Promise<MetadataAnswer> {
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
          resolve({
            status: response.statusCode ?? 0,
            body: Buffer.concat(parts).toString('utf8'),
            ...secondsOf(response.headers['retry-after'])
          })
        );
      }
    );
    request.on('error', error => reject(signal.aborted ? signal.reason : error));
    request.end();
  });
}

const secondsOf = (header: string | undefined): { retryAfterSeconds?: number } =>
  /^\d{1,4}$/.test(header ?? '') ? { retryAfterSeconds: Number(header) } : {};

/** A failure to reach a metadata service, in words for the chain's report. */
export function describeRequestError(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  if (error instanceof DeadlineExceeded || error instanceof Passing) {
    return error.message;
  }
  switch (code) {
    case 'ECONNREFUSED':
      return trans.__('the connection was refused');
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EHOSTDOWN':
      return trans.__('there is no route to it');
    default:
      return typeof code === 'string'
        ? trans.__('the request failed (%1)', code)
        : trans.__('the request failed');
  }
}
