import { randomBytes } from 'node:crypto';

/** An id as AWS makes them: prefix and 17 hexadecimal digits. */
export function newId(prefix: string): string {
  return `${prefix}-0${randomBytes(8).toString('hex')}`;
}
