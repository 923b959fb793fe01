import { type Failure, failure } from '../core/failure';
import type { CredentialProblem } from '../../protocol/messages/credentials';
import type { Runtime } from '../runtime/runtime';
import type { AwsConfiguration, ConfigFiles } from './config-files';
import type { Tried } from './found-credentials';
import type { Profile, Section } from './parse-config';
import { assumesRole, has, holdsKeys, wholePair } from './profile-keys';
import { trans } from '../core/say';

/** Where credentials come from, with all that is needed to ask there. */
export type CredentialPlan = { readonly source: string; readonly profile?: string } & (
  | { readonly kind: 'environment' | 'container' | 'instance' }
  | { readonly kind: 'keys'; readonly section: Section }
  | { readonly kind: 'process'; readonly command: string; readonly accountId?: string }
  | { readonly kind: 'login'; readonly session: string }
  | RolePlan
  | WebIdentityPlan
  | SsoPlan
  | { readonly kind: 'broken'; readonly failure: Failure }
);

export interface RolePlan {
  readonly kind: 'role';
  readonly roleArn: string;
  readonly from: CredentialPlan;
  readonly sessionName?: string;
  readonly externalId?: string;
  readonly durationSeconds?: number;
}

export interface WebIdentityPlan {
  readonly kind: 'web-identity';
  readonly roleArn: string;
  readonly tokenFile: string;
  readonly sessionName?: string;
}

export interface SsoPlan {
  readonly kind: 'sso';
  readonly accountId: string;
  readonly roleName: string;
  readonly startUrl: string;
  readonly region: string;
  /** The `sso-session`; absent for a sign-in of the older kind. */
  readonly session?: string;
}

const ENVIRONMENT: CredentialPlan = { kind: 'environment', source: trans.__('environment variables') };
const CONTAINER: CredentialPlan = { kind: 'container', source: trans.__('container role') };
export const INSTANCE: CredentialPlan = { kind: 'instance', source: trans.__('instance role') };

/**
 * Which source the AWS CLI takes (botocore: credentials.create_credential_resolver), and why none of those before it:
 * variables (not beside a profile that the setting names), the profile's role, web identity, the profile's other
 * sources, the container, and where nothing else is set up the instance. Asks nobody.
 */
export function planCredentials(
  env: Runtime['env'],
  configuration: AwsConfiguration
): { readonly plan: CredentialPlan; readonly tried: readonly Tried[] } {
  const { files, choice, profile } = configuration;
  const { name, explicit } = choice;
  const tried: Tried[] = [];
  const merged = profile?.merged ?? {};
  if (!explicit) {
    if (env.AWS_ACCESS_KEY_ID) {
      return { plan: ENVIRONMENT, tried };
    }
    tried.push({ source: ENVIRONMENT.source, reason: notSet('AWS_ACCESS_KEY_ID') });
  }
  if (assumesRole(merged)) {
    return { plan: rolePlan(env, files, name, [name]), tried };
  }
  if (!explicit && !env.AWS_WEB_IDENTITY_TOKEN_FILE) {
    tried.push({ source: trans.__('web identity'), reason: notSet('AWS_WEB_IDENTITY_TOKEN_FILE') });
  }
  const ofProfile = profilePlan(name, profile, files, explicit ? {} : env);
  if (ofProfile) {
    return { plan: ofProfile, tried };
  }
  tried.push({
    source: trans.__('profile %1', name),
    reason: profile
      ? trans.__('the profile names no credentials')
      : trans.__('it is neither in ~/.aws/config nor in ~/.aws/credentials')
  });
  if (env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI || env.AWS_CONTAINER_CREDENTIALS_FULL_URI) {
    return { plan: CONTAINER, tried };
  }
  tried.push({
    source: CONTAINER.source,
    reason: trans.__(
      'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI and AWS_CONTAINER_CREDENTIALS_FULL_URI are not set'
    )
  });
  return { plan: INSTANCE, tried };
}

const notSet = (variable: string): string => trans.__('%1 is not set', variable);

const broken = (
  profile: string,
  files: ConfigFiles,
  source: string,
  problem: CredentialProblem,
  named?: string
): CredentialPlan => ({
  kind: 'broken',
  source,
  failure: failure('credentials_invalid', {
    source,
    problem,
    profile,
    path: files.configPath,
    ...(named === undefined ? {} : { named })
  })
});

/** A role, on the credentials of another profile or of a named source; `visited` are the profiles on the way. */
function rolePlan(
  env: Runtime['env'],
  files: ConfigFiles,
  name: string,
  visited: readonly string[]
): CredentialPlan {
  const source = trans.__('profile %1 (assumed role)', name);
  const stop = (problem: CredentialProblem, named?: string) => broken(name, files, source, problem, named);
  const merged = files.profile(name)!.merged;
  const { source_profile: sourceProfile, credential_source: credentialSource } = merged;
  if (sourceProfile !== undefined && credentialSource !== undefined) {
    return stop('role_two_sources');
  }
  if (sourceProfile === undefined && credentialSource === undefined) {
    return stop('role_no_source');
  }
  let from: CredentialPlan | undefined;
  if (credentialSource !== undefined) {
    from = NAMED_SOURCES[credentialSource];
    if (!from) {
      return stop('role_source_unknown', credentialSource);
    }
    if (from.kind === 'environment' && !env.AWS_ACCESS_KEY_ID) {
      return stop('role_source_empty', credentialSource);
    }
    if (
      from.kind === 'container' &&
      !env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI &&
      !env.AWS_CONTAINER_CREDENTIALS_FULL_URI
    ) {
      return stop('role_source_empty', credentialSource);
    }
  } else {
    const other = files.profile(sourceProfile!);
    if (!other) {
      return stop('source_profile_missing', sourceProfile);
    }
    if (visited.includes(sourceProfile!) && (sourceProfile !== name || !holdsKeys(other.merged))) {
      return stop('role_loop', sourceProfile);
    }
    from =
      assumesRole(other.merged) && !holdsKeys(other.merged)
        ? rolePlan(env, files, sourceProfile!, [...visited, sourceProfile!])
        : profilePlan(sourceProfile!, other, files, {});
    if (!from) {
      return stop('source_profile_empty', sourceProfile);
    }
  }
  // Half a pair of keys is told before the code of a device is asked for, as botocore does.
  if (from.kind === 'broken' || (from.kind === 'keys' && !wholePair(from.section))) {
    return from;
  }
  if (has(merged, 'mfa_serial')) {
    return stop('role_mfa');
  }
  const seconds = Number(merged.duration_seconds);
  return {
    kind: 'role',
    source,
    profile: name,
    roleArn: merged.role_arn,
    from,
    ...(merged.role_session_name === undefined ? {} : { sessionName: merged.role_session_name }),
    ...(merged.external_id === undefined ? {} : { externalId: merged.external_id }),
    ...(Number.isInteger(seconds) && merged.duration_seconds?.trim() ? { durationSeconds: seconds } : {})
  };
}

/** `credential_source`, in exactly these spellings. */
const NAMED_SOURCES: Readonly<Record<string, CredentialPlan>> = {
  __proto__: null as never,
  Environment: ENVIRONMENT,
  EcsContainer: CONTAINER,
  Ec2InstanceMetadata: INSTANCE
};

/** What a profile gives without a role: botocore's ProfileProviderBuilder, in its order. */
function profilePlan(
  name: string,
  profile: Profile | undefined,
  files: ConfigFiles,
  env: Runtime['env']
): CredentialPlan | undefined {
  const { merged, config, credentials } = profile ?? { merged: {}, config: {}, credentials: {} };
  const plain = trans.__('profile %1', name);
  const identity = webIdentity(name, merged, files, env);
  if (identity) {
    return identity;
  }
  if (has(merged, 'sso_account_id') || has(merged, 'sso_role_name')) {
    return ssoPlan(name, merged, files);
  }
  if (has(credentials, 'aws_access_key_id')) {
    return { kind: 'keys', source: plain, profile: name, section: credentials };
  }
  if (has(merged, 'login_session')) {
    return {
      kind: 'login',
      source: trans.__('%1 (aws login)', plain),
      profile: name,
      session: merged.login_session
    };
  }
  if (has(merged, 'credential_process')) {
    return {
      kind: 'process',
      source: `${plain} (credential_process)`,
      profile: name,
      command: merged.credential_process,
      ...(merged.aws_account_id ? { accountId: merged.aws_account_id } : {})
    };
  }
  return has(config, 'aws_access_key_id')
    ? { kind: 'keys', source: plain, profile: name, section: config }
    : undefined;
}

/** Each of the three values is the variable's, else the profile's (botocore: AssumeRoleWithWebIdentityProvider). */
function webIdentity(
  name: string,
  merged: Section,
  files: ConfigFiles,
  env: Runtime['env']
): CredentialPlan | undefined {
  const tokenFile = env.AWS_WEB_IDENTITY_TOKEN_FILE ?? merged.web_identity_token_file;
  if (!tokenFile) {
    return undefined;
  }
  const ofVariable = env.AWS_WEB_IDENTITY_TOKEN_FILE !== undefined;
  const source = ofVariable ? trans.__('web identity') : trans.__('profile %1 (web identity)', name);
  const roleArn = env.AWS_ROLE_ARN ?? merged.role_arn;
  const sessionName = env.AWS_ROLE_SESSION_NAME ?? merged.role_session_name;
  if (!roleArn) {
    return ofVariable
      ? {
          kind: 'broken',
          source,
          failure: failure('credentials_invalid', { source, problem: 'role_missing' })
        }
      : broken(name, files, source, 'role_missing');
  }
  return {
    kind: 'web-identity',
    source,
    ...(ofVariable ? {} : { profile: name }),
    roleArn,
    tokenFile,
    ...(sessionName === undefined ? {} : { sessionName })
  };
}

const SSO_KEYS = ['sso_role_name', 'sso_account_id', 'sso_start_url', 'sso_region'] as const;

/** botocore: SSOProvider. What stands in the profile and in its sso-session must be the same. */
function ssoPlan(name: string, merged: Section, files: ConfigFiles): CredentialPlan {
  const source = trans.__('profile %1 (IAM Identity Center)', name);
  const stop = (problem: CredentialProblem, named?: string) => broken(name, files, source, problem, named);
  const { sso_session: session } = merged;
  const shared = session === undefined ? {} : files.section('sso-session', session);
  if (!shared) {
    return stop('sso_session_missing', session);
  }
  const twice = Object.keys(shared).find(key => has(merged, key) && merged[key] !== shared[key]);
  if (twice !== undefined) {
    return stop('sso_conflict', twice);
  }
  const all: Section = { ...merged, ...shared };
  const absent = SSO_KEYS.filter(key => !has(all, key));
  return absent.length > 0
    ? stop('sso_incomplete', absent.join(', '))
    : {
        kind: 'sso',
        source,
        profile: name,
        accountId: all.sso_account_id,
        roleName: all.sso_role_name,
        startUrl: all.sso_start_url,
        region: all.sso_region,
        ...(session === undefined ? {} : { session })
      };
}
