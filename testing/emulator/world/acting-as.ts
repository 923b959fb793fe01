import type { AccessKey } from '../sigv4/verify';
import type { Session } from './sessions';
import type { State } from './state';
import type { Principal, Role, World } from './world';

export const accountOf = (arn: string): string => arn.split(':')[4];

export const roleOf = (world: World, arn: string): Role | undefined =>
  Object.values(world.roles).find(role => role.arn === arn);

export const sessionArn = (roleArn: string, name: string): string =>
  `arn:aws:sts::${accountOf(roleArn)}:assumed-role/${roleArn.split('/').at(-1)}/${name}`;

/** A role's session, as policies see it. */
function principalOf(world: World, { roleArn, name }: Session): Principal {
  const account = accountOf(roleArn);
  const { organization } = world.caller;
  return {
    arn: sessionArn(roleArn, name),
    roleArn,
    account,
    organization: account === world.caller.account ? organization : null,
    policies: roleOf(world, roleArn)?.policies ?? {},
    boundary: null,
    session: null,
    credentials: 'valid'
  };
}

/** The notebook's own key, or a session's; a role that is gone takes its sessions with it. */
export function keyOf({ keys, sessions, world, clock }: State, accessKeyId: string): AccessKey | undefined {
  const session = sessions.find(accessKeyId);
  const found = accessKeyId === keys.accessKeyId ? keys : session?.keys;
  if (found === undefined) return undefined;
  const given = session === undefined ? world.caller.credentials : 'valid';
  const lost = session !== undefined && roleOf(world, session.roleArn) === undefined;
  return {
    secretAccessKey: found.secretAccessKey,
    sessionToken: found.sessionToken,
    state: lost ? 'revoked' : given === 'valid' && found.expiresAt <= clock() ? 'expired' : given
  };
}

/** What this key's owner meets: the same world, with another caller where it is a session's. */
export function actingAs(state: State, accessKeyId: string): State {
  const session = state.sessions.find(accessKeyId);
  if (session === undefined) return state;
  const { world } = state;
  const caller = principalOf(world, session);
  return { ...state, keys: session.keys, world: { ...world, caller } };
}
