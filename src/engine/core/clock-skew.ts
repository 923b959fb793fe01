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
