import type { World } from '../world/world';
import { AdminError, type AdminOperation } from './plane';

type Input = Record<string, unknown>;

const describeNotebookInstance: AdminOperation<Input> = ({ state: { world } }, input) => {
  const { name, securityGroup, subnet } = world.vpc.notebookInstance;
  if (input.NotebookInstanceName !== name) throw new AdminError('ValidationException', 'RecordNotFound');
  return {
    NotebookInstanceName: name,
    NotebookInstanceStatus: 'InService',
    SubnetId: subnet,
    SecurityGroups: [securityGroup],
    RoleArn: world.caller.roleArn,
    DirectInternetAccess: 'Disabled'
  };
};

function domainOfKey(world: World, key: unknown): string {
  const found = Object.keys(world.domains).find(name => {
    const { encryptionKey } = world.domains[name];
    return key === encryptionKey || encryptionKey.endsWith(`:key/${String(key)}`);
  });
  if (found === undefined) throw new AdminError('NotFoundException', `Key '${String(key)}' does not exist`);
  return found;
}

const describeKey: AdminOperation<Input> = ({ state: { world } }, input) => {
  const { encryptionKey, keyState } = world.domains[domainOfKey(world, input.KeyId)];
  const KeyId = encryptionKey.split('/').at(-1);
  return {
    KeyMetadata: {
      KeyId,
      Arn: encryptionKey,
      KeyState: keyState,
      Enabled: keyState === 'Enabled',
      KeyManager: 'CUSTOMER'
    }
  };
};

const enableKey: AdminOperation<Input> = async (plane, input) => {
  const domain = domainOfKey(plane.state.world, input.KeyId);
  const { encryptionKey, keyState } = plane.state.world.domains[domain];
  if (keyState === 'PendingDeletion')
    throw new AdminError('KMSInvalidStateException', `${encryptionKey} is pending deletion.`);
  await plane.change(draft => void (draft.domains[domain].keyState = 'Enabled'));
  return {};
};

/** The key is disabled after it, as in AWS: it must be enabled too. */
const cancelKeyDeletion: AdminOperation<Input> = async (plane, input) => {
  const domain = domainOfKey(plane.state.world, input.KeyId);
  await plane.change(draft => void (draft.domains[domain].keyState = 'Disabled'));
  return { KeyId: plane.state.world.domains[domain].encryptionKey };
};

/** By `X-Amz-Target`. */
export const jsonOperations: Record<string, AdminOperation<Input>> = {
  'SageMaker.DescribeNotebookInstance': describeNotebookInstance,
  'TrentService.DescribeKey': describeKey,
  'TrentService.EnableKey': enableKey,
  'TrentService.CancelKeyDeletion': cancelKeyDeletion
};
