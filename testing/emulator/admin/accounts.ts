import { createKeys, type Keys } from '../world/keys';

/** Administrators' keys, one for each account that has been asked for. */
export interface Accounts {
  keysOf(account: string): Keys;
  /** The account that a key is of, with the key. */
  byId(accessKeyId: string): { account: string; keys: Keys } | undefined;
}

export function createAccounts(now: () => number): Accounts {
  const known = new Map<string, Keys>();
  return {
    keysOf(account) {
      const keys = known.get(account) ?? createKeys(now());
      known.set(account, keys);
      return keys;
    },
    byId(accessKeyId) {
      const found = [...known].find(([, keys]) => keys.accessKeyId === accessKeyId);
      return found && { account: found[0], keys: found[1] };
    }
  };
}
