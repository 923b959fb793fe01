/** What a rung, or a whole run, came to. Names and exit codes are the product's contract. */
export const VERDICTS = [
  'ok',
  'timeout',
  'access_denied',
  'refused',
  'dns',
  'tls',
  'proxy',
  'no_credentials',
  'expired_credentials',
  'clock_skew',
  'not_found',
  'throttled',
  'service_error',
  'write_failed',
  'cancelled',
  'invalid_settings'
] as const;

export type Verdict = (typeof VERDICTS)[number];

/** Every verdict but `ok`. */
export type FailureVerdict = Exclude<Verdict, 'ok'>;

/**
 * The process exit code of a verdict: `ok` 0, wrong usage and settings 2, `timeout` 3,
 * `access_denied` 4, all other failures 5. (1 is kept for a bug of ours.)
 */
export function exitCode(verdict: Verdict): number {
  switch (verdict) {
    case 'ok':
      return 0;
    case 'invalid_settings':
      return 2;
    case 'timeout':
      return 3;
    case 'access_denied':
      return 4;
    default:
      return 5;
  }
}
