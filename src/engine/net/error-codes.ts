import type { Cause } from '../core/failure';

/** What a socket, a resolver or TLS can fail by. */
export type NetworkCause = Extract<
  Cause,
  `dns_${string}` | `tcp_${string}` | `tls_${string}` | 'http_silent' | 'http_garbage' | 'proxy_no_tunnel'
>;

/** node:dns Resolver codes (c-ares) and getaddrinfo's, https://nodejs.org/api/dns.html#error-codes */
export const DNS_CODES: Readonly<Record<string, NetworkCause>> = {
  ENOTFOUND: 'dns_not_found',
  ENODATA: 'dns_no_data',
  ESERVFAIL: 'dns_refused',
  EREFUSED: 'dns_refused',
  EFORMERR: 'dns_refused',
  ENOTIMP: 'dns_refused',
  EBADRESP: 'dns_refused',
  ETIMEOUT: 'dns_silent',
  // Our own cap: Resolver.cancel().
  ECANCELLED: 'dns_silent',
  EAI_AGAIN: 'dns_unclear',
  EAI_FAIL: 'dns_unclear'
};

/** System errors of a connect, https://nodejs.org/api/errors.html#common-system-errors */
export const TCP_CODES: Readonly<Record<string, NetworkCause>> = {
  ETIMEDOUT: 'tcp_silent',
  ECONNREFUSED: 'tcp_refused',
  ECONNRESET: 'tcp_reset',
  EPIPE: 'tcp_reset',
  ECONNABORTED: 'tcp_reset',
  ENETUNREACH: 'tcp_no_route',
  EHOSTUNREACH: 'tcp_no_route',
  ENETDOWN: 'tcp_no_route',
  EADDRNOTAVAIL: 'tcp_no_route',
  // A `prohibit` or `blackhole` route, or a local firewall that rejects.
  EACCES: 'tcp_forbidden_here',
  EPERM: 'tcp_forbidden_here',
  EINVAL: 'tcp_forbidden_here'
};

/** OpenSSL's and Node's own, https://nodejs.org/api/tls.html#x509-certificate-error-codes */
export const TLS_CODES: Readonly<Record<string, NetworkCause>> = {
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls_name_mismatch',
  HOSTNAME_MISMATCH: 'tls_name_mismatch',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls_untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls_untrusted',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls_untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'tls_untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls_untrusted',
  CERT_UNTRUSTED: 'tls_untrusted',
  CERT_REJECTED: 'tls_untrusted',
  CERT_SIGNATURE_FAILURE: 'tls_untrusted',
  INVALID_CA: 'tls_untrusted',
  INVALID_PURPOSE: 'tls_untrusted',
  CERT_CHAIN_TOO_LONG: 'tls_untrusted',
  PATH_LENGTH_EXCEEDED: 'tls_untrusted',
  CERT_HAS_EXPIRED: 'tls_expired',
  CERT_NOT_YET_VALID: 'tls_expired',
  ERR_SSL_WRONG_VERSION_NUMBER: 'tls_not_tls',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'tls_not_tls',
  ERR_SSL_HTTP_REQUEST: 'tls_not_tls',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'tls_old_version',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'tls_old_version',
  ERR_SSL_TLSV1_UNRECOGNIZED_NAME: 'tls_reset',
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: 'tls_reset',
  ERR_SSL_TLSV1_ALERT_ACCESS_DENIED: 'tls_reset',
  ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR: 'tls_reset',
  EPROTO: 'tls_reset'
};

/** A proxy that refuses to tunnel: Node 24's own agent. */
export const PROXY_CODES: Readonly<Record<string, NetworkCause>> = {
  ERR_PROXY_TUNNEL: 'proxy_no_tunnel'
};

/** Whether a code is one of the network's: then no service has answered. */
export const isNetworkCode = (code: string): boolean =>
  [DNS_CODES, TCP_CODES, TLS_CODES, PROXY_CODES].some(table => Object.hasOwn(table, code)) ||
  /^(ERR_SSL_|ERR_TLS_)/.test(code);
