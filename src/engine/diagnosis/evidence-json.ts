import type { Evidence } from './check-result';

/**
 * Evidence as a rung shows it: `addresses` are plain addresses everywhere, and what became of each
 * stands beside them in `results`.
 */
export function evidenceJson(evidence: Evidence): Record<string, unknown> {
  const { addresses } = evidence;
  if (!Array.isArray(addresses) || addresses.every(one => typeof one === 'string')) {
    return { ...evidence };
  }
  const probed = addresses as readonly { readonly address?: unknown }[];
  const told = probed.some(one => Object.keys(one).length > 1) ? { results: evidence.results ?? probed } : {};
  return { ...evidence, addresses: probed.map(one => one.address), ...told };
}
