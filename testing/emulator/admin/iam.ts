import { checkDocument } from '../policies/check-document';
import type { PolicyDocument } from '../policies/document';
import { judge } from '../policies/match';
import type { World } from '../world/world';
import { AdminError, type AdminOperation, type Output } from './plane';
import type { Form } from './query-form';

const roleName = (world: World): string => world.caller.roleArn.split('/').at(-1) ?? '';

function knownRole(world: World, name: string): void {
  if (name === roleName(world)) return;
  throw new AdminError('NoSuchEntity', `The role with name ${name} cannot be found.`, 404);
}

function readPolicy(text: string): PolicyDocument {
  try {
    return checkDocument(JSON.parse(text), 'identity');
  } catch (error) {
    throw new AdminError(
      'MalformedPolicyDocument',
      (error as Error).message.replace('MalformedPolicyDocument: ', '')
    );
  }
}

function managed(world: World, arn: string): PolicyDocument {
  if (Object.hasOwn(world.managedPolicies, arn)) return world.managedPolicies[arn];
  throw new AdminError('NoSuchEntity', `Policy ${arn} does not exist or is not attachable.`, 404);
}

/** IAM percent-encodes the documents it answers with. */
const encoded = (document: PolicyDocument): string => encodeURIComponent(JSON.stringify(document));

const putRolePolicy: AdminOperation<Form> = async (plane, input) => {
  knownRole(plane.state.world, input.text('RoleName'));
  const name = input.text('PolicyName');
  if (!/^[\w+=,.@-]{1,128}$/.test(name))
    throw new AdminError('ValidationError', `The policy name ${name} is invalid.`);
  const document = readPolicy(input.text('PolicyDocument'));
  input.done();
  await plane.change(draft => void (draft.caller.policies[name] = { document }));
  return {};
};

const deleteRolePolicy: AdminOperation<Form> = async (plane, input) => {
  knownRole(plane.state.world, input.text('RoleName'));
  const name = input.text('PolicyName');
  input.done();
  if (!Object.hasOwn(plane.state.world.caller.policies, name)) {
    throw new AdminError('NoSuchEntity', `The role policy with name ${name} cannot be found.`, 404);
  }
  await plane.change(draft => void delete draft.caller.policies[name]);
  return {};
};

const getRole: AdminOperation<Form> = ({ state: { world } }, input) => {
  const name = input.text('RoleName');
  knownRole(world, name);
  input.done();
  const boundary = world.caller.boundary?.arn;
  const PermissionsBoundary = boundary && {
    PermissionsBoundaryType: 'Policy',
    PermissionsBoundaryArn: boundary
  };
  return {
    Role: {
      RoleName: name,
      Path: '/',
      RoleId: 'AROAEXAMPLE',
      Arn: world.caller.roleArn,
      CreateDate: '2025-01-01T00:00:00Z',
      PermissionsBoundary
    }
  };
};

const listRolePolicies: AdminOperation<Form> = ({ state: { world } }, input) => {
  knownRole(world, input.text('RoleName'));
  input.done();
  return {
    PolicyNames: Object.keys(world.caller.policies).filter(
      name => world.caller.policies[name].arn === undefined
    ),
    IsTruncated: false
  };
};

const createPolicy: AdminOperation<Form> = async (plane, input) => {
  const name = input.text('PolicyName');
  const document = readPolicy(input.text('PolicyDocument'));
  input.maybe('Description');
  input.done();
  const arn = `arn:aws:iam::${plane.state.world.account}:policy/${name}`;
  await plane.change(draft => void (draft.managedPolicies[arn] = document));
  return { Policy: { PolicyName: name, Arn: arn, Path: '/', DefaultVersionId: 'v1' } };
};

const attachRolePolicy: AdminOperation<Form> = async (plane, input) => {
  const { world } = plane.state;
  knownRole(world, input.text('RoleName'));
  const arn = input.text('PolicyArn');
  input.done();
  const document = managed(world, arn);
  await plane.change(draft => void (draft.caller.policies[arn] = { arn, document }));
  return {};
};

const getPolicy: AdminOperation<Form> = ({ state: { world } }, input) => {
  const arn = input.text('PolicyArn');
  input.done();
  managed(world, arn);
  return { Policy: { PolicyName: arn.split('/').at(-1), Arn: arn, DefaultVersionId: 'v1' } };
};

const getPolicyVersion: AdminOperation<Form> = ({ state: { world } }, input) => {
  const document = managed(world, input.text('PolicyArn'));
  const VersionId = input.text('VersionId');
  input.done();
  return { PolicyVersion: { Document: encoded(document), VersionId, IsDefaultVersion: true } };
};

/** A boundary, a role's policies: whatever names the managed policy gets its new version. */
const createPolicyVersion: AdminOperation<Form> = async (plane, input) => {
  const arn = input.text('PolicyArn');
  managed(plane.state.world, arn);
  const document = readPolicy(input.text('PolicyDocument'));
  const isDefault = input.maybe('SetAsDefault') === 'true';
  input.done();
  await plane.change(draft => {
    if (!isDefault) return;
    draft.managedPolicies[arn] = document;
    const { boundary, policies } = draft.caller;
    for (const policy of [boundary, ...Object.values(policies)])
      if (policy?.arn === arn) policy.document = document;
  });
  return { PolicyVersion: { VersionId: 'v2', IsDefaultVersion: isDefault } };
};

/** Identity policies and the boundary, without context: what the policy simulator says of a role. */
const simulatePrincipalPolicy: AdminOperation<Form> = ({ state: { world } }, input) => {
  const source = input.text('PolicySourceArn');
  if (source !== world.caller.roleArn)
    throw new AdminError('NoSuchEntity', `${source} cannot be found.`, 404);
  const resources = input.list('ResourceArns');
  const context = new Map(
    input.forms('ContextEntries').map(each => {
      each.maybe('ContextKeyType');
      return [each.text('ContextKeyName').toLowerCase(), each.list('ContextKeyValues')[0]] as const;
    })
  );
  const actions = input.list('ActionNames');
  input.done();
  const { arn, roleArn, account } = world.caller;
  const results = actions.flatMap(action =>
    (resources.length > 0 ? resources : ['*']).map((resource): Output => {
      const effects = Object.values(world.caller.policies).map(({ document }) =>
        judge(document, { action, resource, principal: arn, roleArn, account, context })
      );
      const denied = effects.includes('deny');
      const EvalDecision = denied ? 'explicitDeny' : effects.includes('allow') ? 'allowed' : 'implicitDeny';
      return { EvalActionName: action, EvalResourceName: resource, EvalDecision, MatchedStatements: [] };
    })
  );
  return { EvaluationResults: results, IsTruncated: false };
};

export const iamOperations: Record<string, AdminOperation<Form>> = {
  PutRolePolicy: putRolePolicy,
  DeleteRolePolicy: deleteRolePolicy,
  GetRole: getRole,
  ListRolePolicies: listRolePolicies,
  CreatePolicy: createPolicy,
  AttachRolePolicy: attachRolePolicy,
  GetPolicy: getPolicy,
  GetPolicyVersion: getPolicyVersion,
  CreatePolicyVersion: createPolicyVersion,
  SimulatePrincipalPolicy: simulatePrincipalPolicy
};
