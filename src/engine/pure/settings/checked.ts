/**
 * What a rule on settings comes to. It has the shape of `Outcome` in pure/verdicts, which this room
 * may not import (verdicts is built on settings): every `Checked<T>` is an `Outcome<T>`.
 */
export type Checked<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: SettingsFailure };

export interface SettingsFailure {
  readonly verdict: 'invalid_settings';
  readonly cause: 'invalid_settings' | 'region_without_codeartifact' | 'endpoint_not_allowed';
  /** One plain sentence, or one per problem. */
  readonly summary: string;
  readonly evidence: Readonly<Record<string, unknown>>;
}

export const passed = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

export const refused = (
  summary: string,
  evidence: Readonly<Record<string, unknown>> = {},
  cause: SettingsFailure['cause'] = 'invalid_settings'
): { readonly ok: false; readonly failure: SettingsFailure } => ({
  ok: false,
  failure: { verdict: 'invalid_settings', cause, summary, evidence }
});

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
