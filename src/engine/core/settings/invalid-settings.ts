import { type Cause, failed } from '../failure';

/** Settings that break a rule: one plain sentence, or one per problem. */
export const refused = (
  summary: string,
  evidence: Readonly<Record<string, unknown>> = {},
  cause: Extract<
    Cause,
    'invalid_settings' | 'region_without_codeartifact' | 'endpoint_not_allowed'
  > = 'invalid_settings'
) => failed('invalid_settings', cause, summary, evidence);

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
