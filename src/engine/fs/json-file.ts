import type { Snapshot } from './snapshot';

/** What a file of ours holds: nothing (it is not there), a value, or something that is no JSON. */
export type JsonFile =
  | { readonly kind: 'absent' }
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'damaged' };

export function jsonIn({ file }: Snapshot): JsonFile {
  if (!file) {
    return { kind: 'absent' };
  }
  try {
    return { kind: 'value', value: JSON.parse(new TextDecoder().decode(file.bytes)) as unknown };
  } catch {
    return { kind: 'damaged' };
  }
}

export const jsonBytes = (value: unknown): Uint8Array =>
  new TextEncoder().encode(`${JSON.stringify(value)}\n`);
