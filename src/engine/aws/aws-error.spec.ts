import fc from 'fast-check';
import { VERDICTS } from '../../protocol/verdict';
import { failureFromAws } from './aws-error';
import { sdkError } from '../../../testing/fixtures/diagnosis/failure-case';

const NOW = Date.UTC(2026, 10, 23, 14, 0, 0);
const CALL = {
  operation: 'GetAuthorizationToken',
  host: 'codeartifact.eu-central-1.amazonaws.com',
  nowMs: NOW
};
const date = (offsetSeconds: number) => ({ date: new Date(NOW + offsetSeconds * 1000).toUTCString() });
const DENIED =
  'User: arn:aws:iam::111122223333:user/ana is not authorized to perform: codeartifact:GetAuthorizationToken because no identity-based policy allows the codeartifact:GetAuthorizationToken action';

/** The SDK's shapes, facts/aws.md section 7: what it throws, and what that is. */
const SHAPES: readonly (readonly [string, unknown, string, string])[] = [
  [
    'connect timeout: no code',
    Object.assign(
      new Error(
        'Socket did not establish a connection with the server within the configured timeout of 2500 ms.'
      ),
      { name: 'TimeoutError' }
    ),
    'timeout',
    'tcp_silent'
  ],
  [
    'request timeout',
    Object.assign(new Error('timed out'), { name: 'TimeoutError', code: 'ETIMEDOUT' }),
    'timeout',
    'http_silent'
  ],
  [
    'a reset that is named TimeoutError',
    Object.assign(new Error('read ECONNRESET'), {
      name: 'TimeoutError',
      code: 'ECONNRESET',
      syscall: 'read'
    }),
    'refused',
    'tcp_reset'
  ],
  [
    'a reset before TLS',
    Object.assign(
      new Error('Client network socket disconnected before secure TLS connection was established'),
      { name: 'TimeoutError', code: 'ECONNRESET' }
    ),
    'tls',
    'tls_reset'
  ],
  [
    'refused',
    Object.assign(new Error('connect ECONNREFUSED 10.0.1.41:443'), {
      code: 'ECONNREFUSED',
      syscall: 'connect',
      $metadata: { attempts: 3 }
    }),
    'refused',
    'tcp_refused'
  ],
  [
    'all addresses refused',
    Object.assign(
      new AggregateError(
        [
          Object.assign(new Error('a'), { code: 'ECONNREFUSED', address: '10.0.1.41' }),
          Object.assign(new Error('b'), { code: 'ECONNREFUSED', address: '10.0.2.87' })
        ],
        ''
      ),
      { code: 'ECONNREFUSED' }
    ),
    'refused',
    'tcp_refused'
  ],
  [
    'no such name',
    Object.assign(new Error('getaddrinfo ENOTFOUND x'), {
      code: 'ENOTFOUND',
      syscall: 'getaddrinfo',
      hostname: 'x'
    }),
    'dns',
    'dns_not_found'
  ],
  [
    'resolver without an answer',
    Object.assign(new Error('getaddrinfo EAI_AGAIN x'), { code: 'EAI_AGAIN', syscall: 'getaddrinfo' }),
    'dns',
    'dns_unclear'
  ],
  [
    'unknown issuer',
    Object.assign(new Error('self-signed certificate in certificate chain'), {
      code: 'SELF_SIGNED_CERT_IN_CHAIN'
    }),
    'tls',
    'tls_untrusted'
  ],
  [
    'a tunnel refused by a proxy',
    Object.assign(new Error('x'), { code: 'ERR_PROXY_TUNNEL' }),
    'proxy',
    'proxy_no_tunnel'
  ],
  [
    'cancelled',
    Object.assign(new Error('Request aborted'), { name: 'AbortError' }),
    'cancelled',
    'cancelled'
  ],
  [
    'no credentials',
    Object.assign(new Error('Could not load credentials from any providers'), {
      name: 'CredentialsProviderError'
    }),
    'no_credentials',
    'credentials_not_sent'
  ],
  [
    'a sign-in that has ended',
    Object.assign(new Error('The SSO session associated with this profile has expired.'), {
      name: 'CredentialsProviderError'
    }),
    'expired_credentials',
    'credentials_expired'
  ],
  ['no Region', new Error('Region is missing'), 'invalid_settings', 'invalid_settings'],
  [
    'JSON that is none',
    sdkError({ name: 'SyntaxError', status: 200, message: 'Unexpected end of JSON input' }),
    'service_error',
    'http_garbage'
  ],
  [
    'HTML with 200',
    sdkError({ name: 'SyntaxError', status: 200, message: 'Unexpected token < in JSON at position 0' }),
    'proxy',
    'http_proxy_page'
  ],
  [
    'HTML with 403, even by the name of a denial',
    sdkError({
      name: 'AccessDeniedException',
      status: 403,
      headers: { 'content-type': 'text/html; charset=utf-8' }
    }),
    'proxy',
    'http_proxy_page'
  ],
  ['a redirect to a sign-in page', sdkError({ name: 'Unknown', status: 302 }), 'proxy', 'http_proxy_page'],
  ['a 407', sdkError({ name: 'Unknown', status: 407 }), 'proxy', 'http_proxy_auth'],
  [
    'an empty 500',
    sdkError({ name: 'Unknown', status: 500, message: 'UnknownError' }),
    'service_error',
    'aws_fault'
  ],
  [
    '402',
    sdkError({ name: 'ServiceQuotaExceededException', status: 402 }),
    'service_error',
    'quota_exceeded'
  ],
  [
    'a value out of range',
    sdkError({
      name: 'ValidationException',
      status: 400,
      message: 'durationSeconds',
      fields: { reason: 'FIELD_VALIDATION_FAILED' }
    }),
    'invalid_settings',
    'value_rejected'
  ],
  [
    'an expired token',
    sdkError({ name: 'ExpiredTokenException', status: 400 }),
    'expired_credentials',
    'credentials_expired'
  ],
  [
    'no signature',
    sdkError({ name: 'MissingAuthenticationTokenException', status: 403 }),
    'no_credentials',
    'credentials_not_sent'
  ],
  [
    'a wrong secret',
    sdkError({ name: 'SignatureDoesNotMatch', status: 403, headers: date(0) }),
    'expired_credentials',
    'credentials_rejected'
  ],
  [
    'a denial',
    sdkError({ name: 'AccessDeniedException', status: 403, message: DENIED }),
    'access_denied',
    'denied'
  ],
  ['nothing at all', undefined, 'service_error', 'http_garbage']
];

describe('failureFromAws', () => {
  it.each(SHAPES)('%s', (_, error, verdict, cause) => {
    expect(failureFromAws(error, CALL)).toMatchObject({ verdict, cause });
  });

  it.each([
    ['300 s behind', 300, 'clock_skew', -300],
    ['300 s ahead', -300, 'clock_skew', 300],
    ['200 s behind: within what AWS accepts', 200, 'expired_credentials', undefined]
  ])('proves skew by the Date header alone: %s', (_, offset, verdict, skewSeconds) => {
    const failure = failureFromAws(
      sdkError({
        name: 'InvalidSignatureException',
        status: 403,
        message: 'Signature expired: 20261123T1355 is now earlier than',
        headers: date(offset)
      }),
      CALL
    );
    expect(failure.verdict).toBe(verdict);
    expect(failure.evidence.skewSeconds).toBe(skewSeconds);
  });

  it('blames a slow clock for credentials that it took for fresh, and never a fast one', () => {
    const expired = (offset: number) =>
      failureFromAws(sdkError({ name: 'ExpiredTokenException', status: 403, headers: date(offset) }), CALL);
    expect(expired(7200)).toMatchObject({ verdict: 'clock_skew', evidence: { skewSeconds: -7200 } });
    expect(expired(-7200)).toMatchObject({ verdict: 'expired_credentials', cause: 'credentials_expired' });
  });

  it('keeps a denial a denial under a wrong clock, and notes the clock', () => {
    const failure = failureFromAws(
      sdkError({ name: 'AccessDeniedException', status: 403, message: DENIED, headers: date(600) }),
      CALL
    );
    expect(failure).toMatchObject({
      verdict: 'access_denied',
      evidence: { policyType: 'identity', skewSeconds: -600 }
    });
  });

  it('carries what an administrator asks for: call, host, status, request id', () => {
    const { evidence } = failureFromAws(
      sdkError({ name: 'AccessDeniedException', status: 403, message: DENIED }),
      CALL
    );
    expect(evidence).toMatchObject({
      operation: 'GetAuthorizationToken',
      host: CALL.host,
      status: 403,
      requestId: 'b0c1'
    });
  });

  it.each([
    ["Value 'x' at 'domain' is not valid", /^AWS rejects the request: .*'domain'/],
    ['', /^AWS rejects the request: a value is not valid/]
  ])('quotes what AWS rejects: %j', (message, said) => {
    const error = sdkError({ name: 'ValidationException', status: 400, message });
    expect(failureFromAws(error, CALL).summary).toMatch(said);
  });

  it('answers with a verdict whatever is thrown', () => {
    const wild = fc.oneof(
      fc.anything(),
      fc.record(
        {
          name: fc.string(),
          message: fc.string(),
          code: fc.anything(),
          $metadata: fc.anything(),
          $response: fc.anything(),
          errors: fc.anything()
        },
        { requiredKeys: [] }
      )
    );
    fc.assert(
      fc.property(wild, error => {
        const failure = failureFromAws(error, CALL);
        return VERDICTS.includes(failure.verdict) && failure.summary.length > 0;
      }),
      { numRuns: 2000, seed: 4 }
    );
    const trap = {
      get name(): string {
        throw new Error('trap');
      }
    };
    expect(failureFromAws(trap, CALL).summary).not.toBe('');
  });
});
