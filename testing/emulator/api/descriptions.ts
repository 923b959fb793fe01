import { domainArn, repositoryArn } from '../world/arns';
import type { World } from '../world/world';

/** All was made long ago: a fixed time keeps answers the same from run to run (epoch seconds). */
export const createdTime = 1_735_689_600;

export function domainSummary(world: World, name: string): Record<string, unknown> {
  const { owner, encryptionKey } = world.domains[name];
  return { name, owner, arn: domainArn(world, owner, name), status: 'Active', createdTime, encryptionKey };
}

export function repositorySummary(world: World, name: string): Record<string, unknown> {
  const { domain, description } = world.repositories[name];
  const { owner } = world.domains[domain];
  return {
    name,
    administratorAccount: owner,
    domainName: domain,
    domainOwner: owner,
    arn: repositoryArn(world, owner, domain, name),
    description,
    createdTime
  };
}
