import type { Rung } from '../../protocol/rung';
import type { FailureVerdict } from '../../protocol/verdict';
import { nodeOf } from './path';
import { evidenceOf } from './read-evidence';
import { span } from '../ui/time';
import type { Trans } from '../ui/trans';

/** What a failure is called, as an administrator would search for it: verdict, then hop. */
export function headline(trans: Trans, verdict: FailureVerdict, rung: Rung | null): string {
  const node = rung ? nodeOf(rung) : null;
  switch (verdict) {
    case 'timeout':
      switch (rung?.id) {
        case 'environment':
        case 'credentials':
          return trans.__('Timeout at the notebook’s credentials');
        case 'dns.api':
        case 'dns.repository':
          return trans.__('Timeout at the DNS resolver');
        case 'token':
          return trans.__('Timeout at the token call');
        case 'endpoint':
        case 'tcp.repository':
        case 'tls.repository':
          return trans.__('Timeout at the repository endpoint');
        case 'index':
          return trans.__('Timeout at the index');
        case 'tools':
          return trans.__('Timeout in pip’s configuration');
        case 'tcp.api':
        case 'tls.api':
        case 'http.api':
          return trans.__('Timeout at the API endpoint');
        default:
          return trans.__('Timeout');
      }
    case 'refused':
      return node === 'repository' || node === 'index'
        ? trans.__('Refused at the repository endpoint')
        : node === 'notebook'
          ? trans.__('Refused at the notebook’s credentials')
          : trans.__('Refused at the API endpoint');
    case 'dns':
      return node === 'repository'
        ? trans.__('Name not found for the repository endpoint')
        : trans.__('Name not found for the API endpoint');
    case 'tls':
      return node === 'repository' || node === 'index'
        ? trans.__('Certificate not trusted at the repository endpoint')
        : trans.__('Certificate not trusted at the API endpoint');
    case 'proxy':
      return trans.__('A proxy answered instead of AWS');
    case 'access_denied':
      return denied(trans, rung);
    case 'no_credentials':
      return trans.__('No AWS credentials found');
    case 'expired_credentials':
      return trans.__('AWS credentials have expired');
    case 'clock_skew': {
      const skew = evidenceOf(rung).skewSeconds;
      const off = span(trans, Math.abs(skew) * 1000);
      return skew === 0
        ? trans.__('The clock is wrong')
        : skew < 0
          ? trans.__('The clock is %1 slow', off)
          : trans.__('The clock is %1 fast', off);
    }
    case 'not_found':
      return notFound(trans, rung);
    case 'throttled':
      return trans.__('AWS asked us to wait');
    case 'service_error':
      return trans.__('AWS has a problem');
    case 'write_failed': {
      const { path } = evidenceOf(rung);
      return path
        ? trans.__('%1 was left as it is', path.split('/').pop() ?? path)
        : trans.__('pip’s files were left as they are');
    }
    case 'cancelled':
      return trans.__('Cancelled');
    case 'invalid_settings':
      return trans.__('A setting is not valid');
  }
}

function denied(trans: Trans, rung: Rung | null): string {
  switch (evidenceOf(rung).policyType) {
    case 'identity':
      return trans.__('AccessDenied by the role’s policy');
    case 'vpc_endpoint':
      return trans.__('AccessDenied by the endpoint’s policy');
    case 'resource':
      return rung?.id === 'token'
        ? trans.__('AccessDenied by the domain’s policy')
        : trans.__('AccessDenied by the repository’s policy');
    case 'scp':
      return trans.__('AccessDenied by a service control policy');
    case 'rcp':
      return trans.__('AccessDenied by a resource control policy');
    case 'boundary':
      return trans.__('AccessDenied by a permissions boundary');
    case 'session':
      return trans.__('AccessDenied by the session’s policy');
    default:
      return rung?.id === 'index' ? trans.__('AccessDenied at the index') : trans.__('AccessDenied by AWS');
  }
}

function notFound(trans: Trans, rung: Rung | null): string {
  const { resource } = evidenceOf(rung);
  const name = resource.split('/').pop() ?? '';
  if (rung?.id === 'token' || /:domain\//.test(resource)) {
    return name ? trans.__('Domain %1 not found', name) : trans.__('Domain not found');
  }
  return name ? trans.__('Repository %1 not found', name) : trans.__('Repository not found');
}
