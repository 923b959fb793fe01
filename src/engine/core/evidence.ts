import type { Evidence, Field, ProbedAddress } from '../../protocol/messages/evidence';

export type { Evidence, ProbedAddress } from '../../protocol/messages/evidence';

/** A fact as text; empty when it is not there. */
export function fact(evidence: Evidence, name: Field): string {
  const value = evidence[name];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** The probed addresses of a check's evidence. */
export const list = ({ addresses }: Evidence): readonly ProbedAddress[] => addresses ?? [];
