import type { Failure } from './failure';

/**
 * AWS accepts a signature within 5 minutes of its own time; from 4 on we call it skew, for the Date
 * header has whole seconds and the answer took time to come.
 */
const SKEW_MS = 4 * 60 * 1000;

/**
 * How far this machine's clock is ahead of AWS's, in seconds (negative: behind); undefined unless the
 * Date header proves more than 4 minutes. Nothing else proves skew: SDKs guess it from error names.
 */
export function skewSecondsOf(dateMs: number | undefined, nowMs: number | undefined): number | undefined {
  if (dateMs === undefined || nowMs === undefined || Math.abs(nowMs - dateMs) <= SKEW_MS) {
    return undefined;
  }
  return Math.round((nowMs - dateMs) / 1000);
}

/** "7 min slow", "2 h 5 min fast". */
export function skewWords(skewSeconds: number): string {
  const minutes = Math.round(Math.abs(skewSeconds) / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  const amount =
    days > 1
      ? `${days} days`
      : hours > 0
        ? `${hours} h${minutes % 60 === 0 ? '' : ` ${minutes % 60} min`}`
        : `${minutes} min`;
  return `${amount} ${skewSeconds < 0 ? 'slow' : 'fast'}`;
}

export function clockFailure(skewSeconds: number, evidence: Readonly<Record<string, unknown>>): Failure {
  return {
    verdict: 'clock_skew',
    cause: 'clock_skewed',
    summary: `The clock of this notebook is ${skewWords(skewSeconds)}, so AWS does not accept its signatures.`,
    evidence: { ...evidence, skewSeconds }
  };
}
