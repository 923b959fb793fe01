import type { World } from '../world/world';
import { kmsOperations } from './kms';
import { AdminError, type AdminOperation } from './plane';
import { sagemakerOperations } from './sagemaker';

type Input = Record<string, unknown>;

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
  ...kmsOperations,
  'ServiceQuotasV20190624.ListServiceQuotas': listServiceQuotas,
  'AWSOrganizationsV20161128.DescribePolicy': describePolicy,
  'AWSOrganizationsV20161128.ListPoliciesForTarget': listPoliciesForTarget,
  'AWSOrganizationsV20161128.ListParents': () => ({ Parents: [{ Id: 'r-a1b2', Type: 'ROOT' }] })
};
