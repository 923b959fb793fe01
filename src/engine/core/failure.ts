import type { FailureVerdict } from '../../protocol/verdict';

/**
 * Why something failed, finer than its verdict: what `fixFor` chooses the fix by.
 * Rows are those of AWS's and Node's own errors; the comment names the source.
 */
export type Cause =
  // Names (node:dns Resolver codes)
  | 'dns_not_found'
  | 'dns_no_data'
  | 'dns_refused'
  | 'dns_silent'
  | 'dns_server_unreachable'
  // getaddrinfo's EAI_AGAIN: it cannot tell a silent resolver from a refusing one.
  | 'dns_unclear'
  // Sockets
  | 'tcp_silent'
  | 'tcp_refused'
  | 'tcp_no_route'
  | 'tcp_forbidden_here'
  | 'tcp_reset'
  // TLS
  | 'tls_reset'
  | 'tls_silent'
  | 'tls_name_mismatch'
  | 'tls_untrusted'
  | 'tls_expired'
  | 'tls_not_tls'
  | 'tls_old_version'
  // HTTP
  | 'http_silent'
  | 'http_proxy_page'
  | 'http_proxy_auth'
  | 'http_garbage'
  // Credentials
  | 'credentials_none'
  | 'credentials_expired'
  | 'credentials_invalid'
  | 'clock_skewed'
  // What AWS answers
  | 'denied'
  | 'not_found'
  | 'throttled'
  | 'kms_key'
  | 'aws_fault'
  | 'rejected'
  // 402 ServiceQuotaExceededException
  | 'quota_exceeded'
  // The repository draws from nowhere: no upstream and no external connection.
  | 'no_upstream'
  // The package index
  | 'index_unauthorized'
  | 'index_denied'
  | 'index_not_found'
  // Files
  | 'file_unreadable'
  | 'file_unparsable'
  | 'file_changed'
  | 'disk_full'
  | 'not_writable'
  | 'no_home'
  | 'locked'
  // What began before a Disconnect, or before another connection took its place.
  | 'superseded'
  // Ours
  | 'invalid_settings'
  | 'region_without_codeartifact'
  | 'endpoint_not_allowed'
  | 'cancelled'
  | 'not_finished';

/** A failure is data: thrown errors are for our own bugs and for abort. */
export interface Failure {
  readonly verdict: FailureVerdict;
  readonly cause: Cause;
  /** One plain sentence: what happened. Never a secret, never an advice. */
  readonly summary: string;
  /** Facts, under design.md's names where it has one. Never a secret. */
  readonly evidence: Readonly<Record<string, unknown>>;
}

/** What an operation came to. */
export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value });

export const failed = (
  verdict: FailureVerdict,
  cause: Cause,
  summary: string,
  evidence: Readonly<Record<string, unknown>> = {}
): { readonly ok: false; readonly failure: Failure } => ({
  ok: false,
  failure: { verdict, cause, summary, evidence }
});
