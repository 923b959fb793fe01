import { CHECK_IDS, type Rung } from '../../protocol/rung';

/** Verdicts that are no failure of the rung itself. */
const QUIET: ReadonlySet<string> = new Set(['ok', 'skipped', 'waiting', 'running']);

/** A rung that may fail without breaking pip: S3 is not needed for Python packages (CodeArtifact guide). */
const ADVISORY: ReadonlySet<string> = new Set(['s3']);

/**
 * The one rung to be loud about: the first in ladder order that failed by itself. A rung that waits
 * on another (`because`) never is; `cancelled` only when nothing else failed.
 */
export function rootCause(rungs: readonly Rung[]): Rung | null {
  const broken = rungs
    .filter(r => !QUIET.has(r.verdict) && !ADVISORY.has(r.id) && r.because === undefined)
    .sort((a, b) => CHECK_IDS.indexOf(a.id) - CHECK_IDS.indexOf(b.id));
  return broken.find(r => r.verdict !== 'cancelled') ?? broken[0] ?? null;
}
