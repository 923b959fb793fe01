import type { FailureVerdict } from '../../protocol/verdict';
import type { Cause } from '../core/failure';

/** What a code says: verdict, cause, and what happened as a half sentence after the host's name. */
export type CodeMeaning = readonly [verdict: FailureVerdict, cause: Cause];

/** node:dns Resolver codes (c-ares) and getaddrinfo's, https://nodejs.org/api/dns.html#error-codes */
export const DNS_CODES: Readonly<Record<string, CodeMeaning>> = {
  ENOTFOUND: ['dns', 'dns_not_found'],
  ENODATA: ['dns', 'dns_no_data'],
  ESERVFAIL: ['dns', 'dns_refused'],
  EREFUSED: ['dns', 'dns_refused'],
  EFORMERR: ['dns', 'dns_refused'],
  ENOTIMP: ['dns', 'dns_refused'],
  EBADRESP: ['dns', 'dns_refused'],
  ETIMEOUT: ['dns', 'dns_silent'],
  // Our own cap: Resolver.cancel().
  ECANCELLED: ['dns', 'dns_silent'],
  EAI_AGAIN: ['dns', 'dns_unclear'],
  EAI_FAIL: ['dns', 'dns_unclear']
};

/** System errors of a connect, https://nodejs.org/api/errors.html#common-system-errors */
export const TCP_CODES: Readonly<Record<string, CodeMeaning>> = {
  ETIMEDOUT: ['timeout', 'tcp_silent'],
  ECONNREFUSED: ['refused', 'tcp_refused'],
  ECONNRESET: ['refused', 'tcp_reset'],
  EPIPE: ['refused', 'tcp_reset'],
  ECONNABORTED: ['refused', 'tcp_reset'],
  ENETUNREACH: ['refused', 'tcp_no_route'],
  EHOSTUNREACH: ['refused', 'tcp_no_route'],
  ENETDOWN: ['refused', 'tcp_no_route'],
  EADDRNOTAVAIL: ['refused', 'tcp_no_route'],
  // A `prohibit` or `blackhole` route, or a local firewall that rejects.
  EACCES: ['refused', 'tcp_forbidden_here'],
  EPERM: ['refused', 'tcp_forbidden_here'],
  EINVAL: ['refused', 'tcp_forbidden_here']
};

/** OpenSSL's and Node's own, https://nodejs.org/api/tls.html#x509-certificate-error-codes */
export const TLS_CODES: Readonly<Record<string, CodeMeaning>> = {
  ERR_TLS_CERT_ALTNAME_INVALID: ['tls', 'tls_name_mismatch'],
  HOSTNAME_MISMATCH: ['tls', 'tls_name_mismatch'],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['tls', 'tls_untrusted'],
  SELF_SIGNED_CERT_IN_CHAIN: ['tls', 'tls_untrusted'],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['tls', 'tls_untrusted'],
  UNABLE_TO_GET_ISSUER_CERT: ['tls', 'tls_untrusted'],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['tls', 'tls_untrusted'],
  CERT_UNTRUSTED: ['tls', 'tls_untrusted'],
  CERT_REJECTED: ['tls', 'tls_untrusted'],
  CERT_SIGNATURE_FAILURE: ['tls', 'tls_untrusted'],
  INVALID_CA: ['tls', 'tls_untrusted'],
  INVALID_PURPOSE: ['tls', 'tls_untrusted'],
  CERT_CHAIN_TOO_LONG: ['tls', 'tls_untrusted'],
  PATH_LENGTH_EXCEEDED: ['tls', 'tls_untrusted'],
  CERT_HAS_EXPIRED: ['tls', 'tls_expired'],
  CERT_NOT_YET_VALID: ['tls', 'tls_expired'],
  ERR_SSL_WRONG_VERSION_NUMBER: ['tls', 'tls_not_tls'],
  ERR_SSL_PACKET_LENGTH_TOO_LONG: ['tls', 'tls_not_tls'],
  ERR_SSL_HTTP_REQUEST: ['tls', 'tls_not_tls'],
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: ['tls', 'tls_old_version'],
  ERR_SSL_UNSUPPORTED_PROTOCOL: ['tls', 'tls_old_version'],
  ERR_SSL_TLSV1_UNRECOGNIZED_NAME: ['tls', 'tls_reset'],
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: ['tls', 'tls_reset'],
  ERR_SSL_TLSV1_ALERT_ACCESS_DENIED: ['tls', 'tls_reset'],
  ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR: ['tls', 'tls_reset'],
  EPROTO: ['tls', 'tls_reset']
};

/** A proxy that refuses to tunnel: Node 24's own agent. */
export const PROXY_CODES: Readonly<Record<string, CodeMeaning>> = {
  ERR_PROXY_TUNNEL: ['proxy', 'http_proxy_auth']
};

/** Whether a code is one of the network's: then no service has answered. */
export const isNetworkCode = (code: string): boolean =>
  [DNS_CODES, TCP_CODES, TLS_CODES, PROXY_CODES].some(table => Object.hasOwn(table, code)) ||
  /^(ERR_SSL_|ERR_TLS_)/.test(code);
