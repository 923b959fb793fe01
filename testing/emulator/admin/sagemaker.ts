// Notebook instances, lifecycle configurations, and the Studio domain that the notebook's VPC is of.
import type { World } from '../world/world';
import { AdminError, type AdminOperation } from './plane';

type Input = Record<string, unknown>;

const text = (input: Input, name: string): string => {
  const value = input[name];
  if (typeof value !== 'string' || value === '')
    throw new AdminError('ValidationException', `${name} is required`);
  return value;
};

/** https://docs.aws.amazon.com/sagemaker/latest/dg/notebook-lifecycle-config.html */
const longestContent = 16_384;

function readContent(value: unknown): string {
  const content = String(value);
  if (content.length > longestContent)
    throw new AdminError('ValidationException', `Content is longer than ${longestContent} characters`);
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(content))
    throw new AdminError('ValidationException', 'Content is not in base64');
  return content;
}

function refuseOthers(input: Input, known: string[]): void {
  const other = Object.keys(input).find(name => !known.includes(name));
  if (other !== undefined)
    throw new AdminError('ValidationException', `The parameter ${other} is not known to the emulator`);
}

const instanceArn = (account: string, region: string, name: string): string =>
  `arn:aws:sagemaker:${region}:${account}:notebook-instance/${name}`;

const createNotebookConfig: AdminOperation<Input> = async (plane, input) => {
  const name = text(input, 'NotebookInstanceLifecycleConfigName');
  refuseOthers(input, ['NotebookInstanceLifecycleConfigName', 'OnStart', 'OnCreate']);
  const [start] = (input.OnStart ?? []) as { Content: string }[];
  const content = readContent(start?.Content);
  if (Object.hasOwn(plane.state.world.lifecycleConfigs.notebook, name))
    throw new AdminError('ValidationException', `${name} already exists`);
  await plane.change(draft => void (draft.lifecycleConfigs.notebook[name] = content));
  return {
    NotebookInstanceLifecycleConfigArn: `arn:aws:sagemaker:${plane.state.world.region}:${plane.account}:notebook-instance-lifecycle-config/${name}`
  };
};

const deleteNotebookConfig: AdminOperation<Input> = async (plane, input) => {
  const name = text(input, 'NotebookInstanceLifecycleConfigName');
  const { world } = plane.state;
  if (Object.values(world.notebookInstances).some(each => each.lifecycleConfig === name))
    throw new AdminError('ValidationException', `${name} is used by a notebook instance`);
  await plane.change(draft => void delete draft.lifecycleConfigs.notebook[name]);
  return {};
};

const createStudioConfig: AdminOperation<Input> = async (plane, input) => {
  const name = text(input, 'StudioLifecycleConfigName');
  refuseOthers(input, [
    'StudioLifecycleConfigName',
    'StudioLifecycleConfigAppType',
    'StudioLifecycleConfigContent'
  ]);
  const content = readContent(input.StudioLifecycleConfigContent);
  await plane.change(draft => void (draft.lifecycleConfigs.studio[name] = content));
  return {
    StudioLifecycleConfigArn: `arn:aws:sagemaker:${plane.state.world.region}:${plane.account}:studio-lifecycle-config/${name}`
  };
};

const deleteStudioConfig: AdminOperation<Input> = async (plane, input) => {
  const name = text(input, 'StudioLifecycleConfigName');
  await plane.change(draft => void delete draft.lifecycleConfigs.studio[name]);
  return {};
};

/** What CreateNotebookInstance, and the template's resource, may say here. */
export const OF_INSTANCE = [
  ...[
    'NotebookInstanceName',
    'InstanceType',
    'PlatformIdentifier',
    'RoleArn',
    'SubnetId',
    'SecurityGroupIds'
  ],
  ...['DirectInternetAccess', 'RootAccess', 'InstanceMetadataServiceConfiguration', 'KmsKeyId'],
  'LifecycleConfigName'
];

const createInstance: AdminOperation<Input> = async (plane, input) => {
  const name = text(input, 'NotebookInstanceName');
  refuseOthers(input, OF_INSTANCE);
  const { world } = plane.state;
  const role = text(input, 'RoleArn');
  if (role !== world.caller.roleArn && !Object.values(world.roles).some(each => each.arn === role))
    throw new AdminError('ValidationException', `The role ${role} does not exist`);
  if (input.DirectInternetAccess === 'Disabled' && input.SubnetId === undefined)
    throw new AdminError('ValidationException', 'Without Internet a notebook instance needs a subnet');
  if (!/^notebook-al2023-v\d$/.test(text(input, 'PlatformIdentifier')))
    throw new AdminError('ValidationException', 'Instances of that platform are not created any more');
  const lifecycleConfig = (input.LifecycleConfigName as string | undefined) ?? null;
  if (lifecycleConfig !== null && !Object.hasOwn(world.lifecycleConfigs.notebook, lifecycleConfig))
    throw new AdminError('ValidationException', `There is no lifecycle configuration ${lifecycleConfig}`);
  const made = {
    role,
    subnet: text(input, 'SubnetId'),
    securityGroups: (input.SecurityGroupIds ?? []) as string[],
    lifecycleConfig,
    status: 'InService' as const
  };
  await plane.change(draft => void (draft.notebookInstances[name] = made));
  return { NotebookInstanceArn: instanceArn(plane.account, world.region, name) };
};

function known(world: World, input: Input): string {
  const name = text(input, 'NotebookInstanceName');
  if (Object.hasOwn(world.notebookInstances, name)) return name;
  throw new AdminError('ValidationException', 'RecordNotFound');
}

const deleteInstance: AdminOperation<Input> = async (plane, input) => {
  const name = known(plane.state.world, input);
  await plane.change(draft => void delete draft.notebookInstances[name]);
  return {};
};

const describeInstance: AdminOperation<Input> = ({ state: { world } }, input) => {
  const { name, securityGroup, subnet } = world.vpc.notebookInstance;
  if (input.NotebookInstanceName === name) {
    return {
      NotebookInstanceName: name,
      NotebookInstanceStatus: 'InService',
      SubnetId: subnet,
      SecurityGroups: [securityGroup],
      RoleArn: world.caller.roleArn,
      DirectInternetAccess: 'Disabled'
    };
  }
  const made = world.notebookInstances[known(world, input)];
  return {
    NotebookInstanceName: input.NotebookInstanceName,
    NotebookInstanceStatus: made.status,
    SubnetId: made.subnet,
    SecurityGroups: made.securityGroups,
    RoleArn: made.role,
    DirectInternetAccess: 'Disabled'
  };
};

const describeStudioDomain: AdminOperation<Input> = ({ state: { world } }, input) => {
  const id = text(input, 'DomainId');
  if (!/^d-[a-z0-9]{10,61}$/.test(id))
    throw new AdminError('ResourceNotFound', `Domain [${id}] does not exist.`);
  return {
    DomainId: id,
    VpcId: world.vpc.id,
    SubnetIds: world.vpc.subnets,
    AppNetworkAccessType: 'VpcOnly',
    DefaultUserSettings: {
      ExecutionRole: world.caller.roleArn,
      SecurityGroups: [world.vpc.notebookInstance.securityGroup]
    }
  };
};

export const sagemakerOperations: Record<string, AdminOperation<Input>> = {
  'SageMaker.DescribeNotebookInstance': describeInstance,
  'SageMaker.CreateNotebookInstance': createInstance,
  'SageMaker.DeleteNotebookInstance': deleteInstance,
  'SageMaker.CreateNotebookInstanceLifecycleConfig': createNotebookConfig,
  'SageMaker.DeleteNotebookInstanceLifecycleConfig': deleteNotebookConfig,
  'SageMaker.CreateStudioLifecycleConfig': createStudioConfig,
  'SageMaker.DeleteStudioLifecycleConfig': deleteStudioConfig,
  'SageMaker.DescribeDomain': describeStudioDomain
};
