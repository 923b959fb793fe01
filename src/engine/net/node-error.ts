import type { AddressClass } from '../../protocol/rung';
import { type ErrorShape, errorShape } from '../core/error-shape';
import { type Failure, failure } from '../core/failure';
import type { ProbedAddress } from '../core/evidence';
import { DNS_CODES, type NetworkCause, PROXY_CODES, TCP_CODES, TLS_CODES } from './error-codes';

/** Where it happened; what is not known stays away. */
export interface NetworkPlace {
  readonly phase: 'dns' | 'tcp' | 'tls' | 'http';
  readonly host: string;
  readonly port?: number;
  readonly addressClass?: AddressClass;
  readonly addresses?: readonly ProbedAddress[];
  readonly waitedMs?: number;
  /** Who issued the certificate that was shown. */
  readonly issuer?: string;
}

/** Silence, by phase: our own timers and Node's have no code of their own. */
const SILENT: Readonly<Record<NetworkPlace['phase'], NetworkCause>> = {
  dns: 'dns_silent',
  tcp: 'tcp_silent',
  tls: 'tls_silent',
  http: 'http_silent'
};

/** A cut connection, by phase: the same code means another thing at each. */
const CUT: Readonly<Record<NetworkPlace['phase'], NetworkCause>> = {
  dns: 'dns_server_unreachable',
  tcp: 'tcp_reset',
  tls: 'tls_reset',
  http: 'tcp_reset'
};

/** Which of several addresses' errors tells most: an IPv6 address without a route is everyday. */
const TELLING = [
  'ETIMEDOUT',
  '',
  'ECONNREFUSED',
  'ECONNRESET',
  'EACCES',
  'EINVAL',
  'EHOSTUNREACH',
  'ENETUNREACH'
];

function leaf(shape: ErrorShape): ErrorShape {
  if (shape.errors.length === 0) {
    return shape;
  }
  const rank = (code: string) => (TELLING.includes(code) ? TELLING.indexOf(code) : TELLING.length);
  const leaves = shape.errors.slice(0, 32).map(errorShape);
  return leaves.sort((a, b) => rank(a.code) - rank(b.code))[0] ?? shape;
}

/** Addresses of an AggregateError's parts, when the caller has not probed them one by one. */
function addressesOf(shape: ErrorShape): readonly ProbedAddress[] {
  return shape.errors
    .slice(0, 32)
    .map(errorShape)
    .flatMap(e =>
      typeof e.fields.address === 'string' ? [{ address: e.fields.address, error: e.code }] : []
    );
}

function meaning(shape: ErrorShape, phase: NetworkPlace['phase']): NetworkCause {
  const { code } = shape;
  if (Object.hasOwn(PROXY_CODES, code)) {
    return PROXY_CODES[code] as NetworkCause;
  }
  if (phase === 'dns') {
    // The resolver's own port is closed, or there is no way to it: no answer about the name at all.
    return (DNS_CODES[code] ?? (Object.hasOwn(TCP_CODES, code) ? CUT.dns : undefined)) || SILENT.dns;
  }
  if (code === 'ETIMEDOUT') {
    return SILENT[phase];
  }
  // Also "Client network socket disconnected before secure TLS connection was established".
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'ECONNABORTED') {
    // The TLS step opens a connection of its own to an address that answered: the same firewall cuts it
    // before or after the SYN-ACK is told, and which of the two is a race.
    return shape.syscall === 'connect' && phase !== 'tls' ? CUT.tcp : CUT[phase];
  }
  const known = TLS_CODES[code] ?? TCP_CODES[code] ?? DNS_CODES[code];
  if (known !== undefined) {
    return known;
  }
  if (/^(ERR_SSL_|ERR_TLS_|CERT_|CRL_)/.test(code) || code === 'ERR_OSSL_EVP_UNSUPPORTED') {
    return code.startsWith('C') ? 'tls_untrusted' : 'tls_reset';
  }
  if (/^HPE_/.test(code)) {
    return 'http_garbage';
  }
  return SILENT[phase];
}

/** An abort that a person asked for has no timer's name and no code. */
const isCancel = (shape: ErrorShape): boolean =>
  shape.name === 'AbortError' &&
  (shape.code === 'ABORT_ERR' || shape.code === '') &&
  !/time/i.test(shape.message);

/**
 * What a socket's, resolver's or TLS error means. By `code` first, then by phase; never by
 * `name === 'TimeoutError'` alone, for smithy gives that name to resets as well. An AggregateError
 * (several addresses) is unpacked. `waitedMs` says that a cap ended it: then an abort is silence.
 */
export function failureFromNode(error: unknown, at: NetworkPlace): Failure {
  const whole = errorShape(error);
  const shape = leaf(whole);
  if (isCancel(shape) && at.waitedMs === undefined) {
    return failure('cancelled', { host: at.host });
  }
  const cause = meaning(shape, at.phase);
  const addresses = at.addresses ?? addressesOf(whole);
  const names = certificateNames(shape);
  return failure(cause, {
    host: at.host,
    ...(at.port === undefined ? {} : { port: at.port }),
    ...(at.addressClass === undefined ? {} : { addressClass: at.addressClass }),
    ...(addresses.length === 0 ? {} : { addresses }),
    ...(at.waitedMs === undefined ? {} : { waitedMs: at.waitedMs }),
    ...(at.issuer === undefined || at.issuer === '' ? {} : { issuer: at.issuer }),
    ...(names === '' ? {} : { certificateNames: names }),
    ...(shape.code === '' ? {} : { code: shape.code })
  });
}

/** Node's `reason` of ERR_TLS_CERT_ALTNAME_INVALID lists the names; kept short, it may be long. */
function certificateNames(shape: ErrorShape): string {
  const { reason } = shape.fields;
  const cert = typeof reason === 'string' ? reason.split("cert's altnames: ")[1] : undefined;
  return (cert ?? '').replace(/DNS:/g, '').slice(0, 200);
}
