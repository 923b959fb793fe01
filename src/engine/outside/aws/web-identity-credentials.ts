import { failureFromAws } from '../../pure/verdicts/from-aws';
import type { World } from '../world/world';
import { within } from './ask';
import { type Link, nothing, ofRoleArn, unusable } from './link';
import type { ReadText } from './read-text';
import { CALL_CAP_MS, type Way, handlerFor } from './transport';

const SOURCE = 'web identity';

interface WebIdentityOptions extends Way {
  readonly region: string;
  readonly readText: ReadText;
}

/** AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN, which EKS sets for a service account. */
export async function webIdentityCredentials(
  world: World,
  options: WebIdentityOptions,
  signal: AbortSignal
): Promise<Link> {
  const { env } = world;
  const file = env.AWS_WEB_IDENTITY_TOKEN_FILE;
  const roleArn = env.AWS_ROLE_ARN;
  if (!file) {
    return nothing(SOURCE, 'AWS_WEB_IDENTITY_TOKEN_FILE is not set');
  }
  if (!roleArn) {
    return unusable(SOURCE, 'AWS_WEB_IDENTITY_TOKEN_FILE is set, but AWS_ROLE_ARN is not.');
  }
  if ((await options.readText(file)) === null) {
    return unusable(SOURCE, 'The file that AWS_WEB_IDENTITY_TOKEN_FILE names cannot be read.', {
      path: file
    });
  }
  const sdk = await import('./sdk');
  const requestHandler = await handlerFor(`https://sts.${options.region}.amazonaws.com`, options);
  try {
    const keys = await within(CALL_CAP_MS, world.clock, signal, () =>
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
      again: s => webIdentityCredentials(world, options, s)
    };
  } catch (error) {
    signal.throwIfAborted();
    const failure = failureFromAws(error, {
      operation: 'AssumeRoleWithWebIdentity',
      nowMs: world.clock.now()
    });
    return {
      kind: 'broken',
      source: SOURCE,
      failure: { ...failure, evidence: { source: SOURCE, ...failure.evidence } }
    };
  } finally {
    requestHandler.destroy();
  }
}
