import { type Outcome, done, failed } from '../core/failure';
import { dnsSuffix } from '../core/partition';
import { endpointOptions, endpointVariable } from '../core/settings/endpoint-options';
import type { Runtime } from '../runtime/runtime';
import type { AwsConfiguration } from './config-files';

/** The services that the engine asks. */
export type Service = 'codeartifact' | 'sts' | 'sso' | 'sso_oidc' | 'signin';

export interface NamedEndpoint {
  readonly url: string;
  /** In words: the variable, or the profile's `endpoint_url`. */
  readonly source: string;
}

/** As the SDK is told: everything is given, so that it looks for nothing. */
export interface ServiceEndpoint {
  readonly url: string;
  readonly signingRegion: string;
}

const UPPER = {
  codeartifact: 'CODEARTIFACT',
  sts: 'STS',
  sso: 'SSO',
  sso_oidc: 'SSO_OIDC',
  signin: 'SIGNIN'
} as const;

/**
 * The endpoint that variables or the profile name for a service, in botocore's order (ConfiguredEndpointProvider): the
 * service's variable, AWS_ENDPOINT_URL, the profile's `services` section, its own `endpoint_url`; undefined where none
 * does, or all are to be ignored. Fails where the profile names a `services` section that is not there.
 */
export function namedEndpoint(
  env: Runtime['env'],
  { files, choice, profile }: Pick<AwsConfiguration, 'files' | 'choice' | 'profile'>,
  service: Service
): Outcome<NamedEndpoint | undefined> {
  const merged = profile?.merged ?? {};
  if (endpointOptions(env, merged).ignored) {
    return done(undefined);
  }
  const variable = endpointVariable(env, UPPER[service]);
  if (variable) {
    return done({ url: variable.url, source: `the variable ${variable.variable}` });
  }
  if (merged.services !== undefined) {
    const section = files.section('services', merged.services);
    if (!section || Object.keys(section).length === 0) {
      return failed('credentials_invalid', {
        source: `profile ${choice.name}`,
        problem: 'services_missing',
        profile: choice.name,
        path: files.configPath,
        named: merged.services
      });
    }
    const url = section[`${service}.endpoint_url`];
    if (url) {
      return done({ url, source: `endpoint_url of profile ${choice.name}` });
    }
  }
  const url = merged.endpoint_url;
  return done(url ? { url, source: `endpoint_url of profile ${choice.name}` } : undefined);
}

/** STS's Regions of old, for which `sts_regional_endpoints = legacy` means the global endpoint (botocore: args). */
const LEGACY_STS = new Set([
  'ap-northeast-1',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'aws-global',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2'
]);

/** Host names as botocore's endpoint rules make them. */
const HOSTS: Record<Exclude<Service, 'codeartifact' | 'signin'>, (fips: string) => string> = {
  sts: fips => `sts${fips}`,
  sso: fips => `portal.sso${fips}`,
  sso_oidc: fips => `oidc${fips}`
};

/**
 * Where a service that hands out credentials is asked. An endpoint that is named is taken as it is, whether or not FIPS
 * or dual-stack is wanted besides.
 */
export function serviceEndpoint(
  env: Runtime['env'],
  configuration: AwsConfiguration,
  service: Exclude<Service, 'codeartifact' | 'signin'>,
  region: string
): Outcome<ServiceEndpoint> {
  const named = namedEndpoint(env, configuration, service);
  if (!named.ok) {
    return named;
  }
  const merged = configuration.profile?.merged ?? {};
  const { fips, dualstack } = endpointOptions(env, merged);
  if (named.value) {
    return done({ url: named.value.url, signingRegion: region });
  }
  const legacy = (env.AWS_STS_REGIONAL_ENDPOINTS ?? merged.sts_regional_endpoints) === 'legacy';
  if (service === 'sts' && legacy && !fips && !dualstack && LEGACY_STS.has(region)) {
    return done({ url: 'https://sts.amazonaws.com', signingRegion: 'us-east-1' });
  }
  // GovCloud's own hosts are FIPS hosts already.
  const own = fips && !(region.startsWith('us-gov-') && !dualstack) ? '-fips' : '';
  return done({
    url: `https://${HOSTS[service](own)}.${region}.${dnsSuffix(region, dualstack)}`,
    signingRegion: region
  });
}
