import { type EvidenceOf, failed } from '../failure';

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
        ? 'a list'
        : `a value of type ${typeof value}`;
  }
  return value.length > LONGEST_ECHO
    ? `a text of ${value.length} characters`
    : `"${value.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?')}"`;
}
