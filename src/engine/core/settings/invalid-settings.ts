import { type EvidenceOf, failed } from '../failure';
import { trans } from '../say';

/** Settings that break a rule: one plain sentence, or one per problem. */
export const refused = (message: string, evidence: Omit<EvidenceOf['invalid_settings'], 'message'> = {}) =>
  failed('invalid_settings', { message, ...evidence });

/** Longer values are described, not repeated: somebody may have pasted a token into the wrong field. */
const LONGEST_ECHO = 32;

/** A value as a sentence may show it. */
export function shown(value: unknown): string {
  if (typeof value !== 'string') {
    return typeof value === 'number' || typeof value === 'boolean' || value === null
      ? String(value)
      : Array.isArray(value)
        ? trans.__('a list')
        : trans.__('a value of type %1', typeof value);
  }
  return value.length > LONGEST_ECHO
    ? trans.__('a text of %1 characters', value.length)
    : `"${value.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?')}"`;
}
