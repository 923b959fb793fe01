import { clockFailure, skewSecondsOf } from '../core/clock-skew';
import { deniedFailure } from './access-denied';
import { type ErrorShape, errorShape } from '../core/error-shape';
import type { Cause, Failure } from '../core/failure';
import type { FailureVerdict } from '../../protocol/verdict';
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
  const evidence = (more: Readonly<Record<string, unknown>> = {}) => ({
    operation: at.operation,
    ...(host === '' ? {} : { host }),
    ...(shape.status === undefined ? {} : { status: shape.status }),
    ...(shape.requestId === undefined ? {} : { requestId: shape.requestId }),
    ...(shape.name === '' ? {} : { error: shape.name }),
    ...(skew === undefined ? {} : { skewSeconds: skew }),
    ...more
  });
  const say = (
    verdict: FailureVerdict,
    cause: Cause,
    summary: string,
    more?: Readonly<Record<string, unknown>>
  ) => ({
    verdict,
    cause,
    summary,
    evidence: evidence(more)
  });
  const { name, status = 0 } = shape;
  const who = host === '' ? 'AWS' : host;
  if (status === 407) {
    return say(
      'proxy',
      'http_proxy_auth',
      `A proxy on the way to ${who} asks for a user name and password (HTTP 407).`
    );
  }
  if (isPage(shape)) {
    return say('proxy', 'http_proxy_page', pageSentence(who, status, shape.server), serverOf(shape));
  }
  if (name === 'SyntaxError') {
    return say(
      'service_error',
      'http_garbage',
      `${who} answered, but not in the form of AWS's API${coded(status)}.`
    );
  }
  if (skew !== undefined && (SIGNATURE.has(name) || (EXPIRED.has(name) && skew < 0))) {
    return clockFailure(skew, evidence());
  }
  if (EXPIRED.has(name)) {
    return say('expired_credentials', 'credentials_expired', 'The AWS credentials have expired.');
  }
  if (SIGNATURE.has(name) || UNKNOWN_KEY.has(name)) {
    return say(
      'expired_credentials',
      'credentials_invalid',
      'AWS does not accept the credentials: the key or its signature is not valid.'
    );
  }
  if (name === 'MissingAuthenticationToken' || name === 'MissingAuthenticationTokenException') {
    return say('no_credentials', 'credentials_none', 'The request reached AWS without credentials.');
  }
  if (DENIED.has(name)) {
    return deniedFailure(shape.message, evidence());
  }
  if (THROTTLED.has(name) || status === 429) {
    const wait = shape.retryAfterSeconds;
    return say(
      'throttled',
      'throttled',
      'AWS asked us to wait: too many calls at once.',
      wait === undefined ? {} : { retryAfterSeconds: wait }
    );
  }
  return answered(shape, say, who) ?? local(shape, say);
}

type Say = (
  verdict: FailureVerdict,
  cause: Cause,
  summary: string,
  more?: Readonly<Record<string, unknown>>
) => Failure;

const coded = (status: number): string => (status === 0 ? '' : ` (HTTP ${status})`);

const serverOf = (shape: ErrorShape) => (shape.server === '' ? {} : { server: shape.server.slice(0, 80) });

const pageSentence = (who: string, status: number, server: string): string =>
  `A proxy answered instead of ${who}: it sent a web page${coded(status)}${server === '' ? '' : `, signed "${server.slice(0, 80)}"`}.`;

/** Answers that the API's model has, other than refusals. */
function answered(shape: ErrorShape, say: Say, who: string): Failure | undefined {
  const { name, status = 0, fields } = shape;
  const quote = shape.message.slice(0, LONGEST_QUOTE);
  if (name === 'ResourceNotFoundException') {
    const type = typeof fields.resourceType === 'string' ? fields.resourceType : '';
    const id = typeof fields.resourceId === 'string' ? fields.resourceId : '';
    const what = type === '' ? 'What was asked for' : `The ${type}${id === '' ? '' : ` ${id}`}`;
    return say('not_found', 'not_found', `${what} was not found.`, {
      ...(type === '' ? {} : { resourceType: type }),
      ...(id === '' ? {} : { resourceId: id }),
      message: quote
    });
  }
  if (name === 'ValidationException') {
    if (fields.reason === 'ENCRYPTION_KEY_ERROR') {
      const summary =
        "The domain's KMS key cannot be used: it is disabled, gone, or does not let CodeArtifact in.";
      return say('service_error', 'kms_key', summary, { reason: fields.reason });
    }
    const reason = typeof fields.reason === 'string' ? { reason: fields.reason } : {};
    return say(
      'invalid_settings',
      'rejected',
      `AWS rejects the request: ${quote || 'a value is not valid'}`,
      reason
    );
  }
  if (name === 'ServiceQuotaExceededException' || status === 402) {
    return say(
      'service_error',
      'quota_exceeded',
      `A service quota of CodeArtifact is used up${quote === '' ? '.' : `: ${quote}`}`
    );
  }
  if (status >= 500) {
    return say('service_error', 'aws_fault', `AWS has a problem: ${who} answered with HTTP ${status}.`);
  }
  if (status >= 400) {
    // Without AWS's request id it is somebody else who answers in AWS's name.
    if (shape.requestId === undefined && (name === '' || name === 'Unknown' || name === 'UnknownError')) {
      return say(
        'proxy',
        'http_proxy_page',
        `Something other than AWS answered in place of ${who}${coded(status)}.`,
        serverOf(shape)
      );
    }
    return say('service_error', 'rejected', `AWS rejects the request${coded(status)}: ${quote || name}`);
  }
  return undefined;
}

/** Failures before any request, and answers that are none. */
function local(shape: ErrorShape, say: Say): Failure {
  if (/region is missing/i.test(shape.message)) {
    return say('invalid_settings', 'invalid_settings', 'No AWS Region is set.');
  }
  if (/Credentials|Token|SSO|Provider/.test(shape.name)) {
    return /expired/i.test(shape.message)
      ? say(
          'expired_credentials',
          'credentials_expired',
          'The AWS credentials, or the sign-in behind them, have expired.'
        )
      : say('no_credentials', 'credentials_none', 'No AWS credentials were found.');
  }
  return say('service_error', 'http_garbage', "The answer is not in the form of AWS's API.");
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
