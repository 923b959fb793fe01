import { type Failure, type Outcome, done, failure, withFacts } from '../core/failure';
import { DeadlineExceeded, within } from '../runtime/deadline';
import { type Retried, withRetries } from '../runtime/retry';
import type { Runtime } from '../runtime/runtime';
import { failureFromAws } from './aws-error';
import type * as sdkModule from './sdk-credentials';
import type { ServiceEndpoint } from './service-endpoint';
import { CALL_CAP_MS, handlerFor, type TransportOptions } from './transport';

/** The services that hand out credentials, as people know them. */
export const SERVICE_NAMES = {
  sts: 'AWS STS',
  sso: 'the sign-in portal of IAM Identity Center',
  sso_oidc: 'IAM Identity Center',
  signin: 'AWS Sign-In'
} as const;

export type CredentialService = keyof typeof SERVICE_NAMES;

export interface ServiceCall {
  readonly service: CredentialService;
  readonly operation: string;
  readonly endpoint: ServiceEndpoint;
  readonly route: TransportOptions;
}

/** What every client of these services is made with; nothing is left for the SDK to look for. */
interface ClientOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly requestHandler: Awaited<ReturnType<typeof handlerFor>>;
  readonly maxAttempts: 1;
  readonly retryMode: 'standard';
  readonly defaultsMode: 'legacy';
  readonly useFipsEndpoint: false;
  readonly useDualstackEndpoint: false;
  readonly userAgentAppId: () => Promise<undefined>;
  readonly authSchemePreference: string[];
}

/**
 * One call to a service that hands out credentials, tried again after a passing fault, within the limit of one call. A
 * failure says which service it was. Rejects only when `signal` fires.
 */
export async function callService<R>(
  runtime: Runtime,
  { service, operation, endpoint, route }: ServiceCall,
  send: (sdk: typeof sdkModule, options: ClientOptions, signal: AbortSignal) => Promise<R>,
  signal: AbortSignal
): Promise<Retried<R>> {
  const sdk = await import('./sdk-credentials');
  const requestHandler = await handlerFor(endpoint.url, route);
  // What the connection threw, before the SDK renames or wraps it.
  let thrown: unknown;
  const handle = requestHandler.handle.bind(requestHandler);
  requestHandler.handle = async (...given) => {
    thrown = undefined;
    return handle(...given).catch((error: unknown) => {
      thrown = error;
      throw error;
    });
  };
  const options: ClientOptions = {
    endpoint: endpoint.url,
    region: endpoint.signingRegion,
    requestHandler,
    maxAttempts: 1,
    retryMode: 'standard',
    defaultsMode: 'legacy',
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    userAgentAppId: () => Promise.resolve(undefined),
    authSchemePreference: []
  };
  const { host } = new URL(endpoint.url);
  try {
    return await withRetries(runtime, CALL_CAP_MS, signal, async leftMs => {
      try {
        return done(await within(runtime.clock, leftMs, signal, s => send(sdk, options, s)));
      } catch (error) {
        signal.throwIfAborted();
        const waited = error instanceof DeadlineExceeded ? { waitedMs: CALL_CAP_MS } : {};
        const cause = error instanceof DeadlineExceeded ? error : (thrown ?? error);
        const met = failureFromAws(cause, { operation, host, nowMs: runtime.clock.now() });
        return { ok: false, failure: ofService(met, service, { host, ...waited }) };
      }
    });
  } finally {
    requestHandler.destroy();
  }
}

/** Causes that say that nobody answered, and what the reader is told of them. */
const UNREACHABLE: Partial<Record<Failure['cause'], 'name' | 'silent' | 'refused' | 'cut' | 'route'>> = {
  dns_not_found: 'name',
  dns_no_data: 'name',
  dns_refused: 'name',
  dns_silent: 'name',
  dns_unclear: 'name',
  dns_server_unreachable: 'name',
  tcp_silent: 'silent',
  tls_silent: 'silent',
  http_silent: 'silent',
  tcp_refused: 'refused',
  tcp_reset: 'cut',
  tls_reset: 'cut',
  tcp_no_route: 'route',
  tcp_forbidden_here: 'route'
};

/** The same failure, told of the service that met it. A cut connection stays what it is until no attempt is left. */
function ofService(
  met: Failure,
  service: CredentialService,
  facts: { readonly host: string; readonly waitedMs?: number }
): Failure {
  return withFacts(met, { ...facts, service: SERVICE_NAMES[service] });
}

/** After the last attempt: nobody answered, and who did not. Every other failure stays. */
export function asUnreachable<R>(outcome: Outcome<R>, source: string): Outcome<R> {
  if (outcome.ok) {
    return outcome;
  }
  const { cause, evidence } = outcome.failure;
  const problem = UNREACHABLE[cause];
  if (problem === undefined) {
    return outcome;
  }
  const facts = {
    source,
    host: evidence.host ?? '',
    service: evidence.service ?? '',
    ...(evidence.operation ? { operation: evidence.operation } : {}),
    ...(evidence.code ? { code: evidence.code } : {}),
    ...(evidence.waitedMs === undefined ? {} : { waitedMs: evidence.waitedMs })
  };
  const told =
    problem === 'silent'
      ? failure('credential_service_silent', facts)
      : failure('credential_service_unreachable', { ...facts, problem });
  return { ok: false, failure: told };
}
