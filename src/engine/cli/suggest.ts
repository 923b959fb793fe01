import { distance } from 'fastest-levenshtein';

/** The one known word that a typing error away from `word` may have been meant, or null. */
export function suggest(word: string, known: readonly string[]): string | null {
  const limit = word.length < 5 ? 1 : 2;
  const ranked = known
    .map(candidate => ({ candidate, distance: distance(word, candidate) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance);
  return (
    ranked[0]?.candidate ?? known.find(candidate => word.length > 2 && candidate.startsWith(word)) ?? null
  );
}
