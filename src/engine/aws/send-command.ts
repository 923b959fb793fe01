import { type Outcome, done, withFacts } from '../core/failure';
import { failureFromAws } from './aws-error';
import type { Runtime } from '../runtime/runtime';
import { DeadlineExceeded, within } from '../runtime/deadline';
import { withRetries } from '../runtime/retry';
import type { Answer } from './api-calls';
import { type ClientOptions, clientFor } from './sdk-client';
import { CredentialsEnded } from './renewing-provider';
import type * as sdkModule from './sdk';
import { CALL_CAP_MS } from './transport';

type Sdk = typeof sdkModule;

/** A command of the SDK that answers with `R`. */
interface Command<R> {
  resolveMiddleware(...args: never[]): (args: never) => Promise<{ output: R }>;
}

/** The parts of the SDK's generic types that its own signatures do not let through. */
type Sender<R> = (command: Command<R>, options: { abortSignal: AbortSignal }) => Promise<R>;
type Stack = { middlewareStack: { add(middleware: unknown, options: object): void } };

export interface Sending extends ClientOptions {
  readonly runtime: Runtime;
}

/**
 * One call, with its cap; after a passing fault again, within the same cap. What the SDK throws becomes a failure here;
 * the answer's request id, status and Date header go along, on success and on failure. Rejects only when `signal` aborts.
 */
export async function send<R extends { $metadata?: { requestId?: string; httpStatusCode?: number } }, T>(
  sending: Sending,
  operation: string,
  make: (sdk: Sdk) => Command<R>,
  read: (result: R, answer: Answer) => T,
  signal: AbortSignal
): Promise<Outcome<T>> {
  signal.throwIfAborted();
  const { outcome, attempts } = await withRetries(sending.runtime, CALL_CAP_MS, signal, leftMs =>
    sendOnce(sending, operation, make, leftMs, signal)
  );
  if (!outcome.ok) {
    return outcome;
  }
  const { result, seen } = outcome.value;
  const again = attempts > 1 ? { attempts } : {};
  return done(read(result, { ...seen, ...again, requestId: result.$metadata?.requestId }));
}

async function sendOnce<R>(
  sending: Sending,
  operation: string,
  make: (sdk: Sdk) => Command<R>,
  capMs: number,
  signal: AbortSignal
): Promise<Outcome<{ result: R; seen: Pick<Seen, 'serverTime' | 'httpStatus'> }>> {
  const { runtime, endpoint } = sending;
  const seen: Seen = {};
  const { sdk, client } = await clientFor(sending);
  const command = make(sdk);
  watch(command as unknown as Stack, seen);
  try {
    const result = await within(runtime.clock, capMs, signal, abortSignal =>
      (client.send.bind(client) as unknown as Sender<R>)(command, { abortSignal })
    );
    return done({ result, seen });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof CredentialsEnded) {
      return { ok: false, failure: error.failure };
    }
    const cause = error instanceof DeadlineExceeded ? error : (seen.thrown ?? error);
    const failure = failureFromAws(cause, {
      operation,
      host: new URL(endpoint).host,
      nowMs: runtime.clock.now()
    });
    const serverTime =
      seen.serverTime === undefined ? {} : { serverTime: new Date(seen.serverTime).toISOString() };
    const ofKeys = failure.cause === 'credentials_rejected' || failure.cause === 'credentials_expired';
    const source = ofKeys ? { source: sending.credentials.source } : {};
    return { ok: false, failure: withFacts(failure, { ...serverTime, ...source }) };
  }
}

interface Seen {
  serverTime?: number;
  httpStatus?: number;
  /** What the connection threw, before the SDK renamed or wrapped it. */
  thrown?: unknown;
}

/** Notes what the raw answer said before the SDK reads, or fails to read, its body. */
function watch(command: Stack, seen: Seen): void {
  const middleware = (next: (args: unknown) => Promise<{ response: unknown }>) => async (args: unknown) => {
    const result = await next(args).catch((error: unknown) => {
      seen.thrown = error;
      throw error;
    });
    const response = result.response as { statusCode?: number; headers?: Record<string, string> };
    const time = Date.parse(response.headers?.date ?? '');
    seen.httpStatus = response.statusCode;
    seen.serverTime = Number.isNaN(time) ? undefined : time;
    return result;
  };
  // The lowest priority of the last step stands next to the wire, inside the deserializer.
  command.middlewareStack.add(middleware, { step: 'deserialize', priority: 'low', name: 'watchAnswer' });
}
