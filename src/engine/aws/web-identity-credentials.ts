import { failureFromAws } from './aws-error';
import type { Runtime } from '../runtime/runtime';
import { within } from '../runtime/deadline';
import { withFacts } from '../core/failure';
import { type CredentialResult, nothing, ofRoleArn, unusable } from './credential-source';
import type { ReadText } from './read-text';
import { CALL_CAP_MS, type TransportOptions, handlerFor } from './transport';

const SOURCE = 'web identity';

interface WebIdentityOptions extends TransportOptions {
  readonly region: string;
  readonly readText: ReadText;
}

/** AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN, which EKS sets for a service account. */
export async function webIdentityCredentials(
  runtime: Runtime,
  options: WebIdentityOptions,
  signal: AbortSignal
): Promise<CredentialResult> {
  const { env } = runtime;
  const file = env.AWS_WEB_IDENTITY_TOKEN_FILE;
  const roleArn = env.AWS_ROLE_ARN;
  if (!file) {
    return nothing(SOURCE, 'AWS_WEB_IDENTITY_TOKEN_FILE is not set');
  }
  if (!roleArn) {
    return unusable(SOURCE, 'role_missing');
  }
  if ((await options.readText(file)) === null) {
    return unusable(SOURCE, 'token_file_unreadable', { path: file });
  }
  const sdk = await import('./sdk');
  const requestHandler = await handlerFor(`https://sts.${options.region}.amazonaws.com`, options);
  try {
    const keys = await within(runtime.clock, CALL_CAP_MS, signal, () =>
      sdk.fromTokenFile({
        webIdentityTokenFile: file,
        roleArn,
        roleSessionName: env.AWS_ROLE_SESSION_NAME,
        parentClientConfig: { region: options.region },
        clientConfig: { requestHandler, maxAttempts: 1 }
      })()
    );
    const named = ofRoleArn(roleArn);
    return {
      kind: 'found',
      source: SOURCE,
      keys: { ...keys, accountId: keys.accountId ?? named.accountId },
      role: named.role,
      principal: named.principal,
      again: s => webIdentityCredentials(runtime, options, s)
    };
  } catch (error) {
    signal.throwIfAborted();
    const failure = failureFromAws(error, {
      operation: 'AssumeRoleWithWebIdentity',
      nowMs: runtime.clock.now()
    });
    return {
      kind: 'broken',
      source: SOURCE,
      failure: withFacts(failure, { source: SOURCE })
    };
  } finally {
    requestHandler.destroy();
  }
}
