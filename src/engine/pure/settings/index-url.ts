import type { Settings } from '../../../protocol/settings';

type Named = Pick<Settings, 'domain' | 'domainOwner' | 'repository' | 'repositoriesEndpoint'>;

/**
 * What pip is given: ends in `simple/`, never carries credentials.
 * With private DNS (or none of our business) it is what GetRepositoryEndpoint answered. Without private DNS that host is not
 * reachable and the VPC endpoint's own host takes its place, with the domain in the path
 * (CodeArtifact guide, "Use CodeArtifact from a VPC").
 */
export function indexUrl(repositoryEndpoint: string, settings: Named): string {
  return `${publishUrl(repositoryEndpoint, settings)}simple/`;
}

/** What twine is given: the same without `simple/`. */
export function publishUrl(repositoryEndpoint: string, settings: Named): string {
  const domain = settings.repositoriesEndpoint && domainPart(repositoryEndpoint, settings);
  if (!domain) {
    return slashed(repositoryEndpoint);
  }
  return `${slashed(settings.repositoriesEndpoint)}pypi/d/${domain}/${settings.repository}/`;
}

/**
 * The `machine` of a netrc line: requests (and so pip) and uv look the URL's host up without its port.
 */
export function netrcHost(url: string): string {
  return new URL(url).hostname.replace(/^\[|\]$/g, '');
}

/** `DOMAIN-OWNER`: from the settings, or, when the owner is left to AWS, from AWS's answer. */
function domainPart(repositoryEndpoint: string, settings: Named): string | undefined {
  if (settings.domain && settings.domainOwner) {
    return `${settings.domain}-${settings.domainOwner}`;
  }
  const url = new URL(repositoryEndpoint);
  return [url.hostname.split('.')[0], ...url.pathname.split('/')].find(part =>
    /^[a-z][a-z0-9-]*-\d{12}$/.test(part)
  );
}

const slashed = (url: string): string => `${url.replace(/\/+$/, '')}/`;
