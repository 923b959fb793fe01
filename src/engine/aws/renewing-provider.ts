import { createHash } from 'node:crypto';
import { type Failure, failure } from '../core/failure';
import type { Clock } from '../runtime/runtime';
import type { Keys, CredentialResult } from './credential-source';

/** AWS hands out the next credentials at least five minutes before the present ones end (IAM guide, "Retrieve security credentials"). */
const RENEW_BEFORE_MS = 5 * 60_000;

/** Thrown through the SDK, which knows errors only; `send` takes the failure out again. */
export class CredentialsEnded extends Error {
  constructor(readonly failure: Failure) {
    super(failure.summary);
    this.name = 'CredentialsEnded';
  }
}

type Found = Extract<CredentialResult, { kind: 'found' }>;

/**
 * Keys as the SDK asks for them: the same until shortly before they end, then those of the same source again, asked
 * for once however many calls wait. Where that fails, the present ones serve until they have really ended.
 */
export function renewing(first: Found, clock: Clock): () => Promise<Keys> {
  let present = first;
  let asking: Promise<Keys> | undefined;
  const left = () => (present.keys.expiration ? present.keys.expiration.getTime() - clock.now() : Infinity);
  return () => {
    if (left() > RENEW_BEFORE_MS || !present.again) {
      return Promise.resolve(present.keys);
    }
    asking ??= renew(present.again).finally(() => {
      asking = undefined;
    });
    return asking;
  };

  async function renew(again: NonNullable<Found['again']>): Promise<Keys> {
    const next = await again(new AbortController().signal);
    if (next.kind === 'found') {
      present = next;
    } else if (left() <= 0) {
      throw new CredentialsEnded(
        next.kind === 'broken'
          ? next.failure
          : failure('credentials_expired', { source: next.source, reason: next.reason })
      );
    }
    return present.keys;
  }
}

/** A name for keys that tells nothing of them. */
export function fingerprintOf(keys: Keys): string {
  return createHash('sha256')
    .update([keys.accessKeyId, keys.secretAccessKey, keys.sessionToken ?? ''].join('\n'))
    .digest('hex')
    .slice(0, 16);
}
