type Env = Readonly<Record<string, string | undefined>>;

/** What the environment and the profile say of endpoints, the environment's word first. */
export interface EndpointOptions {
  /** No `endpoint_url` of variables or files counts. */
  readonly ignored: boolean;
  readonly fips: boolean;
  readonly dualstack: boolean;
}

/** botocore's ensure_boolean: only the word "true" is true. */
const isTrue = (value: string | undefined): boolean => value?.toLowerCase() === 'true';

/**
 * A variable that is set decides, be it empty or `false`, and only without one the profile does (botocore: configprovider,
 * ChainProvider).
 */
export const endpointOptions = (
  env: Env,
  profile: Readonly<Record<string, string>> = {}
): EndpointOptions => ({
  ignored: isTrue(env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS ?? profile.ignore_configured_endpoint_urls),
  fips: isTrue(env.AWS_USE_FIPS_ENDPOINT ?? profile.use_fips_endpoint),
  dualstack: isTrue(env.AWS_USE_DUALSTACK_ENDPOINT ?? profile.use_dualstack_endpoint)
});

/** An endpoint that a variable names, the service's own first. */
export function endpointVariable(
  env: Env,
  service: 'CODEARTIFACT' | 'STS' | 'SSO' | 'SSO_OIDC' | 'SIGNIN'
): { variable: string; url: string } | undefined {
  const variable = [`AWS_ENDPOINT_URL_${service}`, 'AWS_ENDPOINT_URL'].find(name => env[name]);
  return variable === undefined ? undefined : { variable, url: env[variable]! };
}
