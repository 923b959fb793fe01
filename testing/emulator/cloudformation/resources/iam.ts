import { iam, type Place, type Properties, type ResourceType } from './resource-type';

const generated = ({ stack, logicalId }: Place): string => `${stack}-${logicalId}`;

export const Role: ResourceType = {
  async create(place, properties) {
    const RoleName = properties.maybe<string>('RoleName') ?? generated(place);
    const trust = properties.take('AssumeRolePolicyDocument');
    const input = {
      RoleName,
      Description: properties.maybe<string>('Description'),
      PermissionsBoundary: properties.maybe<string>('PermissionsBoundary'),
      AssumeRolePolicyDocument: JSON.stringify(trust)
    };
    properties.done();
    const { Role } = await iam(place.plane, 'CreateRole', input);
    const { Arn } = Role as { Arn: string };
    return { ref: RoleName, attributes: { Arn, RoleId: 'AROAEXAMPLE' } };
  },
  async remove({ plane }, { ref }) {
    await iam(plane, 'DeleteRole', { RoleName: ref });
  }
};

function policyProperties(properties: Properties) {
  const read = {
    name: properties.maybe<string>('ManagedPolicyName'),
    description: properties.maybe<string>('Description'),
    roles: properties.maybe<string[]>('Roles') ?? [],
    document: JSON.stringify(properties.take('PolicyDocument'))
  };
  properties.done();
  return read;
}

export const ManagedPolicy: ResourceType = {
  async create(place, properties) {
    const { name, description, roles, document } = policyProperties(properties);
    const PolicyName = name ?? generated(place);
    const made = await iam(place.plane, 'CreatePolicy', {
      PolicyName,
      Description: description,
      PolicyDocument: document
    });
    const { Arn } = made.Policy as { Arn: string };
    for (const RoleName of roles) await iam(place.plane, 'AttachRolePolicy', { RoleName, PolicyArn: Arn });
    return { ref: Arn, attributes: { PolicyArn: Arn } };
  },
  async update({ plane }, made, before, after) {
    const [was, is] = [policyProperties(before), policyProperties(after)];
    const PolicyArn = made.ref;
    if (was.document !== is.document) {
      const input = { PolicyArn, PolicyDocument: is.document, SetAsDefault: true };
      await iam(plane, 'CreatePolicyVersion', input);
    }
    for (const RoleName of was.roles.filter(each => !is.roles.includes(each)))
      await iam(plane, 'DetachRolePolicy', { RoleName, PolicyArn });
    for (const RoleName of is.roles.filter(each => !was.roles.includes(each)))
      await iam(plane, 'AttachRolePolicy', { RoleName, PolicyArn });
    return made;
  },
  async remove({ plane }, { ref }, properties) {
    for (const RoleName of policyProperties(properties).roles)
      await iam(plane, 'DetachRolePolicy', { RoleName, PolicyArn: ref });
    await iam(plane, 'DeletePolicy', { PolicyArn: ref });
  }
};
