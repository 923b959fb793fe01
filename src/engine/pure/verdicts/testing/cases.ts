import type { FailureVerdict } from '../../../../protocol/verdict';
import type { Fixer } from '../../../../protocol/fix';
import type { Cause, Failure } from '../failure';
import type { FixFacts } from '../fix-facts';
import { failureFromAws } from '../from-aws';
import { failureFromIndex } from '../from-index';
import { failureFromNode, type NetworkPlace } from '../from-node';
import { ACTIONS, PRINCIPALS } from './denial-texts';
import { FACTS } from './fix-samples';

/**
 * One broken hop: what is seen, and what must be said. `row` names the row of the table of 32 symptoms
 * ("2b.6") or of the table of missing pieces ("4.3 no api endpoint") that the case is of.
 */
export interface Case {
  readonly row: string;
  readonly failure: Failure;
  readonly facts: Partial<FixFacts>;
  readonly verdict: FailureVerdict;
  readonly cause: Cause;
  /** Words that the summary must have. */
  readonly says: RegExp;
  readonly who: Fixer;
  /** Words that the fix (text and snippets) must have. */
  readonly fix: RegExp;
}

const API = FACTS.apiHost;
const REPOSITORY = FACTS.repositoryHost;

const node = (code: string, at: Partial<NetworkPlace>, more: object = {}): Failure =>
  failureFromNode(Object.assign(new Error(code || 'silent'), code === '' ? {} : { code }, more), {
    phase: 'tcp',
    host: API,
    port: 443,
    ...at
  });

const dns = (code: string): Failure => node(code, { phase: 'dns', waitedMs: 1800 });

/** A cap ended it: Node's own timers and ours have no code. */
const silent = (at: Partial<NetworkPlace>): Failure =>
  failureFromNode(Object.assign(new Error('timed out'), { name: 'TimeoutError' }), {
    phase: 'tcp',
    host: API,
    port: 443,
    waitedMs: 3300,
    ...at
  });

const NOW = Date.UTC(2026, 10, 23, 14, 0, 0);
const CALL = { operation: 'GetAuthorizationToken', host: API, nowMs: NOW };

const at = (offsetSeconds: number): string => new Date(NOW + offsetSeconds * 1000).toUTCString();

interface Answer {
  readonly name: string;
  readonly status: number;
  readonly message?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly fields?: object;
}

/** An error as the AWS SDK throws it. */
export const sdkError = ({ name, status, message = '', headers = {}, fields = {} }: Answer): Error =>
  Object.assign(new Error(message), {
    name,
    $fault: status < 500 ? 'client' : 'server',
    $metadata: {
      httpStatusCode: status,
      requestId: name === 'SyntaxError' ? undefined : 'b0c1',
      attempts: 1
    },
    $response: { statusCode: status, headers: { date: at(0), ...headers } },
    ...fields
  });

const aws = (answer: Answer): Failure => failureFromAws(sdkError(answer), CALL);

const denied = (
  action: string,
  context: string,
  resource = `${'arn:aws:codeartifact:eu-central-1:111122223333:domain/analytics'}`
): Failure =>
  aws({
    name: 'AccessDeniedException',
    status: 403,
    message: `User: ${PRINCIPALS[0]} is not authorized to perform: ${action} on resource: ${resource} ${context}`
  });

const index = (status: number, body = '', contentType = 'application/json'): Failure =>
  failureFromIndex({ status, body, contentType }, { host: REPOSITORY, repository: 'isolatedsm' }) ?? {
    verdict: 'cancelled',
    cause: 'cancelled',
    summary: 'the index works',
    evidence: {}
  };

const [TOKEN, BEARER, , READ] = ACTIONS;
const PUBLIC = {
  addressClass: 'public',
  addresses: [{ address: '54.239.55.167', error: 'ETIMEDOUT' }]
} as const;
const PRIVATE = {
  addressClass: 'private',
  addresses: [
    { address: '10.0.1.41', error: 'ETIMEDOUT' },
    { address: '10.0.2.87', error: 'ETIMEDOUT' }
  ]
} as const;

const row = (
  name: string,
  failure: Failure,
  expected: readonly [FailureVerdict, Cause, RegExp, Fixer, RegExp],
  facts: Partial<FixFacts> = {}
): Case => {
  const [verdict, cause, says, who, fix] = expected;
  return { row: name, failure, facts, verdict, cause, says, who, fix };
};

/** facts/diagnosis.md 2b. Rows 7, 9, 31 and 32 are no failures: advice.spec.ts has them. */
export const SYMPTOMS: readonly Case[] = [
  row(
    '2b.1',
    dns('ENOTFOUND'),
    ['dns', 'dns_not_found', /does not exist/, 'network administrator', /forward/],
    { rung: 'dns.api' }
  ),
  row(
    '2b.1',
    node('ENOTFOUND', { phase: 'dns', host: REPOSITORY }),
    ['dns', 'dns_not_found', /does not exist/, 'you', /owner \(111122223333\)/],
    { rung: 'dns.repository' }
  ),
  row(
    '2b.2',
    dns('ENODATA'),
    ['dns', 'dns_no_data', /no address/, 'network administrator', /--ip-address-type ipv4/],
    { rung: 'dns.api' }
  ),
  row(
    '2b.3',
    dns('ESERVFAIL'),
    [
      'dns',
      'dns_refused',
      /ESERVFAIL/,
      'network administrator',
      /DNS Firewall[\s\S]*update-firewall-domains/
    ],
    { rung: 'dns.api' }
  ),
  row('2b.3', dns('EREFUSED'), ['dns', 'dns_refused', /EREFUSED/, 'network administrator', /DNS Firewall/], {
    rung: 'dns.api'
  }),
  row(
    '2b.4',
    dns('ETIMEOUT'),
    ['dns', 'dns_silent', /1.8 s/, 'network administrator', /--enable-dns-support/],
    { rung: 'dns.api' }
  ),
  row(
    '2b.4',
    dns('ECANCELLED'),
    ['dns', 'dns_silent', /did not answer/, 'network administrator', /--port 53/],
    { rung: 'dns.api' }
  ),
  row(
    '2b.4',
    dns('EAI_AGAIN'),
    ['dns', 'dns_unclear', /EAI_AGAIN/, 'network administrator', /Look in this order/],
    { rung: 'dns.api' }
  ),
  row(
    '2b.5',
    dns('ECONNREFUSED'),
    ['dns', 'dns_server_unreachable', /cannot be reached/, 'platform team', /resolv\.conf/],
    { rung: 'dns.api' }
  ),
  row('2b.6', silent(PUBLIC), [
    'timeout',
    'tcp_silent',
    /public address 54\.239\.55\.167.*3\.3 s.*missing.*private DNS is off/,
    'network administrator',
    /create-vpc-endpoint[\s\S]*--private-dns-enabled/
  ]),
  row('2b.8', silent(PRIVATE), [
    'timeout',
    'tcp_silent',
    /private address 10\.0\.1\.41 and 1 more.*security group/,
    'network administrator',
    /--protocol tcp[\s\S]*--port 443[\s\S]*--source-group/
  ]),
  row('2b.8', node('ETIMEDOUT', { ...PRIVATE, waitedMs: 134_100 }), [
    'timeout',
    'tcp_silent',
    /134\.1 s/,
    'network administrator',
    /authorize-security-group-ingress/
  ]),
  row('2b.10', node('ECONNREFUSED', {}), [
    'refused',
    'tcp_refused',
    /refused the connection/,
    'network administrator',
    /\/etc\/hosts[\s\S]*list-hosted-zones-by-vpc/
  ]),
  row('2b.11', node('ENETUNREACH', {}), ['refused', 'tcp_no_route', /no route/, 'platform team', /ip route/]),
  row('2b.11', node('EHOSTUNREACH', {}), [
    'refused',
    'tcp_no_route',
    /no route/,
    'platform team',
    /ip route/
  ]),
  row('2b.12', node('EACCES', {}), [
    'refused',
    'tcp_forbidden_here',
    /itself forbids/,
    'platform team',
    /prohibit/
  ]),
  row('2b.12', node('EINVAL', {}), [
    'refused',
    'tcp_forbidden_here',
    /itself forbids/,
    'platform team',
    /blackhole/
  ]),
  row('2b.13', node('ECONNRESET', {}, { syscall: 'connect' }), [
    'refused',
    'tcp_reset',
    /was cut/,
    'network administrator',
    /firewall/
  ]),
  row(
    '2b.14',
    node('ECONNRESET', { phase: 'tls' }, { syscall: 'read' }),
    ['tls', 'tls_reset', /when TLS began/, 'network administrator', /tls\.sni/],
    { rung: 'tls.api' }
  ),
  row(
    '2b.15',
    silent({ phase: 'tls', waitedMs: 2000, addressClass: 'private' }),
    ['timeout', 'tls_silent', /accepts the connection.*2 s/, 'network administrator', /mtu 1500/],
    { rung: 'tls.api' }
  ),
  row(
    '2b.16',
    node(
      'ERR_TLS_CERT_ALTNAME_INVALID',
      { phase: 'tls' },
      {
        reason: `Host: ${API}. is not in the cert's altnames: DNS:*.d.codeartifact.eu-central-1.amazonaws.com`
      }
    ),
    [
      'tls',
      'tls_name_mismatch',
      /but for \*\.d\.codeartifact/,
      'network administrator',
      /private hosted zones/
    ],
    { rung: 'tls.api' }
  ),
  row(
    '2b.17',
    node('SELF_SIGNED_CERT_IN_CHAIN', { phase: 'tls', issuer: 'O=Example Proxy' }),
    [
      'tls',
      'tls_untrusted',
      /issued by O=Example Proxy/,
      'platform team',
      /AWS_CA_BUNDLE[\s\S]*global\.cert|global\.cert[\s\S]*AWS_CA_BUNDLE/
    ],
    { rung: 'tls.api' }
  ),
  row(
    '2b.17',
    node('UNABLE_TO_VERIFY_LEAF_SIGNATURE', { phase: 'tls' }),
    ['tls', 'tls_untrusted', /does not trust/, 'platform team', /\*\.amazonaws\.com/],
    { rung: 'tls.api' }
  ),
  row(
    '2b.17',
    node('DEPTH_ZERO_SELF_SIGNED_CERT', { phase: 'tls' }),
    ['tls', 'tls_untrusted', /does not trust/, 'platform team', /CA_FILE/],
    { rung: 'tls.api' }
  ),
  row(
    '2b.18',
    node('CERT_HAS_EXPIRED', { phase: 'tls' }),
    ['tls', 'tls_expired', /clock/, 'platform team', /169\.254\.169\.123/],
    { rung: 'tls.api' }
  ),
  row(
    '2b.18',
    node('CERT_NOT_YET_VALID', { phase: 'tls' }),
    ['tls', 'tls_expired', /clock/, 'platform team', /chronyc makestep/],
    { rung: 'tls.api' }
  ),
  row(
    '2b.19',
    node('ERR_SSL_WRONG_VERSION_NUMBER', { phase: 'tls' }),
    ['tls', 'tls_not_tls', /does not speak TLS/, 'network administrator', /openssl s_client/],
    { rung: 'tls.api' }
  ),
  row(
    '2b.20',
    node('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', { phase: 'tls' }),
    ['tls', 'tls_old_version', /no longer accepted/, 'network administrator', /TLS 1\.2/],
    { rung: 'tls.api' }
  ),
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
