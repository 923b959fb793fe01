// Endpoints of the services beside CodeArtifact: STS for roles that are assumed, S3 for the wheelhouse.
import { fullAccess } from '../world/default-world';
import type { OtherEndpoint, World } from '../world/world';
import { knownGroup, readEndpointPolicy } from './ec2-known';
import { newId } from './ids';
import { AdminError, type Output, type Plane } from './plane';
import type { Form } from './query-form';

const types: Record<string, OtherEndpoint['type']> = { sts: 'Interface', s3: 'Gateway' };

const serviceOf = (world: World, service: string): string =>
  service.replace(`com.amazonaws.${world.region}.`, '');

export const isOther = (world: World, service: string): boolean =>
  Object.hasOwn(types, serviceOf(world, service));

export function describedOther(world: World, id: string): Output {
  const { service, type, policy, routeTables, securityGroups, privateDns } = world.otherEndpoints[id];
  return {
    vpcEndpointId: id,
    vpcEndpointType: type,
    vpcId: world.vpc.id,
    serviceName: service,
    state: 'available',
    policyDocument: JSON.stringify(policy),
    routeTableIdSet: routeTables,
    groupSet: securityGroups.map(groupId => ({ groupId })),
    privateDnsEnabled: privateDns,
    dnsEntrySet: [],
    ownerId: world.account
  };
}

export async function createOther(plane: Plane, service: string, input: Form): Promise<Output> {
  const { world } = plane.state;
  const type = types[serviceOf(world, service)];
  if ((input.maybe('VpcEndpointType') ?? 'Gateway') !== type) {
    throw new AdminError(
      'InvalidParameter',
      `Endpoint type does not match available service types ([${type}]).`
    );
  }
  const routeTables = input.list('RouteTableId');
  const subnets = input.list('SubnetId');
  const securityGroups = input.list('SecurityGroupId');
  securityGroups.forEach(group => knownGroup(world, group));
  const wanted = input.maybe('PrivateDnsEnabled');
  const privateDns = type === 'Interface' && wanted !== 'false';
  if ((type === 'Gateway' ? routeTables : subnets).length === 0) {
    throw new AdminError('MissingParameter', 'An endpoint in no subnet or route table is used by nobody');
  }
  const text = input.maybe('PolicyDocument');
  input.maybe('ClientToken');
  input.done();
  const policy = text === undefined ? fullAccess : readEndpointPolicy(text);
  const id = newId('vpce');
  const made = { service, type, policy, routeTables, securityGroups, privateDns };
  await plane.change(draft => void (draft.otherEndpoints[id] = made));
  return { vpcEndpoint: describedOther(plane.state.world, id) };
}

export async function modifyOther(plane: Plane, id: string, input: Form): Promise<Output> {
  const privateDns = input.maybe('PrivateDnsEnabled');
  const text = input.maybe('PolicyDocument');
  const reset = input.maybe('ResetPolicy') === 'true';
  const added = input.list('AddSecurityGroupId');
  input.done();
  added.forEach(group => knownGroup(plane.state.world, group));
  const policy = text === undefined ? undefined : readEndpointPolicy(text);
  await plane.change(draft => {
    const endpoint = draft.otherEndpoints[id];
    if (privateDns !== undefined) endpoint.privateDns = privateDns === 'true';
    if (reset) endpoint.policy = fullAccess;
    if (policy !== undefined) endpoint.policy = policy;
    endpoint.securityGroups.push(...added);
  });
  return { return: true };
}
