import type { Settings } from '../../../protocol/settings';
import { publicIndexHost } from './endpoints';

type Named = Pick<
  Settings,
  'domain' | 'domainOwner' | 'repository' | 'repositoriesEndpoint' | 'endpointType'
>;

/**
 * What pip is given: ends in `simple/`, never carries credentials.
 * With private DNS (or none of our business) it is what GetRepositoryEndpoint answered. Without private DNS that host is not
 * reachable and the VPC endpoint's own host takes its place, with the domain in the path
 * (CodeArtifact guide, "Use CodeArtifact from a VPC").
 * An empty `repositoryEndpoint` means that AWS has not been asked: the URL is then composed, for showing only.
 */
export function indexUrl(repositoryEndpoint: string, settings: Named, region: string): string {
  return `${publishUrl(repositoryEndpoint, settings, region)}simple/`;
}

/** What twine is given: the same without `simple/`. */
export function publishUrl(repositoryEndpoint: string, settings: Named, region: string): string {
  const answered =
    repositoryEndpoint || `https://${publicIndexHost(settings, region)}/pypi/${settings.repository}/`;
  const domain = settings.repositoriesEndpoint && domainPart(answered, settings);
  if (!domain) {
    return slashed(answered);
  }
  return `${slashed(settings.repositoriesEndpoint)}pypi/d/${domain}/${settings.repository}/`;
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

const slashed = (url: string): string => `${url.replace(/(?<!\/)\/+$/, '')}/`;
