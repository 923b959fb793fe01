/** One address of an endpoint and what became of it: `error` is absent where it answered. */
export interface ProbedAddress {
  readonly address: string;
  readonly ms?: number;
  readonly error?: string;
}

export type Evidence = Readonly<Record<string, unknown>>;

/** A fact as text; empty when it is not there or not printable. */
export function fact(evidence: Evidence, name: string): string {
  const value = evidence[name];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** The probed addresses of a rung's evidence; entries that are plain strings are read as well. */
export function list(evidence: Evidence): readonly ProbedAddress[] {
  const value = evidence.addresses;
  if (!Array.isArray(value)) {
    return [];
  }
  return value.flatMap((entry: unknown): ProbedAddress[] => {
    if (typeof entry === 'string') {
      return [{ address: entry }];
    }
    const address = (entry as { address?: unknown } | null)?.address;
    return typeof address === 'string' ? [entry as ProbedAddress] : [];
  });
}
