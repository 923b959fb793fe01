import type { FoundCredentials } from './found-credentials';
import type * as sdkModule from './sdk';
import { type TransportOptions, handlerFor, transportKey } from './transport';

type Sdk = typeof sdkModule;
type Client = InstanceType<Sdk['CodeartifactClient']>;

export interface ClientOptions extends TransportOptions {
  readonly region: string;
  /** The API's endpoint, always given: the SDK must not look for another. */
  readonly endpoint: string;
  readonly credentials: Pick<FoundCredentials, 'source' | 'fingerprint' | 'provider'>;
}

/** Enough for one notebook that changes its mind; each holds sockets. */
const MOST_CLIENTS = 4;

/**
 * Latest last. Making a client and a TLS connection costs more than a call, so both are kept; as promises, so that two
 * calls at the same moment share one.
 */
const clients = new Map<string, Promise<Client>>();

export async function clientFor(options: ClientOptions): Promise<{ sdk: Sdk; client: Client }> {
  const { region, endpoint, credentials } = options;
  const key = [region, credentials.fingerprint, transportKey(endpoint, options)].join('\n');
  const client = clients.get(key) ?? create(options);
  clients.delete(key);
  clients.set(key, client);
  for (const [old, idle] of [...clients].slice(0, -MOST_CLIENTS)) {
    clients.delete(old);
    void idle.then(destroy, () => undefined);
  }
  try {
    return { sdk: await import('./sdk'), client: await client };
  } catch (error) {
    clients.delete(key);
    throw error;
  }
}

/** Closes every kept connection: at the end of the engine, and of a test. */
export function closeClients(): void {
  for (const client of clients.values()) {
    void client.then(destroy, () => undefined);
  }
  clients.clear();
}

const destroy = (client: Client): void => client.destroy();

/** Every value that the SDK would otherwise look for in files and variables is given here. */
async function create(options: ClientOptions): Promise<Client> {
  const { region, endpoint, credentials } = options;
  const sdk = await import('./sdk');
  return new sdk.CodeartifactClient({
    region,
    endpoint,
    credentials: credentials.provider,
    requestHandler: await handlerFor(endpoint, options),
    // Attempts are ours (runtime/retry.ts): counted, told, and within the limits of the diagnosis.
    maxAttempts: 1,
    retryMode: 'standard',
    defaultsMode: 'legacy',
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    // A value that is undefined counts as none, and is looked for.
    userAgentAppId: () => Promise.resolve(undefined),
    authSchemePreference: [],
    // A wrong clock is told, not hidden: the next tool would fail on it.
    disableClockSkewCorrection: true,
    customUserAgent: [['jupyterlab-codeartifact', '']]
  });
}
