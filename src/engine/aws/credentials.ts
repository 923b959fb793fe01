import { type Outcome, done, failed, withFacts } from '../core/failure';
import type { Runtime } from '../runtime/runtime';
import { askPlan } from './ask';
import { type ProfileSetting, readConfiguration } from './config-files';
import { planCredentials } from './credential-plan';
import type { FoundCredentials, Tried } from './found-credentials';
import type { CredentialResult } from './credential-source';
import type { ReadText } from './read-text';
import { fingerprintOf, renewing } from './renewing-provider';
import type { TransportOptions } from './transport';

/** `profile` is the setting; empty: the variables, then `default`. */
export interface CredentialsOptions extends TransportOptions, ProfileSetting {
  /** The Region in use: STS is asked there. */
  readonly region: string;
  readonly readText: ReadText;
  /** Tests put their own container agent here. */
  readonly containerAgent?: string;
}

/**
 * AWS credentials from the source that the AWS CLI would take. A file that cannot be read, a profile that is named and
 * nowhere, and a source that is set up but broken end the search with their own cause: the next source would be
 * somebody else's identity. `tried` keeps why the earlier ones gave nothing. Rejects only when `signal` aborts.
 */
export async function findCredentials(
  runtime: Runtime,
  options: CredentialsOptions,
  signal: AbortSignal
): Promise<Outcome<FoundCredentials>> {
  const configuration = await readConfiguration(runtime, options, options.readText);
  if (configuration.broken) {
    return { ok: false, failure: configuration.broken };
  }
  const { plan, tried } = planCredentials(runtime.env, configuration);
  const { choice, namedBy } = configuration;
  signal.throwIfAborted();
  const result = await askPlan(runtime, { ...options, configuration }, plan, signal);
  switch (result.kind) {
    case 'none':
      return failed('credentials_none', {
        tried: [...tried, { source: result.source, reason: result.reason }],
        ...(namedBy === undefined ? {} : { profile: choice.name, namedBy })
      });
    case 'broken':
      return { ok: false, failure: withFacts(result.failure, { tried }) };
    case 'found':
      return done(found(result, tried, runtime));
  }
}

function found(
  link: Extract<CredentialResult, { kind: 'found' }>,
  tried: readonly Tried[],
  runtime: Runtime
): FoundCredentials {
  return {
    source: link.source,
    role: link.role,
    principal: link.principal,
    ...(link.session === undefined ? {} : { session: link.session }),
    ...(link.attempts === undefined ? {} : { attempts: link.attempts }),
    accountId: link.keys.accountId,
    expiresAt: link.keys.expiration?.getTime(),
    fingerprint: fingerprintOf(link.keys),
    tried,
    provider: renewing(link, runtime.clock)
  };
}
