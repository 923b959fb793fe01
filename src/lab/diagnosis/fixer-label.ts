import type { Fixer } from '../../protocol/fix';
import type { Rung } from '../../protocol/rung';
import type { FailureVerdict } from '../../protocol/verdict';
import type { Trans } from '../ui/trans';

/** Who can fix it when the engine has not said so. */
export function fixerOf(verdict: FailureVerdict, rung: Rung | null): Fixer {
  if (rung?.fix) {
    return rung.fix.who;
  }
  switch (verdict) {
    case 'access_denied':
      return 'identity administrator';
    case 'no_credentials':
    case 'clock_skew':
      return 'platform team';
    case 'expired_credentials':
    case 'write_failed':
    case 'not_found':
    case 'invalid_settings':
    case 'cancelled':
      return 'you';
    case 'throttled':
    case 'service_error':
      return 'AWS';
    default:
      return 'network administrator';
  }
}

/** The sentence that says so. */
export function who(trans: Trans, fixer: Fixer, verdict?: FailureVerdict): string {
  switch (fixer) {
    case 'you':
      return verdict === 'expired_credentials'
        ? trans.__('You can fix this: sign in again.')
        : trans.__('You can fix this.');
    case 'network administrator':
      return trans.__('Your network administrator can fix this.');
    case 'identity administrator':
      return trans.__('Your identity administrator can fix this.');
    case 'platform team':
      return trans.__('Your platform team can fix this.');
    case 'organization administrator':
      return trans.__('Your organization administrator can fix this.');
    case 'AWS':
      return trans.__('Only AWS can fix this. Nothing to do here.');
  }
}

/** The same in two words, beside the section's title. */
export function fixerLabel(trans: Trans, fixer: Fixer): string {
  switch (fixer) {
    case 'you':
      return trans.__('you');
    case 'network administrator':
      return trans.__('network administrator');
    case 'identity administrator':
      return trans.__('identity administrator');
    case 'platform team':
      return trans.__('platform team');
    case 'organization administrator':
      return trans.__('organization administrator');
    case 'AWS':
      return trans.__('AWS');
  }
}
