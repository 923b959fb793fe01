import { type Failure, failure, type Outcome } from '../core/failure';
import { principalOf } from '../core/principal';
import type { Runtime } from '../runtime/runtime';
import type { Retried } from '../runtime/retry';
import type { AskOptions, AskPlan } from './ask-options';
import type { CredentialPlan, RolePlan, WebIdentityPlan } from './credential-plan';
import { type CredentialResult, type Keys, ofRoleArn, unusable } from './credential-source';
import { asUnreachable, callService } from './service-call';
import { serviceEndpoint } from './service-endpoint';

/** How the session of a role is called in CloudTrail where the profile does not name it. */
const SESSION_NAME = 'jupyterlab-codeartifact';

interface Assumed {
  readonly Credentials?: {
    readonly AccessKeyId?: string;
    readonly SecretAccessKey?: string;
    readonly SessionToken?: string;
    readonly Expiration?: Date;
  };
  readonly AssumedRoleUser?: { readonly Arn?: string };
}

/** A role's credentials from STS, signed for by the credentials of `plan.from`. */
export async function roleCredentials(
  runtime: Runtime,
  options: AskOptions,
  plan: CredentialPlan & RolePlan,
  ask: AskPlan,
  signal: AbortSignal
): Promise<CredentialResult> {
  const from = await ask(runtime, options, plan.from, signal);
  if (from.kind !== 'found') {
    return from.kind === 'broken'
      ? from
      : unusable(plan.source, 'role_source_empty', {
          ...named(plan),
          path: options.configuration.files.configPath,
          named: from.source,
          reason: from.reason
        });
  }
  const endpoint = serviceEndpoint(runtime.env, options.configuration, 'sts', options.region);
  if (!endpoint.ok) {
    return { kind: 'broken', source: plan.source, failure: endpoint.failure };
  }
  const called = await callService<Assumed>(
    runtime,
    { service: 'sts', operation: 'AssumeRole', endpoint: endpoint.value, route: options },
    async (sdk, client, abortSignal) => {
      const sts = new sdk.STSClient({ ...client, credentials: from.keys });
      const command = new sdk.AssumeRoleCommand({
        RoleArn: plan.roleArn,
        RoleSessionName: plan.sessionName ?? SESSION_NAME,
        ...(plan.externalId === undefined ? {} : { ExternalId: plan.externalId }),
        ...(plan.durationSeconds === undefined ? {} : { DurationSeconds: plan.durationSeconds })
      });
      return sts.send(command, { abortSignal });
    },
    signal
  );
  return assumed(plan, called, from.source, s => roleCredentials(runtime, options, plan, ask, s));
}

/** A role's credentials from STS, for a token in a file: EKS's service accounts, and profiles made like them. */
export async function webIdentityCredentials(
  runtime: Runtime,
  options: AskOptions,
  plan: CredentialPlan & WebIdentityPlan,
  signal: AbortSignal
): Promise<CredentialResult> {
  const token = await options.readText(plan.tokenFile);
  if (token === null || token.trim() === '') {
    const problem = token === null ? 'token_file_unreadable' : 'token_file_empty';
    return unusable(plan.source, problem, { ...named(plan), path: plan.tokenFile });
  }
  const endpoint = serviceEndpoint(runtime.env, options.configuration, 'sts', options.region);
  if (!endpoint.ok) {
    return { kind: 'broken', source: plan.source, failure: endpoint.failure };
  }
  const called = await callService<Assumed>(
    runtime,
    { service: 'sts', operation: 'AssumeRoleWithWebIdentity', endpoint: endpoint.value, route: options },
    async (sdk, client, abortSignal) => {
      // The call is not signed: the token is the proof.
      const sts = new sdk.STSClient({ ...client, credentials: { accessKeyId: '', secretAccessKey: '' } });
      const command = new sdk.AssumeRoleWithWebIdentityCommand({
        RoleArn: plan.roleArn,
        RoleSessionName: plan.sessionName ?? SESSION_NAME,
        WebIdentityToken: token
      });
      return sts.send(command, { abortSignal });
    },
    signal
  );
  return assumed(plan, called, plan.source, s => webIdentityCredentials(runtime, options, plan, s));
}

type StsPlan = CredentialPlan & (RolePlan | WebIdentityPlan);

const named = ({ profile, kind }: CredentialPlan) => ({
  kind,
  ...(profile === undefined ? {} : { profile })
});

function assumed(
  plan: StsPlan,
  { outcome, attempts }: Retried<Assumed>,
  signedBy: string,
  again: (signal: AbortSignal) => Promise<CredentialResult>
): CredentialResult {
  const { source } = plan;
  const answered: Outcome<Assumed> = asUnreachable(outcome, source);
  if (!answered.ok) {
    return { kind: 'broken', source, failure: refused(answered.failure, plan, signedBy) };
  }
  const { Credentials: keys, AssumedRoleUser: user } = answered.value;
  if (!keys?.AccessKeyId || !keys.SecretAccessKey) {
    return unusable(source, 'sts_garbage', named(plan));
  }
  const session = user?.Arn;
  const ofSession = ofRoleArn(session);
  const ofPlan = ofRoleArn(plan.roleArn);
  // A session's ARN leaves out the role's path, which policies need: the profile's ARN has it, where it is the same role.
  const same = ofSession.role === undefined || ofSession.role === ofPlan.role;
  const who = same ? ofPlan : ofSession;
  const found: Keys = {
    accessKeyId: keys.AccessKeyId,
    secretAccessKey: keys.SecretAccessKey,
    sessionToken: keys.SessionToken,
    expiration: keys.Expiration,
    accountId: ofSession.accountId ?? ofPlan.accountId
  };
  return {
    kind: 'found',
    source,
    keys: found,
    ...(who.role === undefined ? {} : { role: who.role }),
    ...(who.principal === undefined ? {} : { principal: who.principal }),
    ...(session === undefined ? {} : { session }),
    attempts,
    again
  };
}

/** Names by which STS refuses the token of a web identity (STS API reference, AssumeRoleWithWebIdentity). */
const TOKEN_REFUSED = /^(InvalidIdentityToken|IDPRejectedClaim|IDPCommunicationError|ExpiredToken)/;

/** What STS answered, told as what it is: neither CodeArtifact's refusal nor the notebook's role's. */
function refused(met: Failure, plan: StsPlan, signedBy: string): Failure {
  const { cause, evidence } = met;
  const { operation, host, requestId, error, status, message } = evidence;
  const facts = {
    source: plan.source,
    ...named(plan),
    service: 'AWS STS',
    role: plan.roleArn,
    ...(operation ? { operation } : {}),
    ...(host ? { host } : {}),
    ...(requestId ? { requestId } : {}),
    ...(error ? { error } : {}),
    ...(status === undefined ? {} : { status })
  };
  if (plan.kind === 'web-identity' && TOKEN_REFUSED.test(error ?? '')) {
    return failure('web_identity_rejected', { ...facts, ...(message === undefined ? {} : { message }) });
  }
  switch (cause) {
    case 'denied': {
      // Who asked, as STS names it; a token has no ARN.
      const principal = principalOf(evidence.principal ?? '').account === '' ? undefined : evidence.principal;
      return failure('role_denied', {
        ...facts,
        signedBy,
        explicit: evidence.explicit === true,
        policyType: evidence.policyType,
        ...(evidence.via ? { via: evidence.via } : {}),
        ...(evidence.policyArn ? { policyArn: evidence.policyArn } : {}),
        ...(principal === undefined ? {} : { principal })
      });
    }
    // Not the role's credentials, but those that ask for it.
    case 'credentials_rejected':
    case 'credentials_expired': {
      const { profile: _, ...rest } = facts;
      const signer = plan.kind === 'role' ? named(plan.from) : named(plan);
      return failure(cause, { ...rest, ...signer, source: signedBy });
    }
    case 'rejected':
    case 'value_rejected':
      return failure('role_rejected', {
        ...facts,
        ...(message === undefined ? {} : { message })
      });
    default:
      return met;
  }
}
