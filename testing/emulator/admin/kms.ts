// The keys that domains are encrypted with. https://docs.aws.amazon.com/codeartifact/latest/ug/domain-create.html
import { randomUUID } from 'node:crypto';
import { checkDocument } from '../policies/check-document';
import type { PolicyDocument } from '../policies/document';
import { judge } from '../policies/match';
import type { World } from '../world/world';
import { AdminError, type AdminOperation, type Plane } from './plane';

type Input = Record<string, unknown>;

/** What CreateKey gives a key when no policy is named: the account's own policies decide. */
const ofAccount = (account: string): PolicyDocument => ({
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: 'kms:*',
      Resource: '*'
    }
  ]
});

const isKey = (arn: string, key: unknown): boolean => key === arn || arn.endsWith(`:key/${String(key)}`);

function arnOf(world: World, key: unknown): string {
  const known = [
    ...Object.keys(world.kmsKeys),
    ...Object.values(world.domains).map(each => each.encryptionKey)
  ];
  const found = known.find(arn => isKey(arn, key));
  if (found === undefined) throw new AdminError('NotFoundException', `Key '${String(key)}' does not exist`);
  return found;
}

function domainOf(world: World, key: unknown): string {
  const arn = arnOf(world, key);
  const found = Object.keys(world.domains).find(name => world.domains[name].encryptionKey === arn);
  if (found === undefined) throw new AdminError('NotFoundException', `No domain is encrypted with ${arn}`);
  return found;
}

function readPolicy(text: unknown): PolicyDocument {
  try {
    return checkDocument(JSON.parse(String(text)), 'resource');
  } catch (error) {
    throw new AdminError('MalformedPolicyDocumentException', (error as Error).message);
  }
}

/**
 * CodeArtifact makes a grant with the credentials of whoever creates the domain; the sentence is KMS's when it may not.
 * An administrator's own policies allow everything here: the key's decides.
 */
export function refusesDomain({ state: { world }, account }: Plane, arn: string): string | undefined {
  const document = world.kmsKeys[arn] ?? ofAccount(arn.split(':')[4]);
  const principal = `arn:aws:iam::${account}:user/administrator`;
  const context = new Map([
    ['kms:viaservice', `codeartifact.${world.region}.amazonaws.com`],
    ['kms:calleraccount', account]
  ]);
  const missing = ['kms:DescribeKey', 'kms:CreateGrant'].find(
    action =>
      judge(document, { action, resource: arn, principal, roleArn: principal, account, context }) !== 'allow'
  );
  return missing === undefined
    ? undefined
    : `User: ${principal} is not authorized to perform: ${missing} on resource: ${arn} because no resource-based policy allows the ${missing} action`;
}

const createKey: AdminOperation<Input> = async (plane, input) => {
  const { region } = plane.state.world;
  const KeyId = randomUUID();
  const Arn = `arn:aws:kms:${region}:${plane.account}:key/${KeyId}`;
  const policy = input.Policy === undefined ? ofAccount(plane.account) : readPolicy(input.Policy);
  await plane.change(draft => void (draft.kmsKeys[Arn] = policy));
  return { KeyMetadata: { KeyId, Arn, KeyState: 'Enabled', Enabled: true, KeyManager: 'CUSTOMER' } };
};

const getKeyPolicy: AdminOperation<Input> = ({ state: { world } }, input) => {
  const arn = arnOf(world, input.KeyId);
  return {
    Policy: JSON.stringify(world.kmsKeys[arn] ?? ofAccount(arn.split(':')[4])),
    PolicyName: 'default'
  };
};

const putKeyPolicy: AdminOperation<Input> = async (plane, input) => {
  const arn = arnOf(plane.state.world, input.KeyId);
  const policy = readPolicy(input.Policy);
  await plane.change(draft => void (draft.kmsKeys[arn] = policy));
  return {};
};

const describeKey: AdminOperation<Input> = ({ state: { world } }, input) => {
  const Arn = arnOf(world, input.KeyId);
  const domain = Object.values(world.domains).find(each => each.encryptionKey === Arn);
  const KeyState = domain?.keyState ?? 'Enabled';
  return {
    KeyMetadata: {
      KeyId: Arn.split('/').at(-1),
      Arn,
      KeyState,
      Enabled: KeyState === 'Enabled',
      KeyManager: 'CUSTOMER'
    }
  };
};

const enableKey: AdminOperation<Input> = async (plane, input) => {
  const domain = domainOf(plane.state.world, input.KeyId);
  const { encryptionKey, keyState } = plane.state.world.domains[domain];
  if (keyState === 'PendingDeletion')
    throw new AdminError('KMSInvalidStateException', `${encryptionKey} is pending deletion.`);
  await plane.change(draft => void (draft.domains[domain].keyState = 'Enabled'));
  return {};
};

/** The key is disabled after it, as in AWS: it must be enabled too. */
const cancelKeyDeletion: AdminOperation<Input> = async (plane, input) => {
  const domain = domainOf(plane.state.world, input.KeyId);
  await plane.change(draft => void (draft.domains[domain].keyState = 'Disabled'));
  return { KeyId: plane.state.world.domains[domain].encryptionKey };
};

export const kmsOperations: Record<string, AdminOperation<Input>> = {
  'TrentService.CreateKey': createKey,
  'TrentService.GetKeyPolicy': getKeyPolicy,
  'TrentService.PutKeyPolicy': putKeyPolicy,
  'TrentService.DescribeKey': describeKey,
  'TrentService.EnableKey': enableKey,
  'TrentService.CancelKeyDeletion': cancelKeyDeletion
};
