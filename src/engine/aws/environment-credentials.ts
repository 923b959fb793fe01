import type { Runtime } from '../runtime/runtime';
import { type CredentialResult, ended, nothing, unusable } from './credential-source';
import { trans } from '../core/say';

const SOURCE = trans.__('environment variables');

/** AWS_ACCESS_KEY_ID and its companions, as botocore's EnvProvider reads them. */
export function environmentCredentials({ env, clock }: Pick<Runtime, 'env' | 'clock'>): CredentialResult {
  const accessKeyId = env.AWS_ACCESS_KEY_ID;
  const secretAccessKey = env.AWS_SECRET_ACCESS_KEY;
  if (!accessKeyId) {
    return nothing(SOURCE, trans.__('AWS_ACCESS_KEY_ID is not set'));
  }
  if (!secretAccessKey) {
    return unusable(SOURCE, 'secret_key_missing');
  }
  const until = env.AWS_CREDENTIAL_EXPIRATION;
  const time = until ? Date.parse(until) : NaN;
  if (until && Number.isNaN(time)) {
    return unusable(SOURCE, 'expiration_unreadable');
  }
  if (until && time <= clock.now()) {
    return ended(SOURCE, { expiresAt: new Date(time).toISOString() });
  }
  return {
    kind: 'found',
    source: SOURCE,
    keys: {
      accessKeyId,
      secretAccessKey,
      sessionToken: env.AWS_SECURITY_TOKEN || env.AWS_SESSION_TOKEN || undefined,
      expiration: until ? new Date(time) : undefined,
      accountId: env.AWS_ACCOUNT_ID || undefined
    }
  };
}
