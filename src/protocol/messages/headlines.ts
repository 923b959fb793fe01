import { CHECKS, type CheckId } from '../checks';
import type { FailureVerdict } from '../verdict';
import type { Trans } from './trans';

/** These name a hop. Whole strings, for a translation may need another case after "at". */
function timeoutAt(trans: Trans, check?: CheckId): string {
  switch (check && CHECKS[check].hop) {
    case 'credentials':
      return trans.__('Timeout at the notebook’s credentials');
    case 'resolver':
      return trans.__('Timeout at the DNS resolver');
    case 'api':
      return trans.__('Timeout at the API endpoint');
    case 'token':
      return trans.__('Timeout at the token call');
    case 'endpoint':
      return trans.__('Timeout at the GetRepositoryEndpoint call');
    case 'repository':
      return trans.__('Timeout at the repository endpoint');
    case 'index':
      return trans.__('Timeout at the index');
    case 'files':
      return trans.__('Timeout in pip’s configuration');
    default:
      return trans.__('Timeout');
  }
}

/** The calls for token and address go to the API. */
const atRepository = (check?: CheckId): boolean =>
  check !== undefined && CHECKS[check].side === 'repositories';

const refusedAt = (trans: Trans, check?: CheckId): string =>
  check && CHECKS[check].hop === 'credentials'
    ? trans.__('Refused at the notebook’s credentials')
    : atRepository(check)
      ? trans.__('Refused at the repository endpoint')
      : trans.__('Refused at the API endpoint');

const certificateAt = (trans: Trans, check?: CheckId): string =>
  check !== undefined && CHECKS[check].hop === 'credentials'
    ? trans.__('Certificate not trusted at the notebook’s credentials')
    : atRepository(check)
      ? trans.__('Certificate not trusted at the repository endpoint')
      : trans.__('Certificate not trusted at the API endpoint');

export const tlsFailedAt = (trans: Trans, check?: CheckId): string =>
  atRepository(check)
    ? trans.__('TLS failed at the repository endpoint')
    : trans.__('TLS failed at the API endpoint');

const nameNotFoundFor = (trans: Trans, check?: CheckId): string =>
  atRepository(check)
    ? trans.__('Name not found for the repository endpoint')
    : trans.__('Name not found for the API endpoint');

export const nameNotResolvedFor = (trans: Trans, check?: CheckId): string =>
  atRepository(check)
    ? trans.__('No answer from DNS for the repository endpoint')
    : trans.__('No answer from DNS for the API endpoint');

/** Verdict and hop, as an administrator would search for it; a cause may have a better headline. */
export function verdictHeadline(verdict: FailureVerdict, trans: Trans, check?: CheckId): string {
  switch (verdict) {
    case 'timeout':
      return timeoutAt(trans, check);
    case 'access_denied':
      return trans.__('AccessDenied by AWS');
    case 'refused':
      return refusedAt(trans, check);
    case 'dns':
      return nameNotFoundFor(trans, check);
    case 'tls':
      return certificateAt(trans, check);
    case 'proxy':
      return trans.__('A proxy answered instead of AWS');
    case 'no_credentials':
      return trans.__('No AWS credentials found');
    case 'expired_credentials':
      return trans.__('AWS credentials have expired');
    case 'clock_skew':
      return trans.__('The clock is wrong');
    case 'not_found':
      return trans.__('Repository not found');
    case 'throttled':
      return trans.__('Throttled by AWS');
    case 'service_error':
      return trans.__('AWS has a problem');
    case 'write_failed':
      return trans.__('pip’s files were left unchanged');
    case 'cancelled':
      return trans.__('Cancelled');
    case 'invalid_settings':
      return trans.__('A setting is not valid');
  }
}
