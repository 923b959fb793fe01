import type { Rung } from '../../protocol/rung';
import type { FailureVerdict } from '../../protocol/verdict';
import { nodeOf } from './path';
import { denialSentence } from './denial-sentence';
import type { Evidence } from './read-evidence';
import { evidenceOf } from './read-evidence';
import { clockTime } from '../ui/time';
import type { Trans } from '../ui/trans';

/** What is known besides the rung. */
export interface SentenceOptions {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The document's own sentence, for what has none here. */
  readonly summary: string;
  /** Whether pip's files were left alone: true of every failed first Connect. */
  readonly untouched: boolean;
}

/** One sentence of cause. Never a guess sold as fact: what is only likely says so. */
export function sentence(
  trans: Trans,
  verdict: FailureVerdict,
  rung: Rung | null,
  around: SentenceOptions
): string {
  const evidence = evidenceOf(rung);
  const own = rung?.summary || around.summary;
  switch (verdict) {
    case 'timeout':
      return timeout(trans, rung, evidence, around) || own;
    // The engine tells these apart more finely than their verdict says: its sentence goes first.
    case 'refused':
      return (
        own ||
        trans.__(
          'Something at that address refuses connections on port %1, so it is not the endpoint.',
          evidence.port
        )
      );
    case 'dns':
      return own || trans.__('The endpoint’s name does not resolve in this notebook.');
    case 'tls':
      return evidence.issuer
        ? trans.__(
            'The certificate there was issued by %1, which this notebook does not trust. Most likely something inspects the traffic on the way.',
            evidence.issuer
          )
        : own;
    case 'proxy':
      return (
        own ||
        trans.__(
          'The answer is a web page, not AWS’s. A proxy stands between this notebook and the endpoint.'
        )
      );
    case 'access_denied':
      return denialSentence(trans, rung, evidence) || own;
    case 'no_credentials':
      return evidence.profile
        ? trans.__('Profile %1 gives no credentials.', evidence.profile)
        : trans.__('This notebook has no role, and no profile is set.');
    case 'expired_credentials':
      return expired(trans, evidence, around.now) || own;
    case 'clock_skew':
      return trans.__(
        'AWS refuses requests whose time is more than 5 min off. The time comes from this machine.'
      );
    case 'not_found':
      return (
        own ||
        trans.__(
          'AWS answers, but knows no such name there. Check its spelling, the domain’s owner and the Region.'
        )
      );
    case 'throttled':
      return trans.__('Many notebooks are connecting at once. Nothing to do here.');
    case 'service_error':
      return (
        own || trans.__('The path is whole, but AWS answers with an error of its own. It usually passes.')
      );
    case 'write_failed':
      return unwritten(trans, evidence, own);
    case 'cancelled':
      return trans.__('pip’s files were not changed.');
    case 'invalid_settings':
      return own;
  }
}

function timeout(trans: Trans, rung: Rung | null, evidence: Evidence, around: SentenceOptions): string {
  switch (rung?.id) {
    case 'credentials':
      return trans.__('The service that gives this notebook its role’s credentials does not answer.');
    case 'dns.api':
    case 'dns.repository':
      return trans.__('The resolver of this notebook does not answer, so no name can be looked up.');
    case 'tcp.api':
      if (evidence.addressClass === 'public') {
        return trans.__(
          'The name leads to a public address: the endpoint is missing from this VPC, or its private DNS is off.'
        );
      }
      return evidence.addressClass === 'loopback'
        ? trans.__('The name leads to this machine itself, and nothing answers there.')
        : trans.__(
            'The endpoint is there, but nothing answers. Most likely its security group does not let this notebook in.'
          );
    case 'tls.api':
    case 'tls.repository':
      return trans.__(
        'The connection opens, but the encrypted part never starts. Most likely a firewall on the way drops large packets or this name.'
      );
    case 'http.api':
    case 'token':
    case 'endpoint':
      return trans.__('The connection is up, but the API does not answer the request in time.');
    case 'tcp.repository':
      return around.untouched
        ? trans.__(
            'The API works and gave a token, but pip would hang: the second endpoint does not answer. pip’s files were not changed.'
          )
        : trans.__('The API works and gave a token, but pip hangs: the second endpoint does not answer.');
    case 'index':
      return trans.__(
        'The repository endpoint takes the connection, but the package index does not answer, so pip would hang.'
      );
    default:
      return '';
  }
}

function expired(trans: Trans, evidence: Evidence, now: number): string {
  const at = Date.parse(evidence.expiredAt);
  const time = Number.isNaN(at) ? '' : clockTime(at, now);
  if (evidence.profile) {
    return time
      ? trans.__('The credentials of profile %1 ended at %2.', evidence.profile, time)
      : trans.__('The credentials of profile %1 have ended.', evidence.profile);
  }
  return time ? trans.__('The credentials of this notebook ended at %1.', time) : '';
}

function unwritten(trans: Trans, evidence: Evidence, own: string): string {
  return evidence.line > 0
    ? trans.__(
        'Line %1 is not valid, so pip cannot read the file either. Nothing was changed.',
        evidence.line
      )
    : own;
}

/** Whether a failed rung leaves pip's present token of use: pip itself needs only what comes after the token. */
export const pipStillWorks = (rung: Rung | null): boolean =>
  rung !== null && ['notebook', 'dns', 'api', 'iam', 'token'].includes(nodeOf(rung));
