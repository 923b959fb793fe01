/**
 * Where each row of the table of 32 symptoms is a case, when it is not one of `SYMPTOMS` (made for real on loopback). `in` names
 * the test file, which has the words "row N:" in the name of the case; a missing case fails `symptoms.spec.ts`.
 */
export const ELSEWHERE: Readonly<Record<number, { readonly in: string; readonly how: 'real' | 'fake' }>> = {
  7: { in: 'tests/netns/symptoms.netns.ts', how: 'real' },
  9: { in: 'src/engine/work/ladder/symptoms.spec.ts', how: 'real' },
  12: { in: 'tests/netns/symptoms.netns.ts', how: 'real' },
  13: { in: 'src/engine/work/ladder/symptoms.spec.ts', how: 'real' },
  // The ladder sends no packet to Amazon S3, which pip does not need: there is only the advice to be made.
  32: { in: 'src/engine/pure/verdicts/advice.spec.ts', how: 'fake' }
};

/** Rows whose other half is a namespace's: private and public addresses in place of loopback. */
export const ALSO_IN_NAMESPACES: readonly number[] = [4, 6, 8, 9, 11, 13, 24];
