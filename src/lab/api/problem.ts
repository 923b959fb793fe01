import { ServerConnection } from '@jupyterlab/services';
import type { Fix } from '../../protocol/fix';
import { ResponseError } from './client';

/** Why there is no document to show: the request did not reach a working engine. */
export interface IServerProblem {
  readonly kind:
    | 'server_missing'
    | 'not_allowed'
    | 'node_missing'
    | 'engine_failed'
    | 'engine_stopped'
    | 'unreachable'
    | 'unexpected';
  /** The server's own sentence, when it sent one. */
  readonly message: string;
  readonly fix?: Fix;
  /** When the server means to start the engine again, in milliseconds since the epoch. */
  readonly restartAt?: number;
  /** The locations where Node was looked for. */
  readonly looked?: readonly string[];
}

const REASONS: readonly string[] = ['node_missing', 'engine_failed', 'engine_stopped'];

interface IBody {
  reason?: unknown;
  message?: unknown;
  fix?: Fix;
  retryAfterSeconds?: unknown;
  looked?: unknown;
}

/** Reads what a failed request means. `now` in milliseconds since the epoch. */
export function problemOf(error: unknown, now: number): IServerProblem {
  if (error instanceof ServerConnection.NetworkError) {
    return { kind: 'unreachable', message: error.message };
  }
  if (!(error instanceof ResponseError)) {
    return { kind: 'unexpected', message: error instanceof Error ? error.message : String(error) };
  }
  const body = (typeof error.body === 'object' && error.body !== null ? error.body : {}) as IBody;
  const message = error.message;
  switch (error.status) {
    case 404:
      return { kind: 'server_missing', message };
    case 401:
    case 403:
      return { kind: 'not_allowed', message };
    case 502:
    case 503:
      if (typeof body.reason === 'string' && REASONS.includes(body.reason)) {
        return {
          kind: body.reason as IServerProblem['kind'],
          message,
          fix: body.fix && Array.isArray(body.fix.snippets) ? body.fix : undefined,
          restartAt:
            typeof body.retryAfterSeconds === 'number' ? now + body.retryAfterSeconds * 1000 : undefined,
          looked: Array.isArray(body.looked) ? body.looked.map(String) : undefined
        };
      }
  }
  return { kind: 'unexpected', message };
}
