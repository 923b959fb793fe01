import type { Fault, TlsMode } from '../../../../emulator/world/world';
import type { RungId } from '../../../../protocol/rung';
import type { Verdict } from '../../../../protocol/verdict';
import type { Break, Symptom } from './break';

/** Nothing is waited for. All that is allowed for is a busy machine; the shortest cap, which would be a wait, is longer. */
const AT_ONCE = 1900;
/** The caps (limits.ts), and half a second for a busy machine; none is over the 3.5 s that are promised. */
const DNS = 2500;
const TCP = 3500;
const TLS = 2500;
const HTTP = 3500;

const symptom = (
  row: number,
  name: string,
  broken: Break,
  [verdict, root, who, fix]: readonly [Verdict, RungId | null, string, RegExp],
  evidence: object = {},
  within = AT_ONCE
): Symptom => ({ row, name, broken, verdict, root, evidence, fix, who, within });

const fault = (port: 'api' | 'index', one: Fault, tls = false): Break => ({
  at: 'emulator',
  tls,
  patch: { faults: { [port]: one } }
});
const certificate = (port: 'api' | 'index', mode: TlsMode): Break => ({
  at: 'emulator',
  tls: true,
  patch: { tls: { [port]: mode } }
});
const scenario = (name: string): Break => ({ at: 'emulator', scenario: name });

const NETWORK = 'network administrator';
const IDENTITY = 'identity administrator';
const PLATFORM = 'platform team';

/** Each is made for real on loopback; `rows.ts` says where the rest of the 32 rows are. */
export const SYMPTOMS: readonly Symptom[] = [
  symptom(
    1,
    'the name does not exist',
    { at: 'resolver', dns: 'nxdomain' },
    ['dns', 'dns.api', NETWORK, /codeartifact/],
    { code: 'ENOTFOUND' }
  ),
  symptom(2, 'the name has no address', { at: 'resolver', dns: 'nodata' }, ['dns', 'dns.api', NETWORK, /./], {
    code: 'ENODATA'
  }),
  symptom(3, 'the resolver fails', { at: 'resolver', dns: 'servfail' }, ['dns', 'dns.api', NETWORK, /./], {
    code: 'ESERVFAIL'
  }),
  symptom(3, 'the resolver refuses', { at: 'resolver', dns: 'refused' }, ['dns', 'dns.api', NETWORK, /./], {
    code: 'EREFUSED'
  }),
  symptom(
    4,
    'the resolver is silent',
    { at: 'resolver', dns: 'silent' },
    ['dns', 'dns.api', NETWORK, /enable-dns-support/],
    {},
    DNS
  ),
  symptom(
    5,
    'the resolver is not there',
    { at: 'resolver', dns: 'gone' },
    ['dns', 'dns.api', PLATFORM, /resolv\.conf/],
    { code: 'ECONNREFUSED' }
  ),
  symptom(
    6,
    'no answer on the API port',
    fault('api', { kind: 'black_hole' }),
    ['timeout', 'tcp.api', PLATFORM, /./],
    { addressClass: 'loopback', addresses: ['127.0.0.1'] },
    TCP
  ),
  symptom(
    8,
    'no answer on the repository port',
    fault('index', { kind: 'black_hole' }),
    ['timeout', 'tcp.repository', PLATFORM, /./],
    { addressClass: 'loopback' },
    TCP
  ),
  symptom(
    10,
    'the API port is closed',
    fault('api', { kind: 'refused' }),
    ['refused', 'tcp.api', NETWORK, /hosts/],
    { code: 'ECONNREFUSED' }
  ),
  symptom(
    10,
    'the repository port is closed',
    fault('index', { kind: 'refused' }),
    ['refused', 'tcp.repository', NETWORK, /hosts/],
    { code: 'ECONNREFUSED' }
  ),
  symptom(
    11,
    'no route',
    { at: 'addresses', addresses: ['255.255.255.255'] },
    ['refused', 'tcp.api', PLATFORM, /route/],
    { code: 'ENETUNREACH' }
  ),
  symptom(14, 'cut when TLS begins, API', fault('api', { kind: 'handshake_reset' }, true), [
    'tls',
    'tls.api',
    NETWORK,
    /./
  ]),
  symptom(14, 'cut when TLS begins, repository', fault('index', { kind: 'handshake_reset' }, true), [
    'tls',
    'tls.repository',
    NETWORK,
    /./
  ]),
  symptom(
    15,
    'TLS is silent, API',
    fault('api', { kind: 'handshake_silent' }, true),
    ['timeout', 'tls.api', NETWORK, /1500|MTU/i],
    {},
    TLS
  ),
  symptom(
    15,
    'TLS is silent, repository',
    fault('index', { kind: 'handshake_silent' }, true),
    ['timeout', 'tls.repository', NETWORK, /1500|MTU/i],
    {},
    TLS
  ),
  symptom(
    16,
    'certificate for another name, API',
    certificate('api', 'wrong_name'),
    ['tls', 'tls.api', NETWORK, /./],
    { certificateNames: expect.stringContaining('portal.corp.example') }
  ),
  symptom(
    16,
    'certificate for another name, repository',
    certificate('index', 'wrong_name'),
    ['tls', 'tls.repository', NETWORK, /./],
    { certificateNames: expect.stringContaining('portal.corp.example') }
  ),
  symptom(
    17,
    'a proxy opens TLS, API',
    certificate('api', 'unknown_issuer'),
    ['tls', 'tls.api', PLATFORM, /AWS_CA_BUNDLE/],
    { issuer: 'Corporate Inspection CA' }
  ),
  symptom(
    17,
    'a proxy opens TLS, repository',
    certificate('index', 'unknown_issuer'),
    ['tls', 'tls.repository', PLATFORM, /PIP_CERT/],
    { issuer: 'Corporate Inspection CA' }
  ),
  symptom(
    18,
    'certificate expired',
    certificate('api', 'expired'),
    ['tls', 'tls.api', PLATFORM, /chrony|clock/],
    { code: 'CERT_HAS_EXPIRED', validTo: expect.any(String) }
  ),
  symptom(
    18,
    'certificate not yet valid',
    certificate('index', 'not_yet_valid'),
    ['tls', 'tls.repository', PLATFORM, /chrony|clock/],
    { code: 'CERT_NOT_YET_VALID' }
  ),
  symptom(19, 'not TLS, API', certificate('api', 'plain'), ['tls', 'tls.api', NETWORK, /TLS/]),
  symptom(19, 'not TLS, repository', certificate('index', 'plain'), [
    'tls',
    'tls.repository',
    NETWORK,
    /TLS/
  ]),
  symptom(20, 'old TLS', certificate('api', 'old_version'), ['tls', 'tls.api', NETWORK, /TLS/]),
  symptom(
    21,
    'endpoint policy refuses the token',
    scenario('endpoint-policy'),
    ['access_denied', 'token', NETWORK, /Deny/],
    { policyType: 'vpc_endpoint', action: 'codeartifact:GetAuthorizationToken' }
  ),
  symptom(
    21,
    'endpoint policy refuses the bearer token',
    scenario('endpoint-policy-no-bearer'),
    ['access_denied', 'token', NETWORK, /sts:GetServiceBearerToken/],
    { policyType: 'vpc_endpoint', action: 'sts:GetServiceBearerToken' }
  ),
  symptom(
    21,
    'endpoint policy refuses packages',
    scenario('endpoint-policy-index-narrow'),
    ['access_denied', 'index', NETWORK, /ReadFromRepository/],
    { policyType: 'vpc_endpoint', action: 'codeartifact:ReadFromRepository' }
  ),
  symptom(
    22,
    'role may not ask for a token',
    scenario('no-role-permission'),
    ['access_denied', 'token', IDENTITY, /codeartifact:GetAuthorizationToken/],
    {
      policyType: 'identity',
      action: 'codeartifact:GetAuthorizationToken',
      principal: expect.stringContaining('notebook-role')
    }
  ),
  symptom(
    22,
    'role may not receive a bearer token',
    scenario('no-bearer-token'),
    ['access_denied', 'token', IDENTITY, /sts:GetServiceBearerToken/],
    { policyType: 'identity', action: 'sts:GetServiceBearerToken' }
  ),
  symptom(
    22,
    "role may not ask for the repository's address",
    scenario('no-repository-permission'),
    ['access_denied', 'endpoint', IDENTITY, /codeartifact:GetRepositoryEndpoint/],
    { policyType: 'identity' }
  ),
  symptom(
    23,
    'credentials have ended',
    scenario('expired-credentials'),
    ['expired_credentials', 'token', PLATFORM, /./],
    { error: 'ExpiredTokenException' }
  ),
  symptom(
    23,
    'credentials are not known',
    { at: 'emulator', patch: { caller: { credentials: 'revoked' } } },
    ['expired_credentials', 'token', PLATFORM, /./],
    { error: 'UnrecognizedClientException' }
  ),
  symptom(
    24,
    'the clock is an hour slow',
    scenario('clock-skew'),
    ['clock_skew', 'environment', PLATFORM, /chrony/],
    { skewSeconds: expect.any(Number), region: 'us-east-1' }
  ),
  symptom(
    25,
    'the repository refuses the role',
    scenario('repository-policy'),
    ['access_denied', 'index', IDENTITY, /permissions-policy/],
    { status: 403 }
  ),
  symptom(25, 'the token is not accepted', { at: 'token' }, ['expired_credentials', 'index', 'you', /./], {
    status: 401
  }),
  symptom(
    26,
    'the repository does not exist',
    scenario('repository-not-found'),
    ['not_found', 'endpoint', 'you', /./],
    { resourceType: 'repository' }
  ),
  symptom(
    26,
    'the domain does not exist',
    {
      at: 'emulator',
      patch: {
        domains: { analytics: null },
        repositories: { isolatedsm: null, 'pypi-store': null, scratch: null }
      }
    },
    ['not_found', 'token', 'you', /./],
    { resourceType: 'domain' }
  ),
  symptom(27, 'too many calls', scenario('throttled'), ['throttled', 'token', PLATFORM, /./], {
    retryAfterSeconds: 2
  }),
  symptom(
    28,
    'AWS answers 500',
    fault('api', { kind: 'error', status: 500 }),
    ['service_error', 'token', 'AWS', /./],
    { status: 500 }
  ),
  symptom(
    28,
    'AWS answers 503',
    fault('api', { kind: 'error', status: 503 }),
    ['service_error', 'token', 'AWS', /./],
    { status: 503 }
  ),
  symptom(
    28,
    'the index answers 503',
    fault('index', { kind: 'error', status: 503 }),
    ['service_error', 'index', 'AWS', /./],
    { status: 503 }
  ),
  symptom(
    29,
    'HTML 403 in place of the API',
    fault('api', { kind: 'proxy_page', status: 403 }),
    ['proxy', 'http.api', PLATFORM, /NO_PROXY/],
    { status: 403 }
  ),
  symptom(
    29,
    'HTML 503 in place of the API',
    fault('api', { kind: 'proxy_page', status: 503 }),
    ['proxy', 'http.api', PLATFORM, /NO_PROXY/],
    { status: 503 }
  ),
  symptom(
    29,
    'HTML 200 in place of the index',
    fault('index', { kind: 'proxy_page', status: 200 }),
    ['proxy', 'index', PLATFORM, /NO_PROXY/],
    { status: 200 }
  ),
  symptom(
    29,
    'a proxy wants a login',
    { at: 'proxy', status: 407 },
    ['proxy', 'tls.api', PLATFORM, /NO_PROXY/],
    { status: 407, proxyVariable: 'HTTPS_PROXY' }
  ),
  symptom(
    29,
    'a proxy does not let the name through',
    { at: 'proxy', status: 403 },
    ['proxy', 'tls.api', PLATFORM, /NO_PROXY/],
    { status: 403 }
  ),
  symptom(
    30,
    'the API does not answer',
    fault('api', { kind: 'silent' }, true),
    ['timeout', 'http.api', NETWORK, /MTU|1500/i],
    {},
    HTTP
  ),
  symptom(
    30,
    'the index does not answer',
    fault('index', { kind: 'silent' }, true),
    ['timeout', 'index', NETWORK, /MTU|1500/i],
    {},
    HTTP
  ),
  symptom(31, 'S3 is advisory: no packet, never red', scenario('ok'), ['ok', null, '', /./])
];
