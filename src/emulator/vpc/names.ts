import { namePrivate } from './reach';
import type { DnsReply } from './dns';
import type { World } from '../world/world';

// https://docs.aws.amazon.com/codeartifact/latest/ug/vpc-endpoints.html

export function apiHost(world: World): string {
  return `codeartifact.${world.region}.amazonaws.com`;
}

export function repositoryHost(world: World, domain: string): string {
  return `${domain}-${world.domains[domain].owner}.d.codeartifact.${world.region}.amazonaws.com`;
}

export function vpceApiHost(world: World): string {
  return `${world.endpoints.api.id}.api.codeartifact.${world.region}.vpce.amazonaws.com`;
}

export function vpceRepositoryHost(world: World): string {
  return `${world.endpoints.repositories.id}.d.codeartifact.${world.region}.vpce.amazonaws.com`;
}

export function hostNames(world: World): string[] {
  const repositories = Object.keys(world.domains).map(domain => repositoryHost(world, domain));
  return [apiHost(world), ...repositories, vpceApiHost(world), vpceRepositoryHost(world)];
}

/** What the VPC's resolver says of a name in this world. */
export function lookUp(world: World, name: string): DnsReply {
  if (!world.vpc.enableDnsSupport) return { mode: 'drop', addresses: undefined };
  const { api, repositories } = world.endpoints;
  const ofRepositories = Object.keys(world.domains).some(domain => repositoryHost(world, domain) === name);
  if (name === apiHost(world)) {
    return {
      mode: world.dns.api,
      addresses: namePrivate(world, 'api') ? api.addresses : world.vpc.publicAddresses.api
    };
  }
  if (ofRepositories) {
    const found = namePrivate(world, 'index')
      ? repositories.addresses
      : world.vpc.publicAddresses.repositories;
    return { mode: world.dns.repositories, addresses: found };
  }
  if (name === vpceApiHost(world) && api.exists) return { mode: 'ok', addresses: api.addresses };
  if (name === vpceRepositoryHost(world) && repositories.exists)
    return { mode: 'ok', addresses: repositories.addresses };
  return { mode: 'ok', addresses: undefined };
}
