import type { Fixer } from './fixer';
import type { Trans } from './messages/trans';

/**
 * When a failure is worth another try.
 * - `soon`: it can pass, or somebody mends it: after 10, 30, then every 60 seconds.
 * - `slowly`: only when somebody edits a policy or makes what is missing; asking often fills CloudTrail with refusals.
 * - `retry_after`: when AWS says so.
 * - `never`: only after a person has acted here.
 */
export type Retry = 'soon' | 'slowly' | 'retry_after' | 'never';

/** The shape by which a verdict is drawn: each is told apart without its colour. */
export type VerdictIcon = 'ok' | 'timeout' | 'denied' | 'error' | 'wait' | 'off';

interface VerdictDeclaration {
  /** 0 ok, 2 wrong usage and settings, 3 timeout, 4 access denied, 5 all else. (1 is kept for a bug of ours.) */
  readonly exitCode: 0 | 2 | 3 | 4 | 5;
  /** In one or two words, at the end of a row. */
  readonly label: (trans: Trans) => string;
  readonly icon: VerdictIcon;
  /** `muted` for what only has to be waited for, or was wanted. */
  readonly colour: 'success' | 'error' | 'muted';
  /** Who can usually fix it; null: nobody has to. */
  readonly who: Fixer | null;
  readonly retry: Retry;
}

const declare = <T extends Readonly<Record<string, VerdictDeclaration>>>(verdicts: T) =>
  verdicts as { readonly [K in keyof T]: VerdictDeclaration };

/** What a check, or a whole run, came to. Names and exit codes are the product's contract. */
export const VERDICT = declare({
  ok: {
    exitCode: 0,
    label: trans => trans.__('OK'),
    icon: 'ok',
    colour: 'success',
    who: null,
    retry: 'never'
  },
  timeout: {
    exitCode: 3,
    label: trans => trans.__('Timeout'),
    icon: 'timeout',
    colour: 'error',
    who: 'network administrator',
    retry: 'soon'
  },
  access_denied: {
    exitCode: 4,
    label: trans => trans.__('AccessDenied'),
    icon: 'denied',
    colour: 'error',
    who: 'identity administrator',
    retry: 'slowly'
  },
  refused: {
    exitCode: 5,
    label: trans => trans.__('refused'),
    icon: 'error',
    colour: 'error',
    who: 'network administrator',
    retry: 'soon'
  },
  dns: {
    exitCode: 5,
    label: trans => trans.__('not found'),
    icon: 'error',
    colour: 'error',
    who: 'network administrator',
    retry: 'soon'
  },
  tls: {
    exitCode: 5,
    label: trans => trans.__('not trusted'),
    icon: 'error',
    colour: 'error',
    who: 'network administrator',
    retry: 'soon'
  },
  proxy: {
    exitCode: 5,
    label: trans => trans.__('proxy'),
    icon: 'error',
    colour: 'error',
    who: 'platform team',
    retry: 'soon'
  },
  no_credentials: {
    exitCode: 5,
    label: trans => trans.__('no credentials'),
    icon: 'error',
    colour: 'error',
    who: 'platform team',
    retry: 'soon'
  },
  expired_credentials: {
    exitCode: 5,
    label: trans => trans.__('expired'),
    icon: 'error',
    colour: 'error',
    who: 'you',
    retry: 'soon'
  },
  clock_skew: {
    exitCode: 5,
    label: trans => trans.__('clock is off'),
    icon: 'error',
    colour: 'error',
    who: 'platform team',
    retry: 'soon'
  },
  not_found: {
    exitCode: 5,
    label: trans => trans.__('not found'),
    icon: 'error',
    colour: 'error',
    who: 'you',
    retry: 'slowly'
  },
  throttled: {
    exitCode: 5,
    label: trans => trans.__('throttled'),
    icon: 'wait',
    colour: 'muted',
    who: null,
    retry: 'retry_after'
  },
  service_error: {
    exitCode: 5,
    label: trans => trans.__('AWS error'),
    icon: 'error',
    colour: 'error',
    who: 'AWS',
    retry: 'soon'
  },
  write_failed: {
    exitCode: 5,
    label: trans => trans.__('not written'),
    icon: 'error',
    colour: 'error',
    who: 'you',
    retry: 'never'
  },
  cancelled: {
    exitCode: 5,
    label: trans => trans.__('cancelled'),
    icon: 'off',
    colour: 'muted',
    who: null,
    retry: 'never'
  },
  invalid_settings: {
    exitCode: 2,
    label: trans => trans.__('not valid'),
    icon: 'error',
    colour: 'error',
    who: 'you',
    retry: 'never'
  }
});

export type Verdict = keyof typeof VERDICT;

export const VERDICTS = Object.keys(VERDICT) as readonly Verdict[] as readonly [Verdict, ...Verdict[]];

/** Every verdict but `ok`. */
export type FailureVerdict = Exclude<Verdict, 'ok'>;

/** The process exit code of a verdict. */
export const exitCode = (verdict: Verdict): number => VERDICT[verdict].exitCode;

/** A check that has come to no verdict: not reached, or still to be done. */
const UNDECIDED = {
  skipped: (trans: Trans) => trans.__('not reached'),
  waiting: (trans: Trans) => trans.__('waiting'),
  running: (trans: Trans) => trans.__('checking')
};

/**
 * A check's verdict: one of the product's; `skipped` when it was not reached (`because` names the check it waits on) or
 * not needed; `waiting` and `running` only while a run is under way.
 */
export type CheckVerdict = Verdict | keyof typeof UNDECIDED;

export const CHECK_VERDICTS = [
  ...VERDICTS,
  ...(Object.keys(UNDECIDED) as (keyof typeof UNDECIDED)[])
] as const;

export const isUndecided = (verdict: CheckVerdict): verdict is keyof typeof UNDECIDED =>
  Object.hasOwn(UNDECIDED, verdict);

/** Whether something is broken. */
export const isFailureVerdict = (verdict: CheckVerdict): verdict is FailureVerdict =>
  verdict !== 'ok' && !isUndecided(verdict);

/** A verdict in one or two words, as it stands at the end of a row. */
export const verdictLabel = (trans: Trans, verdict: CheckVerdict): string =>
  isUndecided(verdict) ? UNDECIDED[verdict](trans) : VERDICT[verdict].label(trans);
