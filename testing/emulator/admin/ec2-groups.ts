import type { World } from '../world/world';
import { knownGroup, knownVpc } from './ec2-endpoints';
import { newId } from './ids';
import { AdminError, type AdminOperation } from './plane';
import type { Form } from './query-form';

/** Made in a VPC of which everything else is known. */
const vpcRange = '10.0.0.0/16';

interface Rule {
  protocol: string;
  from: number;
  to: number;
  groups: string[];
  ranges: string[];
}

function readRules(input: Form): Rule[] {
  const rules = input.forms('IpPermissions').map(each => ({
    protocol: each.text('IpProtocol'),
    from: Number(each.maybe('FromPort') ?? 0),
    to: Number(each.maybe('ToPort') ?? 65_535),
    groups: each.forms('Groups').map(group => (group.maybe('UserId'), group.text('GroupId'))),
    ranges: each.forms('IpRanges').map(range => (range.maybe('Description'), range.text('CidrIp')))
  }));
  if (rules.length === 0)
    throw new AdminError('MissingParameter', 'The request must contain the parameter IpPermissions');
  return rules;
}

const has443 = (rule: Rule): boolean =>
  rule.protocol === '-1' || (['tcp', '6'].includes(rule.protocol) && rule.from <= 443 && rule.to >= 443);

const lets = (rule: Rule, group: string): boolean =>
  has443(rule) &&
  (rule.groups.includes(group) || rule.ranges.some(range => [vpcRange, '0.0.0.0/0'].includes(range)));

/** Endpoints whose group has just been opened. */
function follow(draft: World, group: string): void {
  for (const endpoint of Object.values(draft.endpoints)) {
    if (endpoint.securityGroup === group) endpoint.securityGroupOpen = true;
  }
}

export const createSecurityGroup: AdminOperation<Form> = async (plane, input) => {
  const { world } = plane.state;
  knownVpc(world, input.text('VpcId'));
  const name = input.text('GroupName');
  input.text('GroupDescription');
  input.done();
  if (Object.values(world.vpc.securityGroups).some(group => group.name === name)) {
    throw new AdminError(
      'InvalidGroup.Duplicate',
      `The security group '${name}' already exists for VPC '${world.vpc.id}'`
    );
  }
  const groupId = newId('sg');
  await plane.change(draft => void (draft.vpc.securityGroups[groupId] = { name, open: false }));
  return { groupId };
};

export const authorizeIngress: AdminOperation<Form> = async (plane, input) => {
  const { world } = plane.state;
  const group = input.text('GroupId');
  knownGroup(world, group);
  const rules = readRules(input);
  input.done();
  rules.forEach(rule => rule.groups.forEach(each => knownGroup(world, each)));
  const opened = rules.some(rule => lets(rule, world.vpc.notebookInstance.securityGroup));
  const guarded = Object.values(world.endpoints).filter(endpoint => endpoint.securityGroup === group);
  if (opened && knownGroup(world, group).open && guarded.every(endpoint => endpoint.securityGroupOpen)) {
    throw new AdminError('InvalidPermission.Duplicate', 'the specified rule already exists');
  }
  await plane.change(draft => {
    if (!opened) return;
    draft.vpc.securityGroups[group].open = true;
    follow(draft, group);
  });
  return { return: true, securityGroupRuleSet: [] };
};

export const authorizeEgress: AdminOperation<Form> = async (plane, input) => {
  const { world } = plane.state;
  const group = input.text('GroupId');
  knownGroup(world, group);
  const rules = readRules(input);
  input.done();
  const endpoints = Object.values(world.endpoints);
  const opened = rules.some(rule => endpoints.some(endpoint => lets(rule, endpoint.securityGroup)));
  await plane.change(draft => {
    if (opened && group === draft.vpc.notebookInstance.securityGroup) draft.vpc.egressOpen = true;
  });
  return { return: true, securityGroupRuleSet: [] };
};

export const describeSecurityGroups: AdminOperation<Form> = ({ state: { world } }, input) => {
  const ids = input.list('GroupId');
  ids.forEach(id => knownGroup(world, id));
  input.done();
  return {
    securityGroupInfo: Object.entries(world.vpc.securityGroups)
      .filter(([groupId]) => ids.length === 0 || ids.includes(groupId))
      .map(([groupId, { name, open }]) => ({
        groupId,
        groupName: name,
        vpcId: world.vpc.id,
        ipPermissions: open
          ? [
              {
                ipProtocol: 'tcp',
                fromPort: 443,
                toPort: 443,
                groups: [{ groupId: world.vpc.notebookInstance.securityGroup }]
              }
            ]
          : []
      }))
  };
};
