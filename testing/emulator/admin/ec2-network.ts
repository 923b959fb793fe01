import { knownVpc } from './ec2-known';
import { AdminError, type AdminOperation, type Output } from './plane';
import type { Form } from './query-form';

export const describeVpcs: AdminOperation<Form> = ({ state: { world } }, input) => {
  input.list('VpcId').forEach(id => knownVpc(world, id));
  input.done();
  return {
    vpcSet: [
      { vpcId: world.vpc.id, state: 'available', cidrBlock: '10.0.0.0/16', dhcpOptionsId: 'dopt-0a1b2c3d' }
    ]
  };
};

export const describeDhcpOptions: AdminOperation<Form> = (_plane, input) => {
  input.list('DhcpOptionsId');
  input.done();
  const valueSet = [{ value: 'AmazonProvidedDNS' }];
  return {
    dhcpOptionsSet: [
      { dhcpOptionsId: 'dopt-0a1b2c3d', dhcpConfigurationSet: [{ key: 'domain-name-servers', valueSet }] }
    ]
  };
};

export const describeVpcAttribute: AdminOperation<Form> = ({ state: { world } }, input) => {
  knownVpc(world, input.text('VpcId'));
  const attribute = input.text('Attribute');
  input.done();
  const value = {
    enableDnsSupport: world.vpc.enableDnsSupport,
    enableDnsHostnames: world.vpc.enableDnsHostnames
  };
  if (!Object.hasOwn(value, attribute))
    throw new AdminError('InvalidParameterValue', `Value (${attribute}) for attribute is invalid.`);
  return { vpcId: world.vpc.id, [attribute]: { value: value[attribute as keyof typeof value] } };
};

export const modifyVpcAttribute: AdminOperation<Form> = async (plane, input) => {
  knownVpc(plane.state.world, input.text('VpcId'));
  const support = input.maybe('EnableDnsSupport.Value');
  const hostnames = input.maybe('EnableDnsHostnames.Value');
  input.done();
  if ((support === undefined) === (hostnames === undefined)) {
    throw new AdminError(
      'InvalidParameterCombination',
      'Fields for multiple attribute types specified, or for none'
    );
  }
  await plane.change(draft => {
    if (support !== undefined) draft.vpc.enableDnsSupport = support === 'true';
    if (hostnames !== undefined) draft.vpc.enableDnsHostnames = hostnames === 'true';
  });
  return { return: true };
};

export const describeSubnets: AdminOperation<Form> = ({ state: { world } }, input) => {
  const ids = input.list('SubnetId');
  input.done();
  const unknown = ids.find(id => !world.vpc.subnets.includes(id));
  if (unknown !== undefined)
    throw new AdminError('InvalidSubnetID.NotFound', `The subnet ID '${unknown}' does not exist`);
  const shown = world.vpc.subnets.filter(id => ids.length === 0 || ids.includes(id));
  return { subnetSet: shown.map(subnetId => ({ subnetId, vpcId: world.vpc.id, state: 'available' })) };
};

export const describeNetworkInterfaces: AdminOperation<Form> = ({ state: { world } }, input) => {
  const filters = input.filters();
  input.done();
  const interfaces: Output[] = Object.entries(world.endpoints)
    .filter(([, endpoint]) => endpoint.exists)
    .flatMap(([side, endpoint]) =>
      endpoint.addresses.map((privateIpAddress, at) => ({
        networkInterfaceId: `eni-0${side}${at}`,
        interfaceType: 'vpc_endpoint',
        privateIpAddress,
        vpcId: world.vpc.id,
        subnetId: world.vpc.subnets[at % world.vpc.subnets.length],
        groupSet: [
          {
            groupId: endpoint.securityGroup,
            groupName: world.vpc.securityGroups[endpoint.securityGroup].name
          }
        ]
      }))
    );
  // STS's stand in every subnet of the VPC, as CodeArtifact's do.
  const ofSts = Object.entries(world.otherEndpoints)
    .filter(([, { type }]) => type === 'Interface')
    .flatMap(([id, { securityGroups }]) =>
      world.vpc.stsAddresses.map((privateIpAddress, at) => ({
        networkInterfaceId: `eni-0${id.slice(-8)}${at}`,
        interfaceType: 'vpc_endpoint',
        privateIpAddress,
        vpcId: world.vpc.id,
        subnetId: world.vpc.subnets[at % world.vpc.subnets.length],
        groupSet: securityGroups.map(groupId => ({ groupId }))
      }))
    );
  const member: Record<string, string> = {
    'addresses.private-ip-address': 'privateIpAddress',
    'private-ip-address': 'privateIpAddress',
    'interface-type': 'interfaceType',
    'vpc-id': 'vpcId',
    'subnet-id': 'subnetId'
  };
  const fits = (each: Output): boolean =>
    filters.every(({ name, values }) => {
      if (!Object.hasOwn(member, name))
        throw new AdminError('InvalidParameterValue', `The filter '${name}' is invalid`);
      return values.includes(String(each[member[name]]));
    });
  return { networkInterfaceSet: [...interfaces, ...ofSts].filter(fits) };
};

export const describeNetworkAcls: AdminOperation<Form> = ({ state: { world } }, input) => {
  input.filters();
  input.done();
  const rule = { protocol: '-1', ruleAction: 'allow', ruleNumber: 100, cidrBlock: '0.0.0.0/0' };
  const entrySet = [
    { ...rule, egress: true },
    { ...rule, egress: false }
  ];
  return { networkAclSet: [{ networkAclId: 'acl-0a1b2c3d', vpcId: world.vpc.id, default: true, entrySet }] };
};

export const describeRouteTables: AdminOperation<Form> = ({ state: { world } }, input) => {
  input.filters();
  input.done();
  const routeSet = [{ destinationCidrBlock: '10.0.0.0/16', gatewayId: 'local', state: 'active' }];
  return { routeTableSet: [{ routeTableId: world.vpc.routeTable, vpcId: world.vpc.id, routeSet }] };
};
