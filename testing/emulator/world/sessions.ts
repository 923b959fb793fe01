import { createKeys, type Keys } from './keys';

/** A role that somebody has assumed, by its key. */
export interface Session {
  keys: Keys;
  roleArn: string;
  name: string;
}

export interface Sessions {
  open(roleArn: string, name: string, now: number, lastsMs: number): Keys;
  find(accessKeyId: string): Session | undefined;
}

export function createSessions(): Sessions {
  const known = new Map<string, Session>();
  return {
    open(roleArn, name, now, lastsMs) {
      const keys = createKeys(now, lastsMs);
      known.set(keys.accessKeyId, { keys, roleArn, name });
      return keys;
    },
    find: accessKeyId => known.get(accessKeyId)
  };
}
