import {
  at,
  aws,
  BEARER,
  type Case,
  denied,
  index,
  PUBLIC,
  READ,
  REPOSITORY,
  row,
  silent,
  TOKEN
} from './case';

/** Rows 21 to 30 of the table of symptoms: what AWS, or something in its place, answers. */
export const AWS_SYMPTOMS: readonly Case[] = [
  row(
    '2b.21',
    denied(TOKEN, `because no VPC endpoint policy allows the ${TOKEN} action`),
    [
      'access_denied',
      'denied',
      /no VPC endpoint policy allows/,
      'network administrator',
      /codeartifact\.api[\s\S]*modify-vpc-endpoint[\s\S]*--policy-document/
    ],
    { rung: 'token' }
  ),
  row(
    '2b.21',
    denied(BEARER, 'with an explicit deny in a VPC endpoint policy', '*'),
    ['access_denied', 'denied', /VPC endpoint policy denies/, 'network administrator', /does not help/],
    { rung: 'token' }
  ),
  row(
    '2b.21',
    denied(READ, `because no VPC endpoint policy allows the ${READ} action`),
    [
      'access_denied',
      'denied',
      /read packages/,
      'network administrator',
      /codeartifact\.repositories[\s\S]*ReadFromRepository/
    ],
    { rung: 'index' }
  ),
  row(
    '2b.22',
    denied(TOKEN, `because no identity-based policy allows the ${TOKEN} action`),
    [
      'access_denied',
      'denied',
      /role SageMaker-DataScientist may not ask for a token/,
      'identity administrator',
      /put-role-policy[\s\S]*--role-name SageMaker-DataScientist/
    ],
    { rung: 'token' }
  ),
  row(
    '2b.22',
    denied(BEARER, `because no identity-based policy allows the ${BEARER} action`, '*'),
    [
      'access_denied',
      'denied',
      /receive a token/,
      'identity administrator',
      /sts:AWSServiceName[\s\S]*codeartifact\.amazonaws\.com/
    ],
    { rung: 'token' }
  ),
  row(
    '2b.23',
    aws({ name: 'ExpiredTokenException', status: 403 }),
    [
      'expired_credentials',
      'credentials_expired',
      /have expired/,
      'you',
      /aws sso login --profile analytics/
    ],
    { rung: 'token', profile: 'analytics' }
  ),
  row(
    '2b.23',
    aws({ name: 'UnrecognizedClientException', status: 403 }),
    [
      'expired_credentials',
      'credentials_invalid',
      /does not accept the credentials/,
      'platform team',
      /Stop and start/
    ],
    { rung: 'token' }
  ),
  row(
    '2b.24',
    aws({ name: 'InvalidSignatureException', status: 403, headers: { date: at(420) } }),
    ['clock_skew', 'clock_skewed', /7 min slow/, 'platform team', /chronyc/],
    { rung: 'token' }
  ),
  row(
    '2b.25',
    index(403),
    [
      'access_denied',
      'index_denied',
      /refuses to let this notebook read from repository isolatedsm/,
      'identity administrator',
      /put-repository-permissions-policy/
    ],
    { rung: 'index' }
  ),
  row(
    '2b.25',
    index(401),
    ['expired_credentials', 'index_unauthorized', /HTTP 401/, 'you', /jupyter codeartifact refresh/],
    { rung: 'index' }
  ),
  row(
    '2b.26',
    aws({
      name: 'ResourceNotFoundException',
      status: 404,
      fields: { resourceType: 'repository', resourceId: 'isolatedsn' }
    }),
    ['not_found', 'not_found', /repository isolatedsn was not found/, 'you', /list-repositories-in-domain/],
    { rung: 'endpoint' }
  ),
  row(
    '2b.27',
    aws({ name: 'ThrottlingException', status: 429, fields: { retryAfterSeconds: 12 } }),
    ['throttled', 'throttled', /asked us to wait/, 'platform team', /in 12 s/],
    { rung: 'token' }
  ),
  row(
    '2b.27',
    aws({ name: 'ThrottlingException', status: 400, headers: { 'retry-after': '3' } }),
    ['throttled', 'throttled', /asked us to wait/, 'platform team', /in 3 s/],
    { rung: 'token' }
  ),
  row(
    '2b.28',
    aws({ name: 'InternalServerException', status: 500 }),
    ['service_error', 'aws_fault', /AWS has a problem/, 'AWS', /Nothing to change/],
    { rung: 'token' }
  ),
  row(
    '2b.28',
    aws({ name: 'Unknown', status: 503 }),
    ['service_error', 'aws_fault', /HTTP 503/, 'AWS', /Health Dashboard/],
    { rung: 'token' }
  ),
  row(
    '2b.29',
    aws({ name: 'SyntaxError', status: 403, message: 'Unexpected token \'<\', "<html>" is not valid JSON' }),
    ['proxy', 'http_proxy_page', /proxy answered instead of.*HTTP 403/, 'platform team', /NO_PROXY/],
    { rung: 'http.api' }
  ),
  row(
    '2b.29',
    aws({ name: 'SyntaxError', status: 503, headers: { 'Content-Type': 'text/html' } }),
    ['proxy', 'http_proxy_page', /HTTP 503/, 'platform team', /\.amazonaws\.com/],
    { rung: 'http.api' }
  ),
  row(
    '2b.29',
    aws({ name: 'Unknown', status: 407 }),
    ['proxy', 'http_proxy_auth', /user name and password/, 'platform team', /NO_PROXY/],
    { rung: 'http.api' }
  ),
  row(
    '2b.30',
    silent({ phase: 'http', waitedMs: 5000, addressClass: 'private' }),
    ['timeout', 'http_silent', /does not answer in 5 s/, 'network administrator', /checking again/],
    { rung: 'http.api' }
  )
];

/** facts/aws.md 4.3, where it is not a row of the table above. */
export const MISSING_PIECES: readonly Case[] = [
  row(
    '4.3 repositories endpoint',
    silent({ ...PUBLIC, host: REPOSITORY }),
    [
      'timeout',
      'tcp_silent',
      /analytics-111122223333/,
      'network administrator',
      /codeartifact\.api endpoint answers[\s\S]*codeartifact\.repositories/
    ],
    { rung: 'tcp.repository' }
  ),
  row('4.3 private DNS off', silent(PUBLIC), [
    'timeout',
    'tcp_silent',
    /private DNS is off/,
    'network administrator',
    /modify-vpc-endpoint[\s\S]*--private-dns-enabled/
  ]),
  row(
    '4.3 owner omitted',
    aws({
      name: 'ResourceNotFoundException',
      status: 404,
      fields: { resourceType: 'domain', resourceId: 'analytics' }
    }),
    ['not_found', 'not_found', /domain analytics was not found/, 'you', /need not be your own/],
    { rung: 'token' }
  ),
  row(
    '4.3 KMS key',
    aws({ name: 'ValidationException', status: 400, fields: { reason: 'ENCRYPTION_KEY_ERROR' } }),
    ['service_error', 'kms_key', /KMS key/, 'identity administrator', /describe-key[\s\S]*enable-key/],
    { rung: 'token' }
  ),
  row(
    '4.3 KMS grant',
    denied(
      'kms:Decrypt',
      'because no resource-based policy allows the kms:Decrypt action',
      'arn:aws:kms:eu-central-1:111122223333:key/k'
    ),
    ['access_denied', 'denied', /kms:Decrypt/, 'identity administrator', /kms:ViaService/],
    { rung: 'token' }
  ),
  row(
    '4.3 repository policy',
    denied(READ, `because no resource-based policy allows the ${READ} action`),
    [
      'access_denied',
      'denied',
      /resource-based/,
      'identity administrator',
      /put-repository-permissions-policy/
    ],
    { rung: 'index' }
  ),
  row(
    '4.3 domain policy',
    denied(TOKEN, `because no resource-based policy allows the ${TOKEN} action`),
    ['access_denied', 'denied', /resource-based/, 'identity administrator', /put-domain-permissions-policy/],
    { rung: 'token' }
  ),
  row(
    '4.3 data plane 404',
    index(404),
    ['not_found', 'index_not_found', /or the token may not see it/, 'you', /list-repositories-in-domain/],
    { rung: 'index' }
  ),
  row(
    '4.3 data plane proxy',
    index(403, '<html><body>blocked</body></html>', 'text/html'),
    ['proxy', 'http_proxy_page', /proxy answered/, 'platform team', /NO_PROXY/],
    { rung: 'index' }
  ),
  row(
    '4.3 SCP',
    denied(
      TOKEN,
      'with an explicit deny in a service control policy: arn:aws:organizations::987654321098:policy/o-qv5af4abcd/service_control_policy/p-2kgnabcd'
    ),
    [
      'access_denied',
      'denied',
      /service control policy denies/,
      'organization administrator',
      /--policy-id p-2kgnabcd/
    ],
    { rung: 'token' }
  ),
  row(
    '4.3 no context',
    denied(TOKEN, ''),
    [
      'access_denied',
      'denied',
      /does not say which policy/,
      'identity administrator',
      /Look in this order: 1\./
    ],
    { rung: 'token' }
  )
];
