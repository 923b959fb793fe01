import type { World } from './world';

export function domainArn(world: World, owner: string, domain: string): string {
  return `arn:aws:codeartifact:${world.region}:${owner}:domain/${domain}`;
}

export function repositoryArn(world: World, owner: string, domain: string, repository: string): string {
  return `arn:aws:codeartifact:${world.region}:${owner}:repository/${domain}/${repository}`;
}

/** `package/DOMAIN/REPOSITORY/FORMAT/NAMESPACE/NAME`; PyPI has no namespaces, so two slashes meet. */
export function packageArn(
  world: World,
  owner: string,
  domain: string,
  repository: string,
  name: string
): string {
  return `arn:aws:codeartifact:${world.region}:${owner}:package/${domain}/${repository}/pypi//${name}`;
}
