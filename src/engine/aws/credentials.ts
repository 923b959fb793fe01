import { type Outcome, done, failed, failure, withFacts } from '../core/failure';
import type { Runtime } from '../runtime/runtime';
import { profileName, readConfigFiles } from './config-files';
import { containerCredentials } from './container-credentials';
import { environmentCredentials } from './environment-credentials';
import type { FoundCredentials, Tried } from './found-credentials';
import { instanceCredentials } from './instance-metadata';
import { type CredentialResult, nothing } from './credential-source';
import { profileCredentials } from './profile-credentials';
import { profileKind } from './profile-kind';
import type { ReadText } from './read-text';
import { fingerprintOf, renewing } from './renewing-provider';
import type { TransportOptions } from './transport';
import { webIdentityCredentials } from './web-identity-credentials';

export interface CredentialsOptions extends TransportOptions {
  /** The setting; empty: the variables, then `default`. */
  readonly profile: string;
  /** For the role and sign-in services, where a profile needs them. */
  readonly region: string;
  readonly readText: ReadText;
  /** Tests put their own container agent here. */
  readonly containerAgent?: string;
}

/**
 * AWS credentials in the AWS CLI's order (botocore: create_credential_resolver): environment variables (not when a
 * profile is set explicitly), assumed role, web identity, the profile's other sources, container, instance. Each
 * link is asked singly: a source that is set up but broken ends the search with its own cause, and `tried` keeps why
 * the earlier ones gave nothing. Fails with `no_credentials`, `expired_credentials`, or what a sign-in
 * service answered; rejects only when `signal` aborts.
 */
export async function findCredentials(
  runtime: Runtime,
  options: CredentialsOptions,
  signal: AbortSignal
): Promise<Outcome<FoundCredentials>> {
  const tried: Tried[] = [];
  for (const ask of await chain(runtime, options, signal)) {
    signal.throwIfAborted();
    const result = await ask();
    if (result.kind === 'none') {
      tried.push({ source: result.source, reason: result.reason });
    } else if (result.kind === 'broken') {
      return { ok: false, failure: withFacts(result.failure, { tried }) };
    } else {
      return done(found(result, tried, runtime));
    }
  }
  return failed('credentials_none', { tried });
}

type Ask = () => Promise<CredentialResult>;

/** The links in order. The profile stands before web identity when it assumes a role, after it otherwise. */
async function chain(runtime: Runtime, options: CredentialsOptions, signal: AbortSignal): Promise<Ask[]> {
  const { name, explicit, source } = profileName(options.profile, runtime.env);
  const files = await readConfigFiles(runtime, options.readText);
  const profile = files.profile(name);
  const ofProfile: Ask = async () =>
    profile
      ? profileCredentials(runtime, { ...options, name, files }, signal)
      : missing(name, source, files.names, files.configPath);
  const webIdentity: Ask = () => webIdentityCredentials(runtime, options, signal);
  const role = profile !== undefined && profileKind(profile) === 'role';
  const withEnvironment = explicit ? [] : [webIdentity];
  return [
    ...(explicit ? [] : [async () => environmentCredentials(runtime)]),
    ...(role ? [ofProfile, ...withEnvironment] : [...withEnvironment, ofProfile]),
    () =>
      containerCredentials(runtime, { readText: options.readText, agent: options.containerAgent }, signal),
    () => instanceCredentials(runtime, signal)
  ];
}

/** A profile that was named must be there; `default` may be missing. */
function missing(name: string, source: string, names: readonly string[], path: string): CredentialResult {
  if (source === 'the default profile') {
    return nothing('profile default', 'it is neither in ~/.aws/config nor in ~/.aws/credentials');
  }
  return {
    kind: 'broken',
    source: `profile ${name}`,
    failure: failure('profile_missing', {
      source: `profile ${name}`,
      profile: name,
      namedBy: source,
      profiles: names,
      path
    })
  };
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
    accountId: link.keys.accountId,
    expiresAt: link.keys.expiration?.getTime(),
    fingerprint: fingerprintOf(link.keys),
    tried,
    provider: renewing(link, runtime.clock)
  };
}
