import type { Keys } from './credential-source';

/** Credentials and where they came from. The secret parts are inside `provider` only. */
export interface FoundCredentials {
  /** In words: "environment variables", "profile dev", "container role", "instance role". */
  readonly source: string;
  /** The role's name, when the source tells it. */
  readonly role?: string;
  /** The caller's ARN, when the source tells it. */
  readonly principal?: string;
  /** The session's ARN, as STS names it: who signs. */
  readonly session?: string;
  /** How often the service behind the source was asked. */
  readonly attempts?: number;
  /** 12 digits, when the source tells it. */
  readonly accountId?: string;
  /** Milliseconds since the epoch; undefined for long-lived keys. */
  readonly expiresAt?: number;
  /** Names the credentials without telling them; a client is kept per fingerprint. */
  readonly fingerprint: string;
  /** The links of the chain before this one and why each gave nothing. */
  readonly tried: readonly Tried[];
  /** What signs requests; asks the source again when the credentials are about to end. */
  readonly provider: () => Promise<Keys>;
}

/** One link of the chain and why it gave nothing. */
export interface Tried {
  readonly source: string;
  readonly reason: string;
}
