import type { Fix } from '../../../protocol/fix';
import { CHECKS } from '../../../protocol/checks';
import { principalOf } from '../../core/principal';
import { offset } from '../../../protocol/messages/time-words';
import { fact, list } from '../../core/evidence';
import { type Failure } from '../../core/failure';
import type { FixContext } from './fix-facts';
import { deniedRole, deniedSignIn, rejectedRole, unreachableService } from './credential-services';
import {
  expiredCredentials,
  invalidCredentials,
  missingProfile,
  rejectedCredentials,
  unparsableConfig
} from './credentials';
import { deniedFix } from './denied';
import * as dns from './dns';
import { noCredentials } from './no-credentials';
import { endpointMissing } from './endpoint-missing';
import { fileFix } from './files';
import { keyUnusable } from './key';
import { notFound, repositoryNotFound } from './not-found';
import { firewall, largePackets, localRoute, wrongPlace } from './network-path';
import { proxiedService, proxyLogin, proxyPage } from './proxy';
import { securityGroup } from './security-group';
import { awsFault, garbage, quotaExceeded, rejected, throttled } from './service';
import { endpointNotAllowed, invalidSettings, pinsUnreadable, regionWithout } from './settings';
import { clock, notTheEndpoint, untrusted } from './tls';
import { silentElsewhere } from './silent';
import { trans } from '../../core/say';

/**
 * What to do about a failure, who can do it, and the exact text. Undefined only where there is
 * nothing to do but look again: a person cancelled it, or time ran out before it was known.
 */
export function fixFor(failure: Failure, known: FixContext): Fix | undefined {
  const facts = withEvidence(failure, known);
  switch (failure.cause) {
    case 'dns_not_found':
      return dns.nameNotFound(facts);
    case 'dns_no_data':
      return dns.noAddress(facts);
    case 'dns_refused':
      return dns.resolverRefuses(facts);
    case 'dns_silent':
      return dns.resolverSilent(facts);
    case 'dns_server_unreachable':
      return dns.resolverGone(facts);
    case 'dns_unclear':
      return dns.resolverUnclear(failure.evidence, facts);
    case 'tcp_silent':
      return silent(facts);
    case 'tcp_refused':
      return wrongPlace(facts, trans.__('Something that is not the endpoint has its address.'));
    case 'tcp_no_route':
      return localRoute(facts, false);
    case 'tcp_forbidden_here':
      return localRoute(facts, true);
    case 'tcp_reset':
      return firewall(facts, trans.__('A firewall or another device on the way cuts the connection.'));
    case 'tls_reset':
      return firewall(
        facts,
        trans.__('A firewall on the way reads the name at the start of TLS and cuts the connection.')
      );
    case 'tls_silent':
      return largePackets(trans.__('The connection is accepted, so security groups are right.'));
    case 'tls_name_mismatch':
      return wrongPlace(facts, trans.__('The name leads to another service, such as the other endpoint.'));
    case 'tls_untrusted':
    case 'ca_bundle':
      return untrusted(failure.evidence, facts);
    case 'tls_expired':
      return clock(
        trans.__("Set the notebook's clock. If it is right, what answers is not AWS: look for a proxy.")
      );
    case 'tls_not_tls':
      return notTheEndpoint(facts, trans.__('What answers does not speak TLS.'));
    case 'tls_old_version':
      return notTheEndpoint(
        facts,
        trans.__('What answers speaks a version of TLS that is no longer accepted.')
      );
    case 'http_silent':
      return largePackets(
        trans.__('The request is accepted, but no answer comes: AWS may be slow, or a proxy holds it.')
      );
    case 'http_proxy_page':
    case 'http_stranger':
      return onTheWay(failure, proxyPage(facts));
    case 'proxy_no_tunnel':
    case 'proxy_unknown':
    case 'proxy_silent':
    case 'proxy_unreachable':
      return onTheWay(failure, proxyPage(facts));
    case 'http_proxy_auth':
      return onTheWay(failure, proxyLogin(facts));
    case 'http_garbage':
      return garbage(failure.evidence, facts);
    case 'credentials_none':
    case 'credentials_not_sent':
      return noCredentials(failure.evidence, facts);
    case 'profile_missing':
      return missingProfile(failure.evidence, facts);
    case 'aws_config_unparsable':
      return unparsableConfig(failure.evidence);
    case 'credentials_expired':
      return expiredCredentials(failure.evidence, facts);
    case 'credentials_invalid':
      return invalidCredentials(failure.evidence, facts);
    case 'credentials_rejected':
      return rejectedCredentials(failure.evidence, facts);
    case 'credentials_silent':
      return invalidCredentials({ ...failure.evidence, problem: 'process_failed' }, facts);
    case 'credential_service_unreachable':
    case 'credential_service_silent':
      return unreachableService(failure.evidence, facts);
    case 'role_denied':
      return deniedRole(failure.evidence, facts);
    case 'role_rejected':
      return rejectedRole(failure.evidence);
    case 'web_identity_rejected':
      return expiredCredentials({ source: 'web identity' }, { ...facts, profile: '' });
    case 'sign_in_role_denied':
      return deniedSignIn(failure.evidence);
    case 'clock_skewed':
      return skewedClock(failure.evidence.skewSeconds);
    case 'token_ended':
      return skewedClock();
    case 'denied':
    case 'index_denied':
      return deniedFix(failure.evidence, facts);
    case 'not_found':
      return notFound(failure.evidence, facts);
    case 'throttled':
      return throttled(failure.evidence, facts);
    case 'kms_key':
      return keyUnusable(facts);
    case 'aws_fault':
      return awsFault(failure.evidence);
    case 'rejected':
    case 'value_rejected':
      return rejected(failure.evidence, facts);
    case 'quota_exceeded':
      return quotaExceeded(facts);
    case 'index_unauthorized':
    case 'stored_token_ended':
      return newToken();
    case 'index_not_found':
      return repositoryNotFound(facts);
    case 'file_unreadable':
    case 'file_unparsable':
    case 'record_damaged':
    case 'file_changed':
    case 'disk_full':
    case 'not_writable':
    case 'no_home':
    case 'locked':
      return fileFix(failure.cause, failure.evidence);
    case 'invalid_settings':
      return invalidSettings(failure.evidence);
    case 'pins_unreadable':
      return pinsUnreadable();
    case 'region_without_codeartifact':
      return regionWithout(facts);
    case 'endpoint_not_allowed':
      return endpointNotAllowed(failure.evidence);
    case 'cancelled':
    case 'superseded':
    case 'not_finished':
    case 'internal_error':
      return undefined;
    // The check of the tools brings its own: each line and variable with what takes it away.
    case 'tool_shadowed':
    case 'tool_login_refused':
      return undefined;
    default:
      return never(failure);
  }
}

const never = (failure: never): undefined => failure;

/** Private or public is what separates a security group from a missing endpoint. */
function silent(facts: FixContext): Fix {
  switch (facts.addressClass) {
    case 'public':
      return endpointMissing(facts);
    case 'private':
      return securityGroup(facts);
    default:
      return silentElsewhere(facts);
  }
}

/** A proxy is as much in the way of a service for credentials. */
const onTheWay = ({ evidence }: Failure, ofCodeartifact: Fix): Fix =>
  fact(evidence, 'service') === '' ? ofCodeartifact : proxiedService(evidence);

/** What the probe itself found beats what was known before it. */
function withEvidence(failure: Failure, known: FixContext): FixContext {
  const { addressClass, host = '', service = '' } = failure.evidence;
  const broken = CHECKS[known.rung].side === 'api' ? 'apiHost' : 'repositoryHost';
  const addresses = list(failure.evidence);
  return {
    ...known,
    // Without an owner CodeArtifact takes the caller's own account; so do we.
    domainOwner: known.domainOwner || known.accountId || principalOf(known.roleArn ?? '').account,
    ...(host !== '' && known[broken] === '' ? { [broken]: host } : {}),
    // What a service for credentials met is about its host, not about CodeArtifact's.
    ...(service === '' ? {} : { apiHost: host, repositoryHost: host }),
    ...(addressClass === undefined ? {} : { addressClass }),
    ...(addresses.length === 0 ? {} : { addresses })
  };
}

/** What an offset of the clock wants; without one it is only known to be wrong. */
export function skewedClock(skewSeconds?: number): Fix {
  return clock(
    skewSeconds === undefined
      ? trans.__("Set the notebook's clock: AWS accepts a difference of 5 minutes.")
      : skewSeconds < 0
        ? trans.__(
            "Set the notebook's clock, which is %1 slow: AWS accepts a difference of 5 minutes.",
            offset(skewSeconds, trans)
          )
        : trans.__(
            "Set the notebook's clock, which is %1 fast: AWS accepts a difference of 5 minutes.",
            offset(skewSeconds, trans)
          )
  );
}

const newToken = (): Fix => ({
  who: 'you',
  text: trans.__(
    'Get a new token. If that is refused too, the settings name another domain or Region than the index.'
  ),
  snippets: [{ title: trans.__('In a terminal'), language: 'bash', text: 'jupyter codeartifact refresh\n' }]
});
