import type { Evidence } from '../../protocol/messages/evidence';
import { skewSecondsOf } from '../core/clock-skew';
import { deniedFailure } from './access-denied';
import { type ErrorShape, errorShape, text } from '../core/error-shape';
import { type Failure, failure } from '../core/failure';
import { failureFromNode, type NetworkPlace } from '../net/node-error';
import { DNS_CODES, isNetworkCode, PROXY_CODES, TLS_CODES } from '../net/error-codes';

/** Which call, where, and the wall time of this machine when the answer came, in ms since the epoch. */
export interface AwsCall {
  readonly operation: string;
  readonly host?: string;
  readonly nowMs?: number;
}

/** Names by which AWS refuses a signature because of its time. IAM guide, "Troubleshoot signature". */
const SIGNATURE = new Set([
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'SignatureDoesNotMatchException',
  'RequestExpired',
  'RequestTimeTooSkewed',
  'RequestTimeTooSkewedException',
  'RequestInTheFuture',
  'AuthFailure'
]);
const EXPIRED = new Set(['ExpiredTokenException', 'ExpiredToken', 'TokenRefreshRequired']);
const UNKNOWN_KEY = new Set([
  'UnrecognizedClientException',
  'UnrecognizedClient',
  'InvalidClientTokenId',
  'InvalidClientTokenIdException',
  'InvalidAccessKeyId',
  'IncompleteSignature',
  'IncompleteSignatureException'
]);
const DENIED = new Set([
  'AccessDeniedException',
  'AccessDenied',
  'UnauthorizedException',
  'UnauthorizedOperation'
]);
const THROTTLED = new Set([
  'ThrottlingException',
  'Throttling',
  'ThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'SlowDown'
]);

/** AWS's own texts are short; what a stranger sends is cut here before it is shown. */
const LONGEST_QUOTE = 300;

/** What AWS, or something in its place, answered to an SDK call. SDK errors are read by their shape only. */
export function failureFromAws(error: unknown, at: AwsCall): Failure {
  const shape = errorShape(error);
  const host = at.host ?? '';
  if (isNetwork(shape)) {
    return failureFromNode(error, { phase: phaseOf(shape), host });
  }
  const skew = skewSecondsOf(shape.dateMs, at.nowMs);
  const evidence: AnswerFacts = {
    operation: at.operation,
    ...(host === '' ? {} : { host }),
    ...(shape.status === undefined ? {} : { status: shape.status }),
    ...(shape.requestId === undefined ? {} : { requestId: shape.requestId }),
    ...(shape.name === '' ? {} : { error: shape.name }),
    ...(skew === undefined ? {} : { skewSeconds: skew })
  };
  const { name, status = 0 } = shape;
  if (status === 407) {
    return failure('http_proxy_auth', { ...evidence, host: host || 'AWS', status });
  }
  if (isPage(shape)) {
    return failure('http_proxy_page', { ...evidence, ...serverOf(shape), host: host || 'AWS', status });
  }
  if (name === 'SyntaxError' && status < 500) {
    return failure('http_garbage', evidence);
  }
  if (skew !== undefined && (SIGNATURE.has(name) || (EXPIRED.has(name) && skew < 0))) {
    return failure('clock_skewed', { ...evidence, skewSeconds: skew });
  }
  if (EXPIRED.has(name)) {
    return failure('credentials_expired', evidence);
  }
  if (SIGNATURE.has(name) || UNKNOWN_KEY.has(name)) {
    return failure('credentials_rejected', evidence);
  }
  if (name === 'MissingAuthenticationToken' || name === 'MissingAuthenticationTokenException') {
    return failure('credentials_not_sent', evidence);
  }
  if (DENIED.has(name)) {
    return deniedFailure(shape.message, evidence);
  }
  if (THROTTLED.has(name) || status === 429) {
    return failure('throttled', { ...evidence, ...waitOf(shape) });
  }
  return answered(shape, evidence) ?? local(shape, evidence);
}

const waitOf = ({ retryAfterSeconds: wait }: ErrorShape) =>
  wait === undefined ? {} : { retryAfterSeconds: wait };

/** What every answer carries. */
type AnswerFacts = Pick<Evidence, 'operation' | 'host' | 'status' | 'requestId' | 'error' | 'skewSeconds'>;

const serverOf = (shape: ErrorShape) => (shape.server === '' ? {} : { server: shape.server.slice(0, 80) });

/** Answers that the API's model has, other than refusals. */
function answered(shape: ErrorShape, facts: AnswerFacts): Failure | undefined {
  const { name, status = 0, fields } = shape;
  const quote = shape.message.slice(0, LONGEST_QUOTE);
  const message = quote === '' ? {} : { message: quote };
  const [reason, resourceType, resourceId] = [fields.reason, fields.resourceType, fields.resourceId].map(
    value => text(value).slice(0, LONGEST_QUOTE)
  );
  if (name === 'ResourceNotFoundException') {
    return failure('not_found', {
      ...facts,
      ...(resourceType && { resourceType }),
      ...(resourceId && { resourceId }),
      ...message
    });
  }
  if (name === 'ValidationException') {
    return reason === 'ENCRYPTION_KEY_ERROR'
      ? failure('kms_key', { ...facts, reason })
      : failure('value_rejected', { ...facts, ...message, ...(reason && { reason }) });
  }
  if (name === 'ServiceQuotaExceededException' || status === 402) {
    return failure('quota_exceeded', { ...facts, ...message });
  }
  if (status >= 500) {
    return failure('aws_fault', { ...facts, ...waitOf(shape), status });
  }
  if (status >= 400) {
    // Without AWS's request id it is somebody else who answers in AWS's name.
    if (shape.requestId === undefined && (name === '' || name === 'Unknown' || name === 'UnknownError')) {
      return failure('http_stranger', { ...facts, ...serverOf(shape), host: facts.host ?? 'AWS', status });
    }
    return failure('rejected', { ...facts, ...(quote || name ? { message: quote || name } : {}), status });
  }
  return undefined;
}

/** Failures before any request, and answers that are none. */
function local(shape: ErrorShape, facts: AnswerFacts): Failure {
  if (/region is missing/i.test(shape.message)) {
    return failure('invalid_settings', { ...facts, message: 'No AWS Region is set.' });
  }
  if (/Credentials|Token|SSO|Provider/.test(shape.name)) {
    return failure(/expired/i.test(shape.message) ? 'credentials_expired' : 'credentials_not_sent', facts);
  }
  return failure('http_garbage', facts);
}

/** HTML, a redirect or a page in place of JSON: CodeArtifact's API sends none of them. */
function isPage(shape: ErrorShape): boolean {
  const { status = 0 } = shape;
  return (
    (status >= 300 && status < 400) ||
    shape.contentType.startsWith('text/html') ||
    (shape.name === 'SyntaxError' && /token '?<|unexpected token </i.test(shape.message))
  );
}

/** The SDK gives TimeoutError without a code for a connect timeout, and with ECONNRESET for a reset. */
function isNetwork(shape: ErrorShape): boolean {
  if (shape.status !== undefined) {
    return false;
  }
  return (
    shape.errors.length > 0 ||
    isNetworkCode(shape.code) ||
    shape.name === 'TimeoutError' ||
    shape.name === 'AbortError' ||
    shape.code.startsWith('HPE_')
  );
}

function phaseOf(shape: ErrorShape): NetworkPlace['phase'] {
  const code = shape.code || errorShape(shape.errors[0]).code;
  if (shape.syscall === 'getaddrinfo' || Object.hasOwn(DNS_CODES, code)) {
    return 'dns';
  }
  if (Object.hasOwn(TLS_CODES, code) || code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_')) {
    return 'tls';
  }
  if (code === 'ECONNRESET' && /before secure TLS/i.test(shape.message)) {
    return 'tls';
  }
  if (Object.hasOwn(PROXY_CODES, code) || code.startsWith('HPE_')) {
    return 'http';
  }
  const connecting = shape.syscall === 'connect' || shape.errors.length > 0;
  return connecting || /establish a connection/i.test(shape.message) || code === 'ECONNREFUSED'
    ? 'tcp'
    : 'http';
}
