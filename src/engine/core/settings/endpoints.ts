import type { Settings } from '../../../protocol/settings';

type Env = Readonly<Record<string, string | undefined>>;

/** Where the API is asked, and who said so. */
export interface ApiEndpoint {
  /** Without a slash at the end. */
  readonly url: string;
  /** In words: the setting, the variable, or "the Region's own endpoint". */
  readonly source: string;
  /** The environment names this host: it may be plain http, any port, and so may the repository endpoint it answers with. */
  readonly trusted: boolean;
}

/** In botocore's order, the service's own variable first (botocore: configprovider, ConfiguredEndpointProvider). */
const ENDPOINT_VARIABLES = ['AWS_ENDPOINT_URL_CODEARTIFACT', 'AWS_ENDPOINT_URL'] as const;

/** botocore's ensure_boolean: only the word "true" is true. */
const isTrue = (value: string | undefined): boolean => value?.toLowerCase() === 'true';

/** The variable that names the API's endpoint, unless AWS_IGNORE_CONFIGURED_ENDPOINT_URLS says to ignore it. */
export function environmentEndpoint(env: Env): { variable: string; url: string } | undefined {
  if (isTrue(env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS)) {
    return undefined;
  }
  const variable = ENDPOINT_VARIABLES.find(name => env[name]);
  return variable && { variable, url: env[variable]! };
}

/** Hosts that the environment, which only the administrator sets, names as endpoints. */
export function trustedHosts(env: Env): readonly string[] {
  const host = hostOf(environmentEndpoint(env)?.url ?? '');
  return host ? [host] : [];
}

/**
 * Where to ask the API, in the AWS CLI's order: what was named explicitly (`--endpoint-url`, our
 * setting), AWS_ENDPOINT_URL_CODEARTIFACT, AWS_ENDPOINT_URL, the profile's `endpoint_url`, the Region's own host.
 * `profileEndpoint` comes from `findRegion`, which reads the profile.
 */
export function apiEndpoint(
  settings: Pick<Settings, 'apiEndpoint' | 'endpointType'>,
  region: string,
  env: Env,
  profileEndpoint?: { url: string; source: string }
): ApiEndpoint {
  const trusted = trustedHosts(env);
  const at = (url: string, source: string): ApiEndpoint => ({
    url: url.trim().replace(/(?<!\/)\/+$/, ''),
    source,
    trusted: trusted.includes(hostOf(url))
  });
  if (settings.apiEndpoint) {
    return at(settings.apiEndpoint, 'the setting apiEndpoint');
  }
  const named = environmentEndpoint(env);
  if (named) {
    return at(named.url, `the variable ${named.variable}`);
  }
  if (profileEndpoint && !isTrue(env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS)) {
    return at(profileEndpoint.url, profileEndpoint.source);
  }
  return settings.endpointType === 'dualstack' || isTrue(env.AWS_USE_DUALSTACK_ENDPOINT)
    ? at(`https://codeartifact.${region}.api.aws`, "the Region's dual-stack endpoint")
    : at(`https://codeartifact.${region}.amazonaws.com`, "the Region's own endpoint");
}

/** The name that packages are fetched from in a VPC with private DNS, or over the Internet. */
export function publicIndexHost(
  settings: Pick<Settings, 'domain' | 'domainOwner' | 'endpointType'>,
  region: string
): string {
  const name = `${settings.domain}-${settings.domainOwner}`;
  // The dual-stack name has no ".d.": seen on a live domain (keyrings.codeartifact, PR 36).
  return settings.endpointType === 'dualstack'
    ? `${name}.codeartifact.${region}.on.aws`
    : `${name}.d.codeartifact.${region}.amazonaws.com`;
}

function hostOf(url: string): string {
  try {
    return new URL(url.trim()).hostname;
  } catch {
    return '';
  }
}
