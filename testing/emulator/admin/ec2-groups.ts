import type { Rule, World } from '../world/world';
import { knownGroup, knownVpc } from './ec2-known';
import { contains } from './ip-range';
import { newId } from './ids';
import { AdminError, type AdminOperation, type Output } from './plane';
import type { Form } from './query-form';

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

const same = (one: Rule, other: Rule): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Whether a rule is for a group or for one of these addresses. */
const lets = (rule: Rule, group: string, addresses: string[]): boolean =>
  has443(rule) &&
  (rule.groups.includes(group) ||
    rule.ranges.some(range => addresses.some(address => contains(range, address))));

const letsNotebook = (world: World, rule: Rule): boolean =>
  lets(rule, world.vpc.notebookInstance.securityGroup, [world.vpc.notebookInstance.address]);

/** Endpoints behind the group let in whom it lets in. */
function follow(draft: World, group: string, open: boolean): void {
  draft.vpc.securityGroups[group].open = open;
  for (const endpoint of Object.values(draft.endpoints)) {
    if (endpoint.securityGroup === group) endpoint.securityGroupOpen = open;
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
  await plane.change(draft => void (draft.vpc.securityGroups[groupId] = { name, open: false, rules: [] }));
  return { groupId };
};

export const authorizeIngress: AdminOperation<Form> = async (plane, input) => {
  const { world } = plane.state;
  const group = input.text('GroupId');
  knownGroup(world, group);
  const rules = readRules(input);
  input.done();
  rules.forEach(rule => rule.groups.forEach(each => knownGroup(world, each)));
  const opened = rules.some(rule => letsNotebook(world, rule));
  const guarded = Object.values(world.endpoints).filter(endpoint => endpoint.securityGroup === group);
  const present = knownGroup(world, group);
  const again = rules.some(rule => present.rules.some(other => same(rule, other)));
  const openAlready = opened && present.open && guarded.every(endpoint => endpoint.securityGroupOpen);
  if (again || (present.rules.length === 0 && openAlready)) {
    throw new AdminError('InvalidPermission.Duplicate', 'the specified rule already exists');
  }
  await plane.change(draft => {
    draft.vpc.securityGroups[group].rules.push(...rules);
    if (opened) follow(draft, group, true);
  });
  return { return: true, securityGroupRuleSet: [] };
};

export const revokeIngress: AdminOperation<Form> = async (plane, input) => {
  const { world } = plane.state;
  const group = input.text('GroupId');
  const present = knownGroup(world, group);
  const rules = readRules(input);
  input.done();
  const kept = present.rules.filter(rule => !rules.some(other => same(rule, other)));
  if (kept.length + rules.length !== present.rules.length) {
    throw new AdminError(
      'InvalidPermission.NotFound',
      'The specified rule does not exist in this security group.'
    );
  }
  await plane.change(draft => {
    draft.vpc.securityGroups[group].rules = kept;
    follow(
      draft,
      group,
      kept.some(rule => letsNotebook(world, rule))
    );
  });
  return { return: true };
};

/** A group that an endpoint stands behind, or another group names, cannot go. */
export const deleteSecurityGroup: AdminOperation<Form> = async (plane, input) => {
  const { world } = plane.state;
  const group = input.text('GroupId');
  input.done();
  knownGroup(world, group);
  const used =
    Object.values(world.endpoints).some(each => each.exists && each.securityGroup === group) ||
    Object.values(world.otherEndpoints).some(each => each.securityGroups.includes(group)) ||
    Object.values(world.vpc.securityGroups).some(each =>
      each.rules.some(rule => rule.groups.includes(group))
    );
  if (used || group === world.vpc.notebookInstance.securityGroup) {
    throw new AdminError('DependencyViolation', `resource ${group} has a dependent object`);
  }
  await plane.change(draft => void delete draft.vpc.securityGroups[group]);
  return { return: true };
};

export const authorizeEgress: AdminOperation<Form> = async (plane, input) => {
  const { world } = plane.state;
  const group = input.text('GroupId');
  knownGroup(world, group);
  const rules = readRules(input);
  input.done();
  const endpoints = Object.values(world.endpoints);
  const opened = rules.some(rule =>
    endpoints.some(endpoint => lets(rule, endpoint.securityGroup, endpoint.addresses))
  );
  await plane.change(draft => {
    if (opened && group === draft.vpc.notebookInstance.securityGroup) draft.vpc.egressOpen = true;
  });
  return { return: true, securityGroupRuleSet: [] };
};

const shown = ({ protocol, from, to, groups, ranges }: Rule): Output => ({
  ipProtocol: protocol,
  ...(protocol === '-1' ? {} : { fromPort: from, toPort: to }),
  groups: groups.map(groupId => ({ groupId })),
  ipRanges: ranges.map(cidrIp => ({ cidrIp }))
});

export const describeSecurityGroups: AdminOperation<Form> = ({ state: { world } }, input) => {
  const ids = input.list('GroupId');
  ids.forEach(id => knownGroup(world, id));
  input.done();
  return {
    securityGroupInfo: Object.entries(world.vpc.securityGroups)
      .filter(([groupId]) => ids.length === 0 || ids.includes(groupId))
      .map(([groupId, { name, open, rules }]) => ({
        groupId,
        groupName: name,
        vpcId: world.vpc.id,
        ipPermissions:
          rules.length > 0
            ? rules.map(shown)
            : open
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
