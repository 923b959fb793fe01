import { checkDocument } from '../policies/check-document';
import type { PolicyDocument } from '../policies/document';
import { judge } from '../policies/match';
import type { World } from '../world/world';
import { AdminError, type AdminOperation, type Output } from './plane';
import type { Form } from './query-form';

const roleName = (world: World): string => world.caller.roleArn.split('/').at(-1) ?? '';

function knownRole(world: World, name: string): void {
  if (name === roleName(world) || Object.hasOwn(world.roles, name)) return;
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

/** The policies of the notebook's role, or of one that was made beside it. */
function policiesOf(world: World, name: string): World['caller']['policies'] {
  if (Object.hasOwn(world.roles, name)) return world.roles[name].policies;
  knownRole(world, name);
  return world.caller.policies;
}

const putRolePolicy: AdminOperation<Form> = async (plane, input) => {
  const role = input.text('RoleName');
  knownRole(plane.state.world, role);
  const name = input.text('PolicyName');
  if (!/^[\w+=,.@-]{1,128}$/.test(name))
    throw new AdminError('ValidationError', `The policy name ${name} is invalid.`);
  const document = readPolicy(input.text('PolicyDocument'));
  input.done();
  await plane.change(draft => void (policiesOf(draft, role)[name] = { document }));
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
      Arn: Object.hasOwn(world.roles, name) ? world.roles[name].arn : world.caller.roleArn,
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
  const arn = `arn:aws:iam::${plane.account}:policy/${name}`;
  await plane.change(draft => void (draft.managedPolicies[arn] = document));
  return { Policy: { PolicyName: name, Arn: arn, Path: '/', DefaultVersionId: 'v1' } };
};

const createRole: AdminOperation<Form> = async (plane, input) => {
  const name = input.text('RoleName');
  const { world } = plane.state;
  if (name === roleName(world) || Object.hasOwn(world.roles, name))
    throw new AdminError('EntityAlreadyExists', `Role with name ${name} already exists.`, 409);
  const trust = JSON.parse(input.text('AssumeRolePolicyDocument')) as PolicyDocument;
  if (![trust.Statement].flat().every(each => each.Principal !== undefined))
    throw new AdminError('MalformedPolicyDocument', 'Has no principal.');
  input.maybe('Description');
  const boundary = input.maybe('PermissionsBoundary');
  if (boundary !== undefined) managed(world, boundary);
  input.done();
  const arn = `arn:aws:iam::${plane.account}:role/${name}`;
  await plane.change(draft => void (draft.roles[name] = { arn, trust, policies: {} }));
  return {
    Role: { RoleName: name, Arn: arn, Path: '/', RoleId: 'AROAEXAMPLE', CreateDate: '2025-01-01T00:00:00Z' }
  };
};

const deleteRole: AdminOperation<Form> = async (plane, input) => {
  const name = input.text('RoleName');
  input.done();
  const { roles } = plane.state.world;
  if (!Object.hasOwn(roles, name))
    throw new AdminError('NoSuchEntity', `The role with name ${name} cannot be found.`, 404);
  if (Object.keys(roles[name].policies).length > 0)
    throw new AdminError('DeleteConflict', 'Cannot delete entity, must detach all policies first.', 409);
  await plane.change(draft => void delete draft.roles[name]);
  return {};
};

const detachRolePolicy: AdminOperation<Form> = async (plane, input) => {
  const role = input.text('RoleName');
  const arn = input.text('PolicyArn');
  input.done();
  if (!Object.hasOwn(policiesOf(plane.state.world, role), arn))
    throw new AdminError('NoSuchEntity', `Policy ${arn} was not found.`, 404);
  await plane.change(draft => void delete policiesOf(draft, role)[arn]);
  return {};
};

const deletePolicy: AdminOperation<Form> = async (plane, input) => {
  const arn = input.text('PolicyArn');
  input.done();
  const { world } = plane.state;
  managed(world, arn);
  const holders = [world.caller.policies, ...Object.values(world.roles).map(role => role.policies)];
  if (holders.some(policies => Object.hasOwn(policies, arn)))
    throw new AdminError('DeleteConflict', 'Cannot delete a policy attached to entities.', 409);
  await plane.change(draft => void delete draft.managedPolicies[arn]);
  return {};
};

const getRolePolicy: AdminOperation<Form> = ({ state: { world } }, input) => {
  const role = input.text('RoleName');
  const name = input.text('PolicyName');
  input.done();
  const found = policiesOf(world, role)[name];
  if (found === undefined || found.arn !== undefined)
    throw new AdminError('NoSuchEntity', `The role policy with name ${name} cannot be found.`, 404);
  return { RoleName: role, PolicyName: name, PolicyDocument: encoded(found.document) };
};

const listAttachedRolePolicies: AdminOperation<Form> = ({ state: { world } }, input) => {
  const policies = policiesOf(world, input.text('RoleName'));
  input.done();
  const attached = Object.values(policies).flatMap(({ arn }) =>
    arn === undefined ? [] : [{ PolicyName: arn.split('/').at(-1), PolicyArn: arn }]
  );
  return { AttachedPolicies: attached, IsTruncated: false };
};

const attachRolePolicy: AdminOperation<Form> = async (plane, input) => {
  const { world } = plane.state;
  const role = input.text('RoleName');
  knownRole(world, role);
  const arn = input.text('PolicyArn');
  input.done();
  const document = managed(world, arn);
  await plane.change(draft => void (policiesOf(draft, role)[arn] = { arn, document }));
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
    const ofRoles = Object.values(draft.roles).flatMap(role => Object.values(role.policies));
    for (const policy of [boundary, ...Object.values(policies), ...ofRoles])
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
  CreateRole: createRole,
  DeleteRole: deleteRole,
  DetachRolePolicy: detachRolePolicy,
  DeletePolicy: deletePolicy,
  GetRolePolicy: getRolePolicy,
  ListAttachedRolePolicies: listAttachedRolePolicies,
  GetPolicy: getPolicy,
  GetPolicyVersion: getPolicyVersion,
  CreatePolicyVersion: createPolicyVersion,
  SimulatePrincipalPolicy: simulatePrincipalPolicy
};
