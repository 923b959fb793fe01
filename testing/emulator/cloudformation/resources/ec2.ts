import { ec2, type Place, type Properties, type ResourceType } from './resource-type';

interface Ingress {
  IpProtocol: string;
  FromPort?: number;
  ToPort?: number;
  SourceSecurityGroupId?: string;
  CidrIp?: string;
  Description?: string;
}

const permission = (rule: Ingress): Record<string, unknown> => ({
  IpProtocol: rule.IpProtocol,
  FromPort: rule.FromPort,
  ToPort: rule.ToPort,
  Groups: rule.SourceSecurityGroupId === undefined ? [] : [{ GroupId: rule.SourceSecurityGroupId }],
  IpRanges: rule.CidrIp === undefined ? [] : [{ CidrIp: rule.CidrIp }]
});

function groupProperties(properties: Properties) {
  const read = {
    description: properties.take<string>('GroupDescription'),
    vpc: properties.take<string>('VpcId'),
    ingress: properties.maybe<Ingress[]>('SecurityGroupIngress') ?? []
  };
  // Of what goes out only the notebook's own group matters here; an endpoint answers.
  properties.maybe('SecurityGroupEgress');
  properties.done();
  return read;
}

async function ingress({ plane }: Place, action: string, group: string, rules: Ingress[]): Promise<void> {
  for (const rule of rules) await ec2(plane, action, { GroupId: group, IpPermissions: [permission(rule)] });
}

const without = (some: Ingress[], others: Ingress[]): Ingress[] => {
  const known = others.map(each => JSON.stringify(each));
  return some.filter(each => !known.includes(JSON.stringify(each)));
};

export const SecurityGroup: ResourceType = {
  async create(place, properties) {
    const { description, vpc, ingress: rules } = groupProperties(properties);
    const { groupId } = await ec2(place.plane, 'CreateSecurityGroup', {
      GroupName: `${place.stack}-${place.logicalId}`,
      GroupDescription: description,
      VpcId: vpc
    });
    const id = String(groupId);
    await ingress(place, 'AuthorizeSecurityGroupIngress', id, rules);
    return { ref: id, attributes: { GroupId: id, VpcId: vpc } };
  },
  async update(place, made, before, after) {
    const [was, is] = [groupProperties(before).ingress, groupProperties(after).ingress];
    await ingress(place, 'RevokeSecurityGroupIngress', made.ref, without(was, is));
    await ingress(place, 'AuthorizeSecurityGroupIngress', made.ref, without(is, was));
    return made;
  },
  async remove({ plane }, { ref }) {
    await ec2(plane, 'DeleteSecurityGroup', { GroupId: ref });
  }
};

function endpointProperties(properties: Properties) {
  const read = {
    VpcId: properties.take<string>('VpcId'),
    VpcEndpointType: properties.maybe<string>('VpcEndpointType'),
    ServiceName: properties.take<string>('ServiceName'),
    SubnetId: properties.maybe<string[]>('SubnetIds'),
    SecurityGroupId: properties.maybe<string[]>('SecurityGroupIds'),
    RouteTableId: properties.maybe<string[]>('RouteTableIds'),
    // Off unless the template says so, unlike EC2's own call.
    PrivateDnsEnabled: properties.maybe<boolean>('PrivateDnsEnabled') ?? false,
    policy: properties.maybe('PolicyDocument')
  };
  properties.done();
  return read;
}

export const VPCEndpoint: ResourceType = {
  async create({ plane }, properties) {
    const { policy, ...input } = endpointProperties(properties);
    const PolicyDocument = policy === undefined ? undefined : JSON.stringify(policy);
    const { vpcEndpoint } = await ec2(plane, 'CreateVpcEndpoint', { ...input, PolicyDocument });
    const { vpcEndpointId, dnsEntrySet } = vpcEndpoint as {
      vpcEndpointId: string;
      dnsEntrySet: { dnsName: string }[];
    };
    return {
      ref: vpcEndpointId,
      attributes: {
        Id: vpcEndpointId,
        DnsEntries: dnsEntrySet.map(({ dnsName }) => `Z1234567890ABC:${dnsName}`)
      }
    };
  },
  async update({ plane }, made, before, after) {
    const { policy: _, PrivateDnsEnabled: was, ...fixed } = endpointProperties(before);
    const { policy, PrivateDnsEnabled, ...rest } = endpointProperties(after);
    if (JSON.stringify(fixed) !== JSON.stringify(rest))
      throw new Error('the emulator changes policy and private DNS of an endpoint only');
    await ec2(plane, 'ModifyVpcEndpoint', {
      VpcEndpointId: made.ref,
      ...(policy === undefined ? { ResetPolicy: true } : { PolicyDocument: JSON.stringify(policy) }),
      ...(was === PrivateDnsEnabled ? {} : { PrivateDnsEnabled })
    });
    return made;
  },
  async remove({ plane }, { ref }) {
    await ec2(plane, 'DeleteVpcEndpoints', { VpcEndpointId: [ref] });
  }
};
