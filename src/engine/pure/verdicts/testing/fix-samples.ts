import { PRINCIPALS } from './denial-texts';
import type { Cause, Failure } from '../failure';
import type { FixFacts } from '../fix-facts';

export const FACTS: FixFacts = {
  rung: 'tcp.api',
  region: 'eu-central-1',
  domain: 'analytics',
  domainOwner: '111122223333',
  repository: 'isolatedsm',
  profile: '',
  roleArn: PRINCIPALS[0],
  accountId: '111122223333',
  apiHost: 'codeartifact.eu-central-1.amazonaws.com',
  repositoryHost: 'analytics-111122223333.d.codeartifact.eu-central-1.amazonaws.com'
};

export interface FixSample {
  readonly name: string;
  readonly failure: Failure;
  readonly facts: FixFacts;
}

type Evidence = Readonly<Record<string, unknown>>;

/** One or more situations for each cause; the type makes a new cause without a sample an error. */
const SITUATIONS: Readonly<Record<Cause, readonly (readonly [Evidence, Partial<FixFacts>])[]>> = {
  dns_not_found: [
    [{}, { rung: 'dns.api' }],
    [{}, { rung: 'dns.repository' }],
    [
      {},
      {
        rung: 'dns.api',
        apiHost: 'vpce-0743fe535b883ffff-76ddffff.api.codeartifact.eu-central-1.vpce.amazonaws.com'
      }
    ]
  ],
  dns_no_data: [
    [{}, { rung: 'dns.api' }],
    [{}, { rung: 'dns.repository', vpcEndpointIds: { repositories: 'vpce-0743fe535b883ffff' } }]
  ],
  dns_refused: [[{ code: 'ESERVFAIL' }, { rung: 'dns.api' }]],
  dns_silent: [[{}, { rung: 'dns.api' }]],
  dns_server_unreachable: [[{}, { rung: 'dns.api' }]],
  dns_unclear: [[{ code: 'EAI_AGAIN' }, { rung: 'dns.api' }]],
  tcp_silent: [
    [{ addressClass: 'public', addresses: [{ address: '54.239.55.167' }] }, {}],
    [{ addressClass: 'public' }, { otherEndpointSilent: true, notebookInstance: 'ds-lab-07' }],
    [{ addressClass: 'public' }, { rung: 'tcp.repository' }],
    [
      {
        addressClass: 'private',
        addresses: [
          { address: '10.0.1.41', error: 'ETIMEDOUT' },
          { address: '10.0.2.87', error: 'ETIMEDOUT' }
        ]
      },
      {}
    ],
    [{ addressClass: 'private' }, { rung: 'tcp.repository', notebookInstance: 'ds-lab-07' }],
    [
      { addressClass: 'private' },
      { rung: 'tcp.repository', vpcEndpointIds: { repositories: 'vpce-0743fe535b883ffff' } }
    ],
    [{ addressClass: 'loopback' }, {}],
    [{}, {}]
  ],
  tcp_refused: [[{}, {}]],
  tcp_no_route: [[{ addresses: ['10.0.1.41'] }, {}]],
  tcp_forbidden_here: [[{ addresses: ['10.0.1.41'] }, {}]],
  tcp_reset: [[{}, {}]],
  tls_reset: [[{}, { rung: 'tls.api' }]],
  tls_silent: [[{}, { rung: 'tls.api' }]],
  tls_name_mismatch: [[{}, { rung: 'tls.repository' }]],
  tls_untrusted: [
    [{ issuer: 'O=Example Proxy' }, { rung: 'tls.api' }],
    [{}, { rung: 'tls.repository' }]
  ],
  tls_expired: [[{}, { rung: 'tls.api' }]],
  tls_not_tls: [[{}, { rung: 'tls.api' }]],
  tls_old_version: [[{}, { rung: 'tls.api' }]],
  http_silent: [[{}, { rung: 'http.api' }]],
  http_proxy_page: [[{ status: 403 }, { rung: 'http.api' }]],
  http_proxy_auth: [[{ status: 407 }, { rung: 'http.api', apiHost: 'codeartifact.eu-central-1.api.aws' }]],
  http_garbage: [[{}, { rung: 'http.api' }]],
  credentials_none: [
    [{}, { rung: 'credentials' }],
    [{}, { rung: 'credentials', notebookInstance: 'ds-lab-07' }],
    [{}, { rung: 'credentials', profile: 'analytics' }]
  ],
  credentials_expired: [
    [{}, { rung: 'token', profile: 'analytics' }],
    [{ source: 'environment' }, { rung: 'token' }],
    [{ source: 'instance metadata' }, { rung: 'token' }]
  ],
  credentials_invalid: [
    [{}, { rung: 'token', profile: 'analytics' }],
    [{ source: 'environment' }, { rung: 'token' }],
    [{ source: 'container' }, { rung: 'token' }]
  ],
  clock_skewed: [[{ skewSeconds: -420 }, { rung: 'token' }]],
  denied: denials(),
  not_found: [
    [{ resourceType: 'domain' }, { rung: 'token' }],
    [{ resourceType: 'repository' }, { rung: 'endpoint' }],
    [{ resourceType: 'package' }, { rung: 'index' }],
    [{}, { rung: 'endpoint' }]
  ],
  throttled: [
    [{ retryAfterSeconds: 12 }, { rung: 'token' }],
    [{}, { rung: 'token' }]
  ],
  kms_key: [[{ reason: 'ENCRYPTION_KEY_ERROR' }, { rung: 'token' }]],
  aws_fault: [[{ status: 500 }, { rung: 'token' }]],
  rejected: [[{}, { rung: 'token' }]],
  quota_exceeded: [[{}, { rung: 'token' }]],
  no_upstream: [[{}, { rung: 'index' }]],
  index_unauthorized: [[{}, { rung: 'index' }]],
  index_denied: [
    [{ status: 403 }, { rung: 'index' }],
    [{ policyType: 'vpc_endpoint', explicit: false }, { rung: 'index' }]
  ],
  index_not_found: [[{}, { rung: 'index' }]],
  file_unreadable: [
    [{ path: '/home/ana/.config/pip/pip.conf' }, { rung: 'tools' }],
    [{}, { rung: 'tools' }]
  ],
  file_unparsable: [
    [{ path: '~/.config/pip/pip.conf', line: 7 }, { rung: 'tools' }],
    [{}, { rung: 'tools' }],
    [
      { path: '~/.config/pip/pip.conf', line: 7, excerpt: '6\n7  timeout = 60\n8  [install]' },
      { rung: 'tools' }
    ]
  ],
  file_changed: [[{ path: '~/.netrc' }, { rung: 'tools' }]],
  disk_full: [
    [{ path: '/home/ana/.netrc' }, { rung: 'tools' }],
    [{}, { rung: 'tools' }]
  ],
  not_writable: [[{ path: '/etc/pip.conf' }, { rung: 'tools' }]],
  no_home: [[{}, { rung: 'tools' }]],
  locked: [[{}, { rung: 'tools' }]],
  invalid_settings: [
    [{}, { rung: 'environment' }],
    [{ file: '/etc/jupyter/labconfig/overrides.json' }, { rung: 'environment' }]
  ],
  region_without_codeartifact: [[{}, { rung: 'environment', region: 'ca-central-1' }]],
  endpoint_not_allowed: [[{ host: 'example.org' }, { rung: 'environment' }]],
  cancelled: [[{}, { rung: 'tcp.api' }]],
  not_finished: [[{}, { rung: 'index' }]]
};

/** Policy types by action, with an implicit and an explicit refusal each. */
function denials(): readonly (readonly [Evidence, Partial<FixFacts>])[] {
  const types = ['identity', 'vpc_endpoint', 'resource', 'scp', 'rcp', 'boundary', 'session', 'unknown'];
  const actions = [
    'codeartifact:GetAuthorizationToken',
    'sts:GetServiceBearerToken',
    'codeartifact:GetRepositoryEndpoint',
    'codeartifact:ReadFromRepository',
    'codeartifact:ListPackages',
    'codeartifact:ListRepositoriesInDomain'
  ];
  const table = types.flatMap(policyType =>
    actions.flatMap(action =>
      [false, true].map(
        explicit => [{ policyType, action, explicit, principal: PRINCIPALS[0] }, { rung: 'token' }] as const
      )
    )
  );
  const scp = 'arn:aws:organizations::987654321098:policy/o-qv5af4abcd/service_control_policy/p-2kgnabcd';
  const managed = 'arn:aws:iam::111122223333:policy/team/Limits';
  const action = actions[0];
  return [
    ...table,
    [{ policyType: 'identity', action, principal: PRINCIPALS[1] }, { rung: 'token' }],
    [{ policyType: 'identity', action, explicit: true, principal: PRINCIPALS[1] }, { rung: 'token' }],
    [{ policyType: 'boundary', action, principal: PRINCIPALS[1] }, { rung: 'token' }],
    [
      { policyType: 'identity', action },
      { rung: 'token', roleArn: undefined, accountId: undefined }
    ],
    [
      { policyType: 'scp', action, explicit: true },
      { rung: 'token', roleArn: undefined, accountId: undefined }
    ],
    [
      {
        policyType: 'identity',
        action,
        principal: 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_DataScience_0123456789abcdef/ana'
      },
      { rung: 'token' }
    ],
    [
      { policyType: 'identity', action, explicit: true, policyArn: managed, principal: PRINCIPALS[0] },
      { rung: 'token' }
    ],
    [{ policyType: 'boundary', action, policyArn: managed, principal: PRINCIPALS[0] }, { rung: 'token' }],
    [
      { policyType: 'scp', action, explicit: true, policyArn: scp, principal: PRINCIPALS[0] },
      { rung: 'token' }
    ],
    [
      { policyType: 'vpc_endpoint', action, explicit: true, via: 'scp', principal: PRINCIPALS[0] },
      { rung: 'token' }
    ],
    [
      {
        policyType: 'resource',
        action: 'sts:AssumeRole',
        resource: 'arn:aws:iam::444455556666:role/Reader',
        principal: PRINCIPALS[0]
      },
      { rung: 'credentials' }
    ],
    [
      { policyType: 'resource', action, principal: 'arn:aws:sts::444455556666:assumed-role/Other/x' },
      { rung: 'token' }
    ],
    [{ policyType: 'identity', action: 'kms:Decrypt', principal: PRINCIPALS[0] }, { rung: 'token' }],
    [
      { policyType: 'vpc_endpoint', action, principal: PRINCIPALS[0] },
      { rung: 'token', vpcEndpointIds: { api: 'vpce-0743fe535b883ffff' } }
    ],
    [
      { policyType: 'vpc_endpoint', action },
      { rung: 'token', roleArn: 'arn:aws:iam::111122223333:role/service-role/SageMaker-DataScientist' }
    ]
  ];
}

/** Every cause in every situation above. */
export const SAMPLES: readonly FixSample[] = (
  Object.entries(SITUATIONS) as [Cause, (typeof SITUATIONS)[Cause]][]
).flatMap(([cause, list]) =>
  list.map(([evidence, facts], i) => ({
    name: `${cause} ${i + 1} ${Object.values(evidence)
      .filter(v => typeof v === 'string')
      .join(' ')}`.trim(),
    failure: { verdict: 'service_error', cause, summary: '', evidence },
    facts: { ...FACTS, ...facts }
  }))
);
