// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/Welcome.html, as far as the AWS CLI's `cloudformation
// deploy`, `delete-stack` and `describe-stacks` call it.
import { randomUUID } from 'node:crypto';
import { AdminError, type AdminOperation, type Output, type Plane } from '../admin/plane';
import type { Form } from '../admin/query-form';
import type { ChangeSet, Stack, Wanted } from './stack-records';
import { arn, newStack } from './new-stack';
import { deleteStack, deploy, want } from './stacks';
import { invalid, readTemplate } from './template';

const now = '2025-01-01T00:00:00Z';

/** By name only as long as it stands; by id for ever. */
function find(plane: Plane, nameOrId: string): Stack | undefined {
  const stacks = [...plane.stacks.byId.values()].filter(each => each.account === plane.account);
  return (
    stacks.find(each => each.id === nameOrId) ??
    stacks.find(each => each.name === nameOrId && each.status !== 'DELETE_COMPLETE')
  );
}

const known = (plane: Plane, name: string): Stack =>
  find(plane, name) ?? invalid(`Stack with id ${name} does not exist`);

function needCapabilities({ template }: Wanted, capabilities: string[]): void {
  const iam = Object.values(template.Resources).some(({ Type }) => Type.startsWith('AWS::IAM::'));
  if (iam && !capabilities.some(each => /^CAPABILITY_(NAMED_)?IAM$/.test(each)))
    throw new AdminError('InsufficientCapabilitiesException', 'Requires capabilities : [CAPABILITY_IAM]');
}

function readGiven(input: Form, previous: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    input.forms('Parameters').map(each => {
      const key = each.text('ParameterKey');
      const same = each.maybe('UsePreviousValue') === 'true';
      const value = each.maybe('ParameterValue');
      return [key, (same ? previous[key] : value) ?? ''];
    })
  );
}

const createChangeSet: AdminOperation<Form> = (plane, input) => {
  const name = input.text('StackName');
  const changeSetName = input.text('ChangeSetName');
  const type = input.maybe('ChangeSetType') ?? 'UPDATE';
  input.maybe('Description');
  input.maybe('IncludeNestedStacks');
  const present = find(plane, name);
  const text = input.maybe('TemplateBody') ?? invalid('The emulator takes a TemplateBody');
  if (type === 'UPDATE' && present === undefined) invalid(`Stack [${name}] does not exist`);
  if (type === 'CREATE' && present !== undefined && present.status !== 'REVIEW_IN_PROGRESS')
    invalid(
      `Stack [${name}] already exists and cannot be created again with the changeSet [${changeSetName}]`
    );
  const stack = present ?? newStack(plane, name, 'REVIEW_IN_PROGRESS');
  const given = readGiven(input, stack.parameters);
  const capabilities = input.list('Capabilities');
  // The CLI sends these empty where there are none.
  for (const name of ['Capabilities', 'Tags', 'NotificationARNs']) input.maybe(name);
  const tags = input.forms('Tags');
  tags.forEach(each => (each.text('Key'), each.text('Value')));
  input.done();
  let wanted: Wanted;
  try {
    wanted = want(plane, stack, text, given);
    needCapabilities(wanted, capabilities);
  } catch (error) {
    if (present === undefined) plane.stacks.byId.delete(stack.id);
    throw error;
  }
  const id = arn(plane, 'changeSet', changeSetName);
  plane.stacks.changeSets.set(id, { id, stack, wanted });
  return { Id: id, StackId: stack.id };
};

function changeSet(plane: Plane, input: Form): ChangeSet {
  const name = input.text('ChangeSetName');
  input.maybe('StackName');
  return (
    plane.stacks.changeSets.get(name) ??
    [...plane.stacks.changeSets.values()].find(({ id }) => id.includes(`:changeSet/${name}/`)) ??
    invalid(`ChangeSet [${name}] does not exist`)
  );
}

const describeChangeSet: AdminOperation<Form> = (plane, input) => {
  const { id, stack } = changeSet(plane, input);
  input.maybe('NextToken');
  input.done();
  return {
    ChangeSetId: id,
    ChangeSetName: id.split('/')[1],
    StackId: stack.id,
    StackName: stack.name,
    Status: 'CREATE_COMPLETE',
    ExecutionStatus: 'AVAILABLE',
    Changes: []
  };
};

const executeChangeSet: AdminOperation<Form> = async (plane, input) => {
  const { id, stack, wanted } = changeSet(plane, input);
  input.maybe('ClientRequestToken');
  input.maybe('DisableRollback');
  input.done();
  await deploy(plane, stack, wanted);
  plane.stacks.changeSets.delete(id);
  return {};
};

const described = ({ name, id, status, reason, parameters, outputs }: Stack): Output => ({
  StackName: name,
  StackId: id,
  CreationTime: now,
  StackStatus: status,
  StackStatusReason: reason === '' ? undefined : reason,
  Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
    ParameterKey,
    ParameterValue
  })),
  Outputs: outputs.map(({ key, value, description }) => ({
    OutputKey: key,
    OutputValue: value,
    Description: description
  }))
});

const describeStacks: AdminOperation<Form> = (plane, input) => {
  const name = input.maybe('StackName');
  input.maybe('NextToken');
  input.done();
  const all = [...plane.stacks.byId.values()].filter(
    each => each.account === plane.account && each.status !== 'DELETE_COMPLETE'
  );
  return { Stacks: (name === undefined ? all : [known(plane, name)]).map(described) };
};

const describeStackEvents: AdminOperation<Form> = (plane, input) => {
  const stack = known(plane, input.text('StackName'));
  input.maybe('NextToken');
  input.done();
  return {
    StackEvents: stack.failures.map(({ resource, type, reason }) => ({
      StackId: stack.id,
      StackName: stack.name,
      EventId: randomUUID(),
      LogicalResourceId: resource,
      ResourceType: type,
      ResourceStatus: 'CREATE_FAILED',
      ResourceStatusReason: reason,
      Timestamp: now
    }))
  };
};

const describeStackResources: AdminOperation<Form> = (plane, input) => {
  const stack = known(plane, input.text('StackName'));
  input.done();
  return {
    StackResources: [...stack.resources].map(([LogicalResourceId, { type, made }]) => ({
      StackName: stack.name,
      LogicalResourceId,
      PhysicalResourceId: made.ref,
      ResourceType: type,
      ResourceStatus: 'CREATE_COMPLETE',
      Timestamp: now
    }))
  };
};

/** What the CLI asks for before an update, to keep parameters that it is not given. */
const getTemplateSummary: AdminOperation<Form> = (plane, input) => {
  const text = input.maybe('TemplateBody');
  const template = text === undefined ? known(plane, input.text('StackName')).template : readTemplate(text);
  input.done();
  const { Parameters = {}, Description } = template ?? invalid('The stack has no template yet');
  return {
    Description,
    Parameters: Object.entries(Parameters).map(([ParameterKey, { Type, Default }]) => ({
      ParameterKey,
      ParameterType: Type,
      DefaultValue: Default
    }))
  };
};

const removeStack: AdminOperation<Form> = async (plane, input) => {
  const stack = find(plane, input.text('StackName'));
  input.maybe('ClientRequestToken');
  input.done();
  // To delete what is not there is no error.
  if (stack !== undefined) await deleteStack(plane, stack);
  return {};
};

export const cloudformationOperations: Record<string, AdminOperation<Form>> = {
  CreateChangeSet: createChangeSet,
  DescribeChangeSet: describeChangeSet,
  ExecuteChangeSet: executeChangeSet,
  DescribeStacks: describeStacks,
  DescribeStackEvents: describeStackEvents,
  DescribeStackResources: describeStackResources,
  GetTemplateSummary: getTemplateSummary,
  DeleteStack: removeStack
};
