import { foreignAnswer } from '../core/secret/foreign-words';
import type { CredentialProblem } from '../../protocol/messages/credentials';
import { type EvidenceOf, type Failure, failure } from '../core/failure';

/** What signs requests. The SDK's own shape, so that it can be handed over as it is. */
export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
  readonly accountId?: string;
}

/**
 * What one link of the chain came to. The chain goes on after `none` only: a source that is set up but broken is the
 * user's own choice, and the next one would be somebody else's identity.
 */
export type CredentialResult =
  | { readonly kind: 'none'; readonly source: string; readonly reason: string }
  | { readonly kind: 'broken'; readonly source: string; readonly failure: Failure }
  | {
      readonly kind: 'found';
      readonly source: string;
      readonly keys: Keys;
      readonly role?: string;
      readonly principal?: string;
      /** The session's ARN, as STS names it. */
      readonly session?: string;
      /** How often the service behind the source was asked, where it was not at once. */
      readonly attempts?: number;
      /** Asks the same source again; absent for keys that never change. */
      readonly again?: (signal: AbortSignal) => Promise<CredentialResult>;
    };

export const nothing = (source: string, reason: string): CredentialResult => ({
  kind: 'none',
  source,
  reason
});

/** Set up but unusable: half a pair of keys, a profile that is not there. */
export const unusable = (
  source: string,
  problem: CredentialProblem,
  evidence: Omit<EvidenceOf['credentials_invalid'], 'source' | 'problem'> = {}
): CredentialResult => ({
  kind: 'broken',
  source,
  failure: failure('credentials_invalid', { source, problem, ...evidence })
});

export const ended = (
  source: string,
  evidence: Omit<EvidenceOf['credentials_expired'], 'source'>
): CredentialResult => ({
  kind: 'broken',
  source,
  failure: failure('credentials_expired', { source, ...evidence })
});

/** The role's name and the caller's account in an ARN such as arn:aws:iam::111122223333:role/path/Name. */
export function ofRoleArn(arn: string | undefined): {
  role?: string;
  principal?: string;
  accountId?: string;
} {
  const match = /^arn:[\w-]+:(?:iam|sts)::(\d{12}):(?:role|assumed-role)\/(.+)$/.exec(arn ?? '');
  if (!match) {
    return {};
  }
  const parts = match[2].split('/');
  const assumed = arn!.includes(':assumed-role/');
  return { principal: arn, accountId: match[1], role: assumed ? parts[0] : parts[parts.length - 1] };
}

/** What a document without credentials says of itself: `Code` and `Message`, of which a text that is no JSON has none. */
export function reasonIn(body: string): { readonly reason?: string } {
  const reason = body.trimStart().startsWith('{') ? foreignAnswer(body) : '';
  return reason === '' ? {} : { reason };
}

/** The document of the container and instance services; undefined when it is not one. */
export function keysOfDocument(body: string): (Keys & { readonly roleArn?: string }) | undefined {
  let read: Record<string, unknown>;
  try {
    read = JSON.parse(body) as Record<string, unknown>;
  } catch {
    return undefined;
  }
  const text = (name: string) => (typeof read?.[name] === 'string' ? (read[name] as string) : '');
  const until = Date.parse(text('Expiration'));
  if (!text('AccessKeyId') || !text('SecretAccessKey')) {
    return undefined;
  }
  return {
    accessKeyId: text('AccessKeyId'),
    secretAccessKey: text('SecretAccessKey'),
    sessionToken: text('Token') || undefined,
    expiration: Number.isNaN(until) ? undefined : new Date(until),
    accountId: text('AccountId') || undefined,
    roleArn: text('RoleArn') || undefined
  };
}
