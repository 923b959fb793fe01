import type { Settings } from '../../../protocol/settings';
import { dnsSuffix } from '../partition';
import { trans } from '../say';
import { endpointOptions, type EndpointOptions, endpointVariable } from './endpoint-options';

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

/** The variable that names the API's endpoint, unless AWS_IGNORE_CONFIGURED_ENDPOINT_URLS says to ignore it. */
export const environmentEndpoint = (env: Env): { variable: string; url: string } | undefined =>
  endpointOptions(env).ignored ? undefined : endpointVariable(env, 'CODEARTIFACT');

/** Hosts that the environment, which only the administrator sets, names as endpoints. */
export function trustedHosts(env: Env): readonly string[] {
  const host = hostOf(environmentEndpoint(env)?.url ?? '');
  return host ? [host] : [];
}

/** What the environment and the profile say of the API's endpoint, as `findRegion` has read it. */
export interface ConfiguredEndpoint {
  readonly named?: { readonly url: string; readonly source: string };
  readonly options: EndpointOptions;
}

/**
 * Where to ask the API, in the AWS CLI's order: what was named explicitly (`--endpoint-url`, our
 * setting), the variables and the profile's `endpoint_url`, the Region's own host, with FIPS and dual-stack as wanted. An
 * endpoint that is named is taken as it is, whatever is wanted besides (tests/differential/aws.spec.ts).
 */
export function apiEndpoint(
  settings: Pick<Settings, 'apiEndpoint' | 'endpointType'>,
  region: string,
  env: Env,
  configured?: ConfiguredEndpoint
): ApiEndpoint {
  const trusted = trustedHosts(env);
  const { fips, dualstack } = configured?.options ?? endpointOptions(env);
  const named = settings.apiEndpoint
    ? { url: settings.apiEndpoint, source: SETTING }
    : configured
      ? configured.named
      : ofVariable(env);
  if (named) {
    return {
      url: named.url.trim().replace(/(?<!\/)\/+$/, ''),
      source: named.source,
      trusted: trusted.includes(hostOf(named.url))
    };
  }
  const both = settings.endpointType === 'dualstack' || dualstack;
  return {
    url: `https://codeartifact${fips ? '-fips' : ''}.${region}.${dnsSuffix(region, both)}`,
    source: `the Region's ${fips || both ? `${[...(fips ? ['FIPS'] : []), ...(both ? ['dual-stack'] : [])].join(' ')} endpoint` : 'own endpoint'}`,
    trusted: false
  };
}

/** The words for an endpoint of our own setting. */
export const SETTING = trans.__('the setting apiEndpoint');

function ofVariable(env: Env): ConfiguredEndpoint['named'] {
  const found = environmentEndpoint(env);
  return found && { url: found.url, source: trans.__('the variable %1', found.variable) };
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
