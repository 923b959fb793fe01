// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html and its neighbours
import { fullAccess } from '../world/default-world';
import type { InterfaceEndpoint, World } from '../world/world';
import { apiHost, vpceHost } from '../vpc/names';
import { createOther, describedOther, isOther, modifyOther } from './ec2-other-endpoints';
import { knownGroup, knownVpc, readEndpointPolicy } from './ec2-known';
import { newId } from './ids';
import { AdminError, type AdminOperation, type Output } from './plane';
import type { Form } from './query-form';

type Side = 'api' | 'repositories';
const sides: Side[] = ['api', 'repositories'];

const serviceName = (world: World, side: Side): string =>
  `com.amazonaws.${world.region}.codeartifact.${side}`;

function needDnsAttributes(world: World): void {
  if (world.vpc.enableDnsSupport && world.vpc.enableDnsHostnames) return;
  throw new AdminError(
    'InvalidParameter',
    `Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ${world.vpc.id}`
  );
}

function described(world: World, side: Side): Output {
  const endpoint = world.endpoints[side];
  return {
    vpcEndpointId: endpoint.id,
    vpcEndpointType: 'Interface',
    vpcId: world.vpc.id,
    serviceName: serviceName(world, side),
    state: 'available',
    policyDocument: JSON.stringify(endpoint.policy),
    subnetIdSet: world.vpc.subnets,
    groupSet: [
      { groupId: endpoint.securityGroup, groupName: knownGroup(world, endpoint.securityGroup).name }
    ],
    privateDnsEnabled: endpoint.privateDns,
    networkInterfaceIdSet: endpoint.addresses.map((_, at) => `eni-0${side}${at}`),
    dnsEntrySet: [
      { dnsName: vpceHost(world, side) },
      ...endpoint.addresses.map((_, zone) => ({ dnsName: vpceHost(world, side, 'abcdef'[zone]) }))
    ],
    ownerId: world.account
  };
}

export const describeVpcEndpoints: AdminOperation<Form> = ({ state: { world } }, input) => {
  const ids = input.list('VpcEndpointId');
  const unknown = ids.find(
    id =>
      !sides.some(side => world.endpoints[side].exists && world.endpoints[side].id === id) &&
      !Object.hasOwn(world.otherEndpoints, id)
  );
  if (unknown !== undefined)
    throw new AdminError('InvalidVpcEndpointId.NotFound', `The Vpc Endpoint Id '${unknown}' does not exist`);
  const filters = input.filters();
  const fits = (each: Output): boolean =>
    filters.every(({ name, values }) => {
      const facts: Record<string, unknown> = {
        'service-name': each.serviceName,
        'vpc-id': each.vpcId,
        'vpc-endpoint-id': each.vpcEndpointId,
        'vpc-endpoint-state': each.state,
        'vpc-endpoint-type': each.vpcEndpointType
      };
      if (!Object.hasOwn(facts, name))
        throw new AdminError('InvalidFilter', `The filter '${name}' is invalid`);
      return values.includes(String(facts[name]));
    });
  const all = [
    ...sides.filter(side => world.endpoints[side].exists).map(side => described(world, side)),
    ...Object.keys(world.otherEndpoints).map(id => describedOther(world, id))
  ];
  const found = all.filter(each => ids.length === 0 || ids.includes(String(each.vpcEndpointId)));
  return { vpcEndpointSet: found.filter(fits) };
};

export const createVpcEndpoint: AdminOperation<Form> = async (plane, input) => {
  const { world } = plane.state;
  knownVpc(world, input.text('VpcId'));
  const service = input.text('ServiceName');
  if (isOther(world, service)) return createOther(plane, service, input);
  const side = sides.find(each => serviceName(world, each) === service);
  if (side === undefined)
    throw new AdminError('InvalidServiceName', `The Vpc Endpoint Service '${service}' does not exist`);
  // Without a type EC2 makes a gateway, which CodeArtifact does not have.
  if (input.maybe('VpcEndpointType') !== 'Interface') {
    throw new AdminError(
      'InvalidParameter',
      `Endpoint type (Gateway) does not match available service types ([Interface]).`
    );
  }
  const subnets = input.list('SubnetId');
  const stranger = subnets.find(id => !world.vpc.subnets.includes(id));
  if (stranger !== undefined)
    throw new AdminError('InvalidSubnetId.NotFound', `The subnet ID '${stranger}' does not exist`);
  if (subnets.length === 0)
    throw new AdminError('MissingParameter', 'An interface endpoint in no subnet has no address');
  const groups = input.list('SecurityGroupId');
  const open = groups.map(id => knownGroup(world, id)).some(group => group.open);
  // EC2's own default: private DNS is on for interface endpoints made by the API unless told otherwise.
  const privateDns = (input.maybe('PrivateDnsEnabled') ?? 'true') === 'true';
  if (privateDns) needDnsAttributes(world);
  const present = world.endpoints[side];
  if (privateDns && present.exists && present.privateDns) {
    const name = side === 'api' ? apiHost(world) : `d.codeartifact.${world.region}.amazonaws.com`;
    throw new AdminError(
      'InvalidParameter',
      `private-dns-enabled cannot be set because there is already a conflicting DNS domain for ${name} in the VPC ${world.vpc.id}`
    );
  }
  const policyText = input.maybe('PolicyDocument');
  input.maybe('ClientToken');
  input.done();
  const made: InterfaceEndpoint = {
    id: newId('vpce'),
    exists: true,
    privateDns,
    policy: policyText === undefined ? fullAccess : readEndpointPolicy(policyText),
    securityGroup: groups[0] ?? present.securityGroup,
    securityGroupOpen: open,
    addresses: present.addresses,
    deadAddresses: []
  };
  await plane.change(draft => void (draft.endpoints[side] = made));
  return { vpcEndpoint: described(plane.state.world, side) };
};

export const modifyVpcEndpoint: AdminOperation<Form> = async (plane, input) => {
  const { world } = plane.state;
  const id = input.text('VpcEndpointId');
  if (Object.hasOwn(world.otherEndpoints, id)) return modifyOther(plane, id, input);
  const side = sides.find(each => world.endpoints[each].exists && world.endpoints[each].id === id);
  if (side === undefined)
    throw new AdminError('InvalidVpcEndpointId.NotFound', `The Vpc Endpoint Id '${id}' does not exist`);
  const privateDns = input.maybe('PrivateDnsEnabled');
  const policyText = input.maybe('PolicyDocument');
  const resetPolicy = input.maybe('ResetPolicy') === 'true';
  const added = input.list('AddSecurityGroupId');
  input.done();
  if (privateDns === 'true') needDnsAttributes(world);
  const policy = policyText === undefined ? undefined : readEndpointPolicy(policyText);
  const open = added.map(group => knownGroup(world, group)).some(group => group.open);
  await plane.change(draft => {
    const endpoint = draft.endpoints[side];
    if (privateDns !== undefined) endpoint.privateDns = privateDns === 'true';
    if (resetPolicy) endpoint.policy = fullAccess;
    if (policy !== undefined) endpoint.policy = policy;
    if (open) endpoint.securityGroupOpen = true;
  });
  return { return: true };
};

export const deleteVpcEndpoints: AdminOperation<Form> = async (plane, input) => {
  const ids = input.list('VpcEndpointId');
  input.done();
  await plane.change(draft => {
    for (const side of sides)
      if (ids.includes(draft.endpoints[side].id)) draft.endpoints[side].exists = false;
    for (const id of ids) delete draft.otherEndpoints[id];
  });
  return { unsuccessful: [] };
};
