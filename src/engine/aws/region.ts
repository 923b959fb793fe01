import type { Settings } from '../../protocol/settings';
import type { AwsFiles } from './parse-config';
import { environmentEndpoint } from '../core/settings/endpoints';
import { checkRegion, REGION_SHAPE } from '../core/settings/regions';
import { type Outcome, done, failed, withFacts } from '../core/failure';
import type { Runtime } from '../runtime/runtime';
import { profileName, readConfigFiles } from './config-files';
import { instanceRegion } from './instance-metadata';
import type { ReadText } from './read-text';

export interface FoundRegion {
  readonly region: string;
  /** In words: "the setting region", "the variable AWS_REGION", "profile dev". */
  readonly source: string;
  /** The profile's `endpoint_url` for CodeArtifact, for `apiEndpoint`. */
  readonly profileEndpoint?: { readonly url: string; readonly source: string };
}

/** SageMaker writes who the notebook is here; its account and Region are the customer's, unlike the instance's. */
const SAGEMAKER_METADATA = '/opt/ml/metadata/resource-metadata.json';

/**
 * The Region: setting, AWS_REGION, AWS_DEFAULT_REGION, profile, SageMaker's metadata file, instance metadata.
 * AWS CLI 2 and the SDKs read AWS_REGION first; AWS CLI 1 (botocore: configprovider) knows AWS_DEFAULT_REGION only and asks no
 * instance. Fails with `invalid_settings`; a Region without CodeArtifact is told here, before any packet.
 */
export async function findRegion(
  runtime: Runtime,
  settings: Pick<Settings, 'region' | 'profile' | 'apiEndpoint'>,
  readText: ReadText,
  signal: AbortSignal = new AbortController().signal
): Promise<Outcome<FoundRegion>> {
  const { env } = runtime;
  const { name } = profileName(settings.profile, env);
  const files = await readConfigFiles(runtime, readText);
  const profileEndpoint = endpointOf(files, name);
  const first =
    (await known(runtime, settings, files, name, readText)) ?? (await ofInstance(runtime, signal));
  if (!first.region) {
    return failed('invalid_settings', {
      message: 'No AWS Region is set: give region, such as us-east-1, or set AWS_REGION.',
      problems: [{ setting: 'region', message: 'region is not set: give one, such as us-east-1.' }],
      source: first.source
    });
  }
  const ownEndpoint =
    settings.apiEndpoint !== '' || environmentEndpoint(env) !== undefined || profileEndpoint !== undefined;
  const checked = checkRegion(first.region, ownEndpoint);
  if (!checked.ok) {
    return { ok: false, failure: withFacts(checked.failure, { source: first.source }) };
  }
  return done({
    region: first.region,
    source: first.source,
    ...(profileEndpoint ? { profileEndpoint } : {})
  });
}

interface Candidate {
  readonly region: string;
  readonly source: string;
}

async function known(
  { env }: Runtime,
  settings: Pick<Settings, 'region'>,
  files: AwsFiles,
  profile: string,
  readText: ReadText
): Promise<Candidate | undefined> {
  const candidates: Candidate[] = [
    { region: settings.region, source: 'the setting region' },
    { region: env.AWS_REGION ?? '', source: 'the variable AWS_REGION' },
    { region: env.AWS_DEFAULT_REGION ?? '', source: 'the variable AWS_DEFAULT_REGION' },
    { region: files.profile(profile)?.merged.region ?? '', source: `profile ${profile}` }
  ];
  const text = candidates.some(c => c.region.trim()) ? null : await readText(SAGEMAKER_METADATA);
  candidates.push({ region: regionOfSageMaker(text), source: "SageMaker's notebook metadata" });
  const hit = candidates.find(c => c.region.trim());
  return hit && { ...hit, region: hit.region.trim() };
}

function regionOfSageMaker(text: string | null): string {
  const arn = /"ResourceArn"\s*:\s*"arn:[\w-]+:sagemaker:([a-z0-9-]+):\d{12}:/.exec(text ?? '');
  return arn && REGION_SHAPE.test(arn[1]) ? arn[1] : '';
}

async function ofInstance(runtime: Runtime, signal: AbortSignal): Promise<Candidate> {
  const { region = '', reason } = await instanceRegion(runtime, signal);
  return region ? { region, source: 'instance metadata' } : { region: '', source: reason };
}

/** botocore's order: the `services` section that the profile names, then the profile's own `endpoint_url`. */
function endpointOf(files: AwsFiles, name: string): FoundRegion['profileEndpoint'] {
  const merged = files.profile(name)?.merged;
  if (!merged || merged.ignore_configured_endpoint_urls?.toLowerCase() === 'true') {
    return undefined;
  }
  const services = merged.services ? files.section('services', merged.services) : undefined;
  const url = services?.['codeartifact.endpoint_url'] || merged.endpoint_url;
  return url ? { url, source: `endpoint_url of profile ${name}` } : undefined;
}
