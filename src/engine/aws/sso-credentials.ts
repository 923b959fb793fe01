import { createHash } from 'node:crypto';
import { type Failure, failure } from '../core/failure';
import type { Runtime } from '../runtime/runtime';
import type { AskOptions } from './ask-options';
import type { CredentialPlan, SsoPlan } from './credential-plan';
import { type CredentialResult, type Keys, unusable } from './credential-source';
import { fromSdk } from './sdk-provider';
import { asUnreachable, callService } from './service-call';
import { serviceEndpoint } from './service-endpoint';

type Plan = CredentialPlan & SsoPlan;

interface Answered {
  readonly roleCredentials?: {
    readonly accessKeyId?: string;
    readonly secretAccessKey?: string;
    readonly sessionToken?: string;
    readonly expiration?: number;
  };
}

/** IAM Identity Center's credentials for the sign-in that `aws sso login` has left in the user's cache. */
export async function ssoCredentials(
  runtime: Runtime,
  options: AskOptions,
  plan: Plan,
  signal: AbortSignal
): Promise<CredentialResult> {
  const signIn = signInOf(await options.readText(cachePath(runtime.home, plan)));
  if (!signIn) {
    return { kind: 'broken', source: plan.source, failure: noSignIn(plan, options) };
  }
  if (signIn.until <= runtime.clock.now()) {
    // The SDK renews such a sign-in, and keeps the new one where the AWS CLI finds it.
    return signIn.renewable
      ? fromSdk(runtime, options, plan, signal)
      : { kind: 'broken', source: plan.source, failure: noSignIn(plan, options, signIn.until) };
  }
  const endpoint = serviceEndpoint(runtime.env, options.configuration, 'sso', plan.region);
  if (!endpoint.ok) {
    return { kind: 'broken', source: plan.source, failure: endpoint.failure };
  }
  const { outcome, attempts } = await callService<Answered>(
    runtime,
    { service: 'sso', operation: 'GetRoleCredentials', endpoint: endpoint.value, route: options },
    async (sdk, client, abortSignal) => {
      const { accountId, roleName } = plan;
      const command = new sdk.GetRoleCredentialsCommand({
        accountId,
        roleName,
        accessToken: signIn.token
      });
      return new sdk.SSOClient(client).send(command, { abortSignal });
    },
    signal
  );
  const answered = asUnreachable(outcome, plan.source);
  if (!answered.ok) {
    return { kind: 'broken', source: plan.source, failure: refused(answered.failure, plan, options) };
  }
  const keys = answered.value.roleCredentials;
  if (!keys?.accessKeyId || !keys.secretAccessKey) {
    return unusable(plan.source, 'sso_garbage', { profile: plan.profile, kind: 'sso' });
  }
  return {
    kind: 'found',
    source: plan.source,
    role: plan.roleName,
    keys: ssoKeys(keys, plan),
    attempts,
    again: s => ssoCredentials(runtime, options, plan, s)
  };
}

const ssoKeys = (keys: NonNullable<Answered['roleCredentials']>, plan: Plan): Keys => ({
  accessKeyId: keys.accessKeyId!,
  secretAccessKey: keys.secretAccessKey!,
  sessionToken: keys.sessionToken,
  expiration: keys.expiration === undefined ? undefined : new Date(keys.expiration),
  accountId: plan.accountId
});

/** botocore: SSOTokenLoader. The name of the session, or without one the address, decides the file's name. */
const cachePath = (home: string, { session, startUrl }: Plan): string =>
  `${home}/.aws/sso/cache/${createHash('sha1')
    .update(session ?? startUrl)
    .digest('hex')}.json`;

/** The sign-in in a file of the cache; undefined where there is none in it. */
function signInOf(text: string | null): { token: string; until: number; renewable: boolean } | undefined {
  let read: Record<string, unknown> | null;
  try {
    read = JSON.parse(text ?? 'null') as Record<string, unknown> | null;
  } catch {
    return undefined;
  }
  const until = typeof read?.expiresAt === 'string' ? Date.parse(read.expiresAt) : NaN;
  return typeof read?.accessToken === 'string' && !Number.isNaN(until)
    ? {
        token: read.accessToken,
        until,
        renewable: typeof read.refreshToken === 'string' && typeof read.clientSecret === 'string'
      }
    : undefined;
}

/** There is no sign-in, or it has ended: the user signs in again. */
function noSignIn(plan: Plan, options: AskOptions, until?: number): Failure {
  const { source, profile = '' } = plan;
  return failure('credentials_expired', {
    source,
    profile,
    kind: 'sso',
    path: options.configuration.files.configPath,
    signIn: `aws sso login --profile ${profile}`,
    ...(until === undefined ? {} : { expiresAt: new Date(until).toISOString() })
  });
}

/** The portal's own refusals (IAM Identity Center portal API, GetRoleCredentials). */
function refused(met: Failure, plan: Plan, options: AskOptions): Failure {
  const { error, host, operation, status, requestId } = met.evidence;
  if (error === 'UnauthorizedException' || met.cause === 'credentials_expired') {
    return noSignIn(plan, options);
  }
  if (error === 'ForbiddenException' || error === 'ResourceNotFoundException') {
    return failure('sign_in_role_denied', {
      source: plan.source,
      profile: plan.profile ?? '',
      role: plan.roleName,
      account: plan.accountId,
      error,
      ...(host ? { host } : {}),
      ...(operation ? { operation } : {}),
      ...(status === undefined ? {} : { status }),
      ...(requestId ? { requestId } : {})
    });
  }
  return met;
}
