import { randomBytes } from 'node:crypto';

export interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  /** Milliseconds since the epoch: the role session's end. A token of duration 0 ends with it. */
  expiresAt: number;
}

export const sessionMs = 6 * 60 * 60 * 1000;

/** Temporary credentials of the notebook role, new in every emulator so that a leaked one is told from any other. */
export function createKeys(now: number, lastsMs = sessionMs): Keys {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const id = Array.from(randomBytes(16), byte => letters[byte % 32]).join('');
  return {
    accessKeyId: 'ASIA' + id,
    secretAccessKey: randomBytes(30).toString('base64'),
    sessionToken: 'IQoJb3JpZ2luX2Vj' + randomBytes(240).toString('base64'),
    expiresAt: now + lastsMs
  };
}
