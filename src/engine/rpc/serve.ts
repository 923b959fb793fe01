import { CHANGED, METHODS, type Method } from '../../protocol/verbs';
import {
  INTERNAL_ERROR,
  INVALID_PARAMS,
  METHOD_NOT_FOUND,
  answer,
  notification,
  readFrame,
  refusal
} from './json-rpc';

/** What answers each method; the session behind it is `work/verbs`' business. */
export type Handlers = Readonly<
  Record<Method, (params: Readonly<Record<string, unknown>>) => Promise<unknown>>
>;

/** Thrown by a handler for params that nobody can answer; the text is for the caller. */
export class InvalidParams extends Error {}

/** The bridge's two ends and the way to say what went wrong. */
export interface Pipe {
  readonly lines: AsyncIterable<string>;
  readonly write: (text: string) => void;
  readonly log: (line: string) => void;
}

/**
 * Serves requests, one JSON object a line, until the pipe closes or `shutdown` comes. Requests run side by
 * side: a `cancel` must reach a running `connect`.
 */
export async function serve(pipe: Pipe, handlers: Handlers): Promise<void> {
  for await (const line of pipe.lines) {
    if (line.trim() === '') {
      continue;
    }
    const frame = readFrame(line);
    if (!frame.ok) {
      pipe.write(refusal(frame.id, frame.code, frame.message));
      continue;
    }
    const { id, method, params } = frame.request;
    if (!isMethod(method)) {
      pipe.write(refusal(id, METHOD_NOT_FOUND, `There is no method "${method}".`));
      continue;
    }
    const ended = handlers[method](params).then(
      result => pipe.write(answer(id, result ?? null)),
      (error: unknown) => {
        if (error instanceof InvalidParams) {
          pipe.write(refusal(id, INVALID_PARAMS, error.message));
          return;
        }
        // Only the kind of error: its message may hold what must not be shown.
        const name = error instanceof Error ? error.name : 'error';
        pipe.log(`${method} failed unexpectedly: ${name}`);
        pipe.write(refusal(id, INTERNAL_ERROR, `Something unexpected happened (${name}).`));
      }
    );
    if (method === 'shutdown') {
      await ended;
      return;
    }
  }
}

/**
 * The notification that tells the server's side to read the state again.
 *
 * @param lookingOn something is broken and looked at by itself: the engine is needed, connected or not
 */
export const changedNotification = (state: string, lookingOn: boolean): string =>
  notification(CHANGED, { state, lookingOn });

const isMethod = (method: string): method is Method => (METHODS as readonly string[]).includes(method);
