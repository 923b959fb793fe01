import { foreignAnswer } from '../core/secret/foreign-words';
import type { ReadText } from './read-text';
import type { Runtime } from '../runtime/runtime';
import { describeRequestError, visitMetadata } from './metadata-request';
import {
  type CredentialResult,
  ended,
  keysOfDocument,
  reasonIn,
  nothing,
  ofRoleArn,
  unusable
} from './credential-source';
import { trans } from '../core/say';

const SOURCE = trans.__('container role');

/** The address of ECS's agent; AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is a path on it. SageMaker Studio uses it too. */
const AGENT = 'http://169.254.170.2';

/** Plain http may go only to the machine itself and to ECS's and EKS's agents (botocore: ContainerMetadataFetcher). */
const PLAIN_HOSTS = ['localhost', '[::1]', '169.254.170.2', '169.254.170.23', '[fd00:ec2::23]'];

export interface ContainerOptions {
  readonly readText: ReadText;
  /** Tests put their own agent here. */
  readonly agent?: string;
}

export async function containerCredentials(
  runtime: Runtime,
  options: ContainerOptions,
  signal: AbortSignal
): Promise<CredentialResult> {
  const { env } = runtime;
  const relative = env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI;
  const address = relative ? `${options.agent ?? AGENT}${relative}` : env.AWS_CONTAINER_CREDENTIALS_FULL_URI;
  if (!address) {
    return nothing(
      SOURCE,
      trans.__('AWS_CONTAINER_CREDENTIALS_RELATIVE_URI and AWS_CONTAINER_CREDENTIALS_FULL_URI are not set')
    );
  }
  const url = parsed(address);
  if (!url || !mayAsk(url)) {
    return unusable(SOURCE, 'container_address');
  }
  const file = env.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE;
  const secret = file ? await options.readText(file) : (env.AWS_CONTAINER_AUTHORIZATION_TOKEN ?? '');
  if (secret === null) {
    return unusable(SOURCE, 'container_token_file', { path: file });
  }
  if (/[\r\n]/.test(secret)) {
    return unusable(SOURCE, 'container_token_lines');
  }
  const headers: Record<string, string> = {
    Accept: 'application/json',
    ...(secret ? { Authorization: secret } : {})
  };

  let trouble: string;
  try {
    const { answer, attempts } = await visitMetadata(runtime, signal, ask => ask({ url, headers }));
    if (answer.status === 200) {
      return found(runtime, options, answer.body, attempts);
    }
    const said = foreignAnswer(answer.body);
    trouble =
      said === ''
        ? trans.__('it answered with HTTP status %1', answer.status)
        : trans.__('it answered with HTTP status %1: %2', answer.status, said);
  } catch (error) {
    signal.throwIfAborted();
    trouble = describeRequestError(error);
  }
  return unusable(SOURCE, 'container_failed', { host: url.host, reason: trouble });
}

function found(
  runtime: Runtime,
  options: ContainerOptions,
  body: string,
  attempts: number
): CredentialResult {
  const document = keysOfDocument(body);
  if (!document) {
    return unusable(SOURCE, 'container_garbage', reasonIn(body));
  }
  const { roleArn, ...keys } = document;
  if (keys.expiration && keys.expiration.getTime() <= runtime.clock.now()) {
    return ended(SOURCE, { expiresAt: keys.expiration.toISOString() });
  }
  const { accountId, ...named } = ofRoleArn(roleArn);
  return {
    kind: 'found',
    source: SOURCE,
    keys: { ...keys, accountId: keys.accountId ?? accountId },
    ...named,
    attempts,
    again: signal => containerCredentials(runtime, options, signal)
  };
}

function parsed(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}

const mayAsk = (url: URL): boolean =>
  url.protocol === 'https:' ||
  (url.protocol === 'http:' &&
    (PLAIN_HOSTS.includes(url.hostname) || /^127(\.\d{1,3}){3}$/.test(url.hostname)));
