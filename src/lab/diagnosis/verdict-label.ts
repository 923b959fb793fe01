import type { CheckVerdict } from '../../protocol/rung';
import type { Trans } from '../ui/trans';

/** A verdict in one or two words, as it stands at the end of a row of the path. */
export function verdictLabel(trans: Trans, verdict: CheckVerdict): string {
  switch (verdict) {
    case 'ok':
      return trans.__('OK');
    case 'timeout':
      return trans.__('Timeout');
    case 'access_denied':
      return trans.__('AccessDenied');
    case 'refused':
      return trans.__('refused');
    case 'dns':
      return trans.__('not found');
    case 'tls':
      return trans.__('not trusted');
    case 'proxy':
      return trans.__('proxy');
    case 'no_credentials':
      return trans.__('no credentials');
    case 'expired_credentials':
      return trans.__('expired');
    case 'clock_skew':
      return trans.__('clock is off');
    case 'not_found':
      return trans.__('not found');
    case 'throttled':
      return trans.__('throttled');
    case 'service_error':
      return trans.__('AWS error');
    case 'write_failed':
      return trans.__('not written');
    case 'cancelled':
      return trans.__('cancelled');
    case 'invalid_settings':
      return trans.__('not valid');
    case 'skipped':
      return trans.__('not reached');
    case 'waiting':
      return trans.__('waiting');
    case 'running':
      return trans.__('checking');
  }
}
