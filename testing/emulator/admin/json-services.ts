import type { World } from '../world/world';
import { AdminError, type AdminOperation } from './plane';
import { sagemakerOperations } from './sagemaker';

type Input = Record<string, unknown>;

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

/** The quotas that fleets meet; the codes are made up. */
const listServiceQuotas: AdminOperation<Input> = (_plane, input) => {
  if (input.ServiceCode !== 'codeartifact')
    throw new AdminError('NoSuchResourceException', 'The request failed because the service is not known.');
  const QuotaName = 'Requests per second using a single authentication token';
  return {
    Quotas: [
      {
        QuotaCode: 'L-5DFC5A62',
        QuotaName: 'GetAuthorizationToken requests per second',
        Value: 40,
        Adjustable: true
      },
      { QuotaCode: 'L-0D4B1E86', QuotaName, Value: 1200, Adjustable: false }
    ]
  };
};

const organizationPolicies = (world: World): World['serviceControlPolicies'] => [
  ...world.serviceControlPolicies,
  ...world.resourceControlPolicies
];

const describePolicy: AdminOperation<Input> = ({ state: { world } }, input) => {
  const found = organizationPolicies(world).find(({ arn }) => arn?.endsWith(`/${String(input.PolicyId)}`));
  if (found === undefined)
    throw new AdminError('PolicyNotFoundException', 'A policy with that id was not found.');
  return {
    Policy: { PolicySummary: { Id: input.PolicyId, Arn: found.arn }, Content: JSON.stringify(found.document) }
  };
};

const listPoliciesForTarget: AdminOperation<Input> = ({ state: { world } }, input) => {
  const policies =
    input.Filter === 'SERVICE_CONTROL_POLICY' ? world.serviceControlPolicies : world.resourceControlPolicies;
  return {
    Policies: policies.map(({ arn }) => ({
      Id: arn?.split('/').at(-1),
      Arn: arn,
      Name: arn?.split('/').at(-1),
      Type: input.Filter
    }))
  };
};

/** By `X-Amz-Target`. */
export const jsonOperations: Record<string, AdminOperation<Input>> = {
  ...sagemakerOperations,
  'ServiceQuotasV20190624.ListServiceQuotas': listServiceQuotas,
  'AWSOrganizationsV20161128.DescribePolicy': describePolicy,
  'AWSOrganizationsV20161128.ListPoliciesForTarget': listPoliciesForTarget,
  'AWSOrganizationsV20161128.ListParents': () => ({ Parents: [{ Id: 'r-a1b2', Type: 'ROOT' }] }),
  'TrentService.DescribeKey': describeKey,
  'TrentService.EnableKey': enableKey,
  'TrentService.CancelKeyDeletion': cancelKeyDeletion
};
