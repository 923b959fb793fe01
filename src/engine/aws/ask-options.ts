import type { Runtime } from '../runtime/runtime';
import type { AwsConfiguration } from './config-files';
import type { CredentialPlan } from './credential-plan';
import type { CredentialResult } from './credential-source';
import type { ReadText } from './read-text';
import type { TransportOptions } from './transport';

/** What a source of credentials is asked with. */
export interface AskOptions extends TransportOptions {
  readonly configuration: AwsConfiguration;
  /** Where STS is asked: the Region in use, whatever the profile of a role says (botocore: session._resolve_region_name). */
  readonly region: string;
  readonly readText: ReadText;
  /** Tests put their own container agent here. */
  readonly containerAgent?: string;
}

/** Asks any source: a role needs the credentials of another. */
export type AskPlan = (
  runtime: Runtime,
  options: AskOptions,
  plan: CredentialPlan,
  signal: AbortSignal
) => Promise<CredentialResult>;
