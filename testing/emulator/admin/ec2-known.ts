// What EC2's calls name, or the error that EC2 answers with.
import { checkDocument } from '../policies/check-document';
import type { PolicyDocument } from '../policies/document';
import type { World } from '../world/world';
import { AdminError } from './plane';

export function knownVpc(world: World, id: string): void {
  if (id !== world.vpc.id) throw new AdminError('InvalidVpcId.NotFound', `The Vpc Id ${id} does not exist`);
}

export function knownGroup(world: World, id: string): World['vpc']['securityGroups'][string] {
  if (Object.hasOwn(world.vpc.securityGroups, id)) return world.vpc.securityGroups[id];
  throw new AdminError('InvalidGroup.NotFound', `The security group '${id}' does not exist`);
}

export function readEndpointPolicy(text: string): PolicyDocument {
  try {
    return checkDocument(JSON.parse(text), 'resource');
  } catch (error) {
    throw new AdminError('InvalidPolicyDocument', `Invalid policy document: ${(error as Error).message}`);
  }
}
