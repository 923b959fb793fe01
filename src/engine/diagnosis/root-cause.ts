import { CHECK_IDS, CHECKS } from '../../protocol/checks';
import type { Rung } from '../../protocol/rung';
import { isFailureVerdict } from '../../protocol/verdict';

/**
 * The root cause: the first in the order of the checks that failed by itself. A check that waits
 * on another (`because`) never is; `cancelled` only when nothing else failed.
 */
export function rootCause(rungs: readonly Rung[]): Rung | null {
  const broken = rungs
    .filter(r => isFailureVerdict(r.verdict) && !CHECKS[r.id].advisory && r.because === undefined)
    .sort((a, b) => CHECK_IDS.indexOf(a.id) - CHECK_IDS.indexOf(b.id));
  return broken.find(r => r.verdict !== 'cancelled') ?? broken[0] ?? null;
}
