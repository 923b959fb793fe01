import type { Settings } from '../../protocol/settings';
import type { ConfiguredEndpoint } from '../core/settings/endpoints';
import { endpointOptions } from '../core/settings/endpoint-options';
import { checkRegion, REGION_SHAPE } from '../core/settings/regions';
import { type Outcome, done, failed, withFacts } from '../core/failure';
import type { Runtime } from '../runtime/runtime';
import { type ProfileSetting, readConfiguration } from './config-files';
import { instanceRegion } from './instance-metadata';
import type { ReadText } from './read-text';
import { namedEndpoint } from './service-endpoint';
import { trans } from '../core/say';

export interface FoundRegion {
  readonly region: string;
  /** In words: "the setting region", "the variable AWS_REGION", "profile dev". */
  readonly source: string;
  /** What variables and the profile say of CodeArtifact's endpoint, for `apiEndpoint`. */
  readonly endpoint?: ConfiguredEndpoint;
}

/** SageMaker writes who the notebook is here; its account and Region are the customer's, unlike the instance's. */
const SAGEMAKER_METADATA = '/opt/ml/metadata/resource-metadata.json';

/**
 * The Region: setting, AWS_REGION, AWS_DEFAULT_REGION, profile, SageMaker's metadata file, instance metadata.
 * AWS CLI 2 and the SDKs read AWS_REGION first; AWS CLI 1 (botocore: configprovider) knows AWS_DEFAULT_REGION only and asks no
 * instance. Fails with what is wrong with the files, or `invalid_settings`; a Region without CodeArtifact is told here,
 * before any packet.
 */
export async function findRegion(
  runtime: Runtime,
  settings: Pick<Settings, 'region' | 'apiEndpoint'> & ProfileSetting,
  readText: ReadText,
  signal: AbortSignal = new AbortController().signal
): Promise<Outcome<FoundRegion>> {
  const { env } = runtime;
  const configuration = await readConfiguration(runtime, settings, readText);
  const { broken, choice } = configuration;
  if (broken?.cause === 'aws_config_unparsable') {
    return { ok: false, failure: broken };
  }
  const merged = configuration.profile?.merged ?? {};
  const named =
    settings.apiEndpoint === '' ? namedEndpoint(env, configuration, 'codeartifact') : done(undefined);
  if (!named.ok) {
    return named;
  }
  const first =
    (await known(runtime, settings, merged.region ?? '', choice.name, readText)) ??
    // Without its profile there is no Region to look for: the profile is what is wrong.
    (broken ? undefined : await ofInstance(runtime, signal));
  if (!first?.region) {
    return broken
      ? { ok: false, failure: broken }
      : failed('invalid_settings', {
          message: trans.__('No AWS Region is set: give region, such as us-east-1, or set AWS_REGION.'),
          problems: [
            { setting: 'region', message: trans.__('region is not set: give one, such as us-east-1.') }
          ],
          source: first?.source ?? ''
        });
  }
  const checked = checkRegion(first.region, settings.apiEndpoint !== '' || named.value !== undefined);
  if (!checked.ok) {
    return { ok: false, failure: withFacts(checked.failure, { source: first.source }) };
  }
  return done({
    region: first.region,
    source: first.source,
    endpoint: {
      ...(named.value ? { named: named.value } : {}),
      options: endpointOptions(env, merged)
    }
  });
}

interface Candidate {
  readonly region: string;
  readonly source: string;
}

async function known(
  { env }: Runtime,
  settings: Pick<Settings, 'region'>,
  ofProfile: string,
  profile: string,
  readText: ReadText
): Promise<Candidate | undefined> {
  const candidates: Candidate[] = [
    { region: settings.region, source: trans.__('the setting region') },
    { region: env.AWS_REGION ?? '', source: trans.__('the variable AWS_REGION') },
    { region: env.AWS_DEFAULT_REGION ?? '', source: trans.__('the variable AWS_DEFAULT_REGION') },
    { region: ofProfile, source: `profile ${profile}` }
  ];
  const text = candidates.some(c => c.region.trim()) ? null : await readText(SAGEMAKER_METADATA);
  candidates.push({ region: regionOfSageMaker(text), source: trans.__("SageMaker's notebook metadata") });
  const hit = candidates.find(c => c.region.trim());
  return hit && { ...hit, region: hit.region.trim() };
}

function regionOfSageMaker(text: string | null): string {
  const arn = /"ResourceArn"\s*:\s*"arn:[\w-]+:sagemaker:([a-z0-9-]+):\d{12}:/.exec(text ?? '');
  return arn && REGION_SHAPE.test(arn[1]) ? arn[1] : '';
}

async function ofInstance(runtime: Runtime, signal: AbortSignal): Promise<Candidate> {
  const { region = '', reason } = await instanceRegion(runtime, signal);
  return region ? { region, source: trans.__('instance metadata') } : { region: '', source: reason };
}
