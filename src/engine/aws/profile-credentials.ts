import { type Failure, failure, withFacts } from '../core/failure';
import { failureFromAws } from './aws-error';
import type { Profile } from './parse-config';
import type { Runtime } from '../runtime/runtime';
import { DeadlineExceeded, within } from '../runtime/deadline';
import type { ConfigFiles } from './config-files';
import { type Keys, type CredentialResult, ended, nothing, ofRoleArn, unusable } from './credential-source';
import { type ProfileKind, profileKind } from './profile-kind';
import { type TransportOptions, handlerFor } from './transport';

/** A role behind a role behind a sign-in makes several calls; the whole ladder has 10 s. */
const CAP_MS = 8000;

export interface ProfileOptions extends TransportOptions {
  readonly name: string;
  readonly files: ConfigFiles;
  readonly region: string;
}

/**
 * The link of a profile. Static keys are read here; for the rest one single provider of the SDK is asked, so that the
 * cause is known. `credential_process` starts the program that the user's own ~/.aws/config names, as the AWS
 * CLI does: the SDK starts it, the engine itself starts nothing.
 */
export async function profileCredentials(
  runtime: Runtime,
  options: ProfileOptions,
  signal: AbortSignal
): Promise<CredentialResult> {
  const profile = options.files.profile(options.name)!;
  const kind = profileKind(profile);
  const source = `profile ${options.name}${WORDS[kind]}`;
  if (kind === 'none') {
    return nothing(source, 'the profile names no credentials');
  }
  if (kind === 'keys') {
    return staticKeys(source, options.name, profile);
  }
  try {
    const keys = await within(runtime.clock, CAP_MS, signal, () => provide(kind, options, profile));
    if (keys.expiration && keys.expiration.getTime() <= runtime.clock.now()) {
      return ended(source, {
        ...evidence(kind, options),
        expiresAt: keys.expiration.toISOString()
      });
    }
    const named = ofRoleArn(profile.merged.role_arn);
    return {
      kind: 'found',
      source,
      keys: { ...keys, accountId: keys.accountId ?? named.accountId ?? profile.merged.sso_account_id },
      role: named.role ?? profile.merged.sso_role_name,
      principal: named.principal,
      again: s => profileCredentials(runtime, options, s)
    };
  } catch (error) {
    signal.throwIfAborted();
    return { kind: 'broken', source, failure: failureOf(kind, source, options, error, runtime.clock.now()) };
  }
}

const WORDS: Record<ProfileKind, string> = {
  role: ' (assumed role)',
  'web-identity': ' (web identity)',
  sso: ' (IAM Identity Center)',
  login: ' (aws login)',
  process: ' (credential_process)',
  keys: '',
  none: ''
};

function staticKeys(source: string, name: string, { config, credentials }: Profile): CredentialResult {
  const section = credentials.aws_access_key_id ? credentials : config;
  return section.aws_secret_access_key
    ? {
        kind: 'found',
        source,
        keys: {
          accessKeyId: section.aws_access_key_id,
          secretAccessKey: section.aws_secret_access_key,
          sessionToken: section.aws_session_token || section.aws_security_token || undefined,
          accountId: section.aws_account_id || undefined
        }
      }
    : unusable(source, 'secret_key_missing', { profile: name });
}

async function provide(kind: ProfileKind, options: ProfileOptions, { merged }: Profile): Promise<Keys> {
  const sdk = await import('./sdk');
  const { files, name, region } = options;
  const requestHandler = await handlerFor(`https://sts.${region}.amazonaws.com`, options);
  const init = {
    profile: name,
    filepath: files.credentialsPath,
    configFilepath: files.configPath,
    ignoreCache: true,
    // The Region goes in beside, not inside: IAM Identity Center has a Region of its own.
    parentClientConfig: { region },
    clientConfig: { requestHandler, maxAttempts: 1 }
  };
  try {
    switch (kind) {
      case 'sso':
        return await sdk.fromSSO(init)();
      case 'login':
        return await sdk.fromLoginCredentials(init)();
      case 'process':
        return await sdk.fromProcess(init)();
      case 'web-identity':
        return await sdk.fromTokenFile({
          ...init,
          webIdentityTokenFile: merged.web_identity_token_file,
          roleArn: merged.role_arn,
          roleSessionName: merged.role_session_name
        })();
      default:
        return await sdk.fromIni(init)();
    }
  } finally {
    requestHandler.destroy();
  }
}

const evidence = (kind: ProfileKind, { name, files }: ProfileOptions) => ({
  profile: name,
  kind,
  path: files.configPath,
  ...(kind === 'sso' ? { signIn: `aws sso login --profile ${name}` } : {}),
  ...(kind === 'login' ? { signIn: `aws login --profile ${name}` } : {})
});

/** What a provider said may quote a program's output, so only its kind is passed on, never its words. */
function failureOf(
  kind: ProfileKind,
  source: string,
  options: ProfileOptions,
  error: unknown,
  nowMs: number
): Failure {
  const facts = { source, ...evidence(kind, options) };
  const said = error instanceof Error ? error.message : '';
  if (error instanceof DeadlineExceeded) {
    return failure('credentials_silent', { ...facts, waitedMs: CAP_MS });
  }
  if (kind === 'sso' || kind === 'login') {
    if (/expired|re-?authenticate|refresh/i.test(said)) {
      return failure('credentials_expired', facts);
    }
  }
  if (kind === 'process') {
    return failure('credentials_invalid', { ...facts, problem: 'process_failed' });
  }
  const answered = failureFromAws(error, { operation: OPERATIONS[kind] ?? 'AssumeRole', nowMs });
  return isProviderError(error)
    ? failure('credentials_invalid', { ...facts, problem: 'profile_incomplete' })
    : withFacts(answered, facts);
}

const OPERATIONS: Partial<Record<ProfileKind, string>> = {
  sso: 'GetRoleCredentials',
  'web-identity': 'AssumeRoleWithWebIdentity'
};

/** The SDK's word for "the files do not say enough". */
const isProviderError = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === 'CredentialsProviderError' || (error as { code?: string }).code === 'ENOENT');
