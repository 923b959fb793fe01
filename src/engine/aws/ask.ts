import type { Runtime } from '../runtime/runtime';
import type { AskOptions } from './ask-options';
import { containerCredentials } from './container-credentials';
import type { CredentialPlan } from './credential-plan';
import { type CredentialResult, unusable } from './credential-source';
import { environmentCredentials } from './environment-credentials';
import { instanceCredentials } from './instance-metadata';
import { roleCredentials, webIdentityCredentials } from './role-credentials';
import { fromSdk } from './sdk-provider';
import { ssoCredentials } from './sso-credentials';

/** Asks the planned source. A source that is set up but broken ends the search with its own cause. */
export async function askPlan(
  runtime: Runtime,
  options: AskOptions,
  plan: CredentialPlan,
  signal: AbortSignal
): Promise<CredentialResult> {
  switch (plan.kind) {
    case 'broken':
      return { kind: 'broken', source: plan.source, failure: plan.failure };
    case 'environment':
      return environmentCredentials(runtime);
    case 'keys':
      return staticKeys(plan);
    case 'role':
      return roleCredentials(runtime, options, plan, askPlan, signal);
    case 'web-identity':
      return webIdentityCredentials(runtime, options, plan, signal);
    case 'sso':
      return ssoCredentials(runtime, options, plan, signal);
    case 'login':
    case 'process':
      return fromSdk(runtime, options, plan, signal);
    case 'container':
      return containerCredentials(
        runtime,
        { readText: options.readText, agent: options.containerAgent },
        signal
      );
    case 'instance':
      return instanceCredentials(runtime, signal);
  }
}

/** The token's older name first, as botocore has it (SharedCredentialProvider.TOKENS). */
function staticKeys({ source, profile, section }: CredentialPlan & { kind: 'keys' }): CredentialResult {
  const { aws_access_key_id: accessKeyId, aws_secret_access_key: secretAccessKey } = section;
  return accessKeyId && secretAccessKey
    ? {
        kind: 'found',
        source,
        keys: {
          accessKeyId,
          secretAccessKey,
          sessionToken: (section.aws_security_token ?? section.aws_session_token) || undefined,
          accountId: section.aws_account_id || undefined
        }
      }
    : unusable(source, 'secret_key_missing', { profile });
}
