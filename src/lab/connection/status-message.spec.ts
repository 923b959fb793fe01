import { nullTranslator } from '@jupyterlab/translation';
import type { CheckId } from '../../protocol/rung';
import { CHECK_IDS } from '../../protocol/rung';
import type { FailureVerdict } from '../../protocol/verdict';
import { VERDICTS } from '../../protocol/verdict';
import { aConnection, aDocument, brokenAt, NOW } from '../../../testing/fixtures/lab/documents';
import { aStore } from '../../../testing/fixtures/lab/stores';
import { viewStateOf } from './view-state';
import { actionsFor } from '../commands/actions';
import { plain } from '../ui/trans';
import { statusMessage } from './status-message';

const trans = nullTranslator.load('');
const FAILURES = VERDICTS.filter((verdict): verdict is FailureVerdict => verdict !== 'ok');

type Evidence = Record<string, unknown>;

function told(
  id: CheckId,
  verdict: FailureVerdict,
  evidence: Evidence = {},
  summary = 'What the engine said.',
  still = false
) {
  const broken = brokenAt({ id, verdict, summary, evidence });
  const store = aStore({ document: still ? { ...broken, connection: aConnection() } : broken });
  const view = viewStateOf(store);
  const { headline, sentence, who, icon, spoken } = statusMessage(trans, view, store, NOW);
  return { headline, sentence: plain(sentence), who, icon, spoken, actions: actionsFor(trans, view) };
}

const NETWORK = 'Your network administrator can fix this.';
const IDENTITY = 'Your identity administrator can fix this.';
const PLATFORM = 'Your platform team can fix this.';
/** What every failure of a network tells. */
const TOLD = { host: 'codeartifact.eu-central-1.amazonaws.com' };
const ROLE = 'arn:aws:sts::111122223333:assumed-role/SageMaker-DataScientist/nb';

/** rung, verdict, evidence → headline, how the sentence begins, who, the buttons (the primary one marked). */
const ROWS: [CheckId, FailureVerdict, Evidence, string, string, string, string][] = [
  [
    'tcp.api',
    'timeout',
    { ...TOLD, cause: 'tcp_silent', addressClass: 'public' },
    'Timeout at the API endpoint',
    'The name leads to a public address: the endpoint is missing from this VPC, or its private DNS is off.',
    NETWORK,
    '*Copy request, Check now'
  ],
  [
    'tcp.api',
    'timeout',
    { ...TOLD, cause: 'tcp_silent', addressClass: 'private' },
    'Timeout at the API endpoint',
    'The endpoint is there, but nothing answers. Most likely its security group does not let this notebook in.',
    NETWORK,
    '*Copy request, Check now'
  ],
  [
    'tcp.repository',
    'timeout',
    { ...TOLD, cause: 'tcp_silent', addressClass: 'public' },
    'Timeout at the repository endpoint',
    'The API works and gave a token, but pip would hang: the second endpoint does not answer. pip’s files were not changed.',
    NETWORK,
    '*Copy request, Check now'
  ],
  [
    'dns.api',
    'dns',
    { ...TOLD, cause: 'dns_silent', waitedMs: 1800 },
    'No answer from DNS for the API endpoint',
    'This notebook’s resolver did not answer for codeartifact.eu-central-1.amazonaws.com in 1.8 s.',
    NETWORK,
    '*Copy request, Check now'
  ],
  [
    'token',
    'timeout',
    { ...TOLD, cause: 'http_silent' },
    'Timeout at the token call',
    'The connection is up, but the API does not answer',
    NETWORK,
    '*Copy request, Check now'
  ],
  [
    'index',
    'timeout',
    { ...TOLD, cause: 'http_silent' },
    'Timeout at the index',
    'The repository endpoint takes the connection',
    NETWORK,
    '*Copy request, Check now'
  ],
  [
    'token',
    'access_denied',
    {
      cause: 'denied',
      policyType: 'identity',
      action: 'codeartifact:GetAuthorizationToken',
      principal: ROLE
    },
    'AccessDenied by the role’s policy',
    'The network is fine. The role SageMaker-DataScientist may not ask for a token.',
    IDENTITY,
    '*Copy request, Check now'
  ],
  [
    'token',
    'access_denied',
    { cause: 'denied', policyType: 'vpc_endpoint' },
    'AccessDenied by the endpoint’s policy',
    'The network is fine and the role may ask. The policy on the VPC endpoint itself refuses.',
    IDENTITY,
    '*Copy request, Check now'
  ],
  [
    'index',
    'access_denied',
    {
      ...TOLD,
      cause: 'index_denied',
      status: 403,
      policyType: 'resource',
      action: 'codeartifact:ReadFromRepository'
    },
    'AccessDenied by the repository’s policy',
    'The network and the token are fine.',
    IDENTITY,
    '*Copy request, Check now'
  ],
  [
    'token',
    'access_denied',
    { cause: 'denied', policyType: 'resource' },
    'AccessDenied by the domain’s policy',
    'The network is fine.',
    IDENTITY,
    '*Copy request, Check now'
  ],
  [
    'token',
    'access_denied',
    { cause: 'denied', policyType: 'scp' },
    'AccessDenied by a service control policy',
    'The network is fine.',
    IDENTITY,
    '*Copy request, Check now'
  ],
  [
    'token',
    'access_denied',
    { cause: 'denied', policyType: 'unknown', action: 'x:Y' },
    'AccessDenied by AWS',
    'The network is fine. AWS refuses x:Y and does not say which policy.',
    IDENTITY,
    '*Copy request, Check now'
  ],
  [
    'tcp.api',
    'refused',
    {},
    'Refused at the API endpoint',
    'What the engine said.',
    NETWORK,
    '*Copy request, Check now'
  ],
  [
    'dns.repository',
    'dns',
    {},
    'Name not found for the repository endpoint',
    'What the engine said.',
    NETWORK,
    '*Copy request, Check now'
  ],
  [
    'tls.api',
    'tls',
    { ...TOLD, cause: 'tls_untrusted', issuer: 'Corp CA' },
    'Certificate not trusted at the API endpoint',
    'The certificate there was issued by Corp CA',
    PLATFORM,
    '*Copy request, Check now'
  ],
  [
    'http.api',
    'proxy',
    {},
    'A proxy answered instead of AWS',
    'What the engine said.',
    PLATFORM,
    '*Copy request, Check now'
  ],
  [
    'credentials',
    'expired_credentials',
    { cause: 'credentials_expired', profile: 'analytics', expiresAt: '2026-11-23T12:20:00Z' },
    'AWS credentials have expired',
    'The credentials of profile analytics ended at',
    'You can fix this: sign in again.',
    '*Check now'
  ],
  [
    'credentials',
    'no_credentials',
    { cause: 'credentials_none', tried: [{ source: 'instance role', reason: 'none' }] },
    'No AWS credentials found',
    'This notebook has no role, and no profile is set.',
    PLATFORM,
    '*Copy request, Check now'
  ],
  [
    'token',
    'clock_skew',
    { cause: 'clock_skewed', skewSeconds: -420 },
    'The clock is 7 min slow',
    'AWS refuses requests',
    PLATFORM,
    '*Copy request, Check now'
  ],
  [
    'token',
    'clock_skew',
    { cause: 'clock_skewed', skewSeconds: 4000 },
    'The clock is 1 h 7 min fast',
    'AWS refuses requests',
    PLATFORM,
    '*Copy request, Check now'
  ],
  [
    'endpoint',
    'not_found',
    { cause: 'not_found', resourceType: 'repository', resourceId: 'analytics/isolatedsm' },
    'Repository isolatedsm not found',
    'AWS answers, but knows no such name there.',
    'You can fix this.',
    '*Choose another repository, Check now'
  ],
  [
    'token',
    'not_found',
    { cause: 'not_found', resourceType: 'domain', resourceId: 'analytics' },
    'Domain analytics not found',
    'AWS answers, but knows no such name there.',
    'You can fix this.',
    '*Choose another repository, Check now'
  ],
  [
    'token',
    'throttled',
    { cause: 'throttled', retryAfterSeconds: 12 },
    'Throttled by AWS',
    'Many notebooks are connecting at once. Nothing to do here.',
    '',
    'Cancel'
  ],
  [
    'token',
    'service_error',
    {},
    'AWS has a problem',
    'What the engine said.',
    'Only AWS can fix this. Nothing to do here.',
    'Check now, Copy report'
  ],
  [
    'tools',
    'write_failed',
    {
      cause: 'file_unparsable',
      path: '/home/ds/.config/pip/pip.conf',
      line: 7,
      what: 'a setting stands before any section',
      fix: 'Put a section above it.',
      reader: 'pip'
    },
    'pip.conf was left unchanged',
    'Line 7 is not valid, so pip cannot read the file either. Nothing was changed.',
    'You can fix this.',
    '*Copy the path of pip.conf, Try again'
  ],
  [
    'environment',
    'invalid_settings',
    {},
    'A setting is not valid',
    'What the engine said.',
    'You can fix this.',
    '*Open settings, Check now'
  ],
  [
    'tcp.api',
    'cancelled',
    { cause: 'cancelled' },
    'Cancelled',
    'pip’s files were not changed.',
    '',
    '*Connect'
  ]
];

describe('what is said of each failure', () => {
  it.each(ROWS)('%s %s %j', (id, verdict, evidence, headline, sentence, who, buttons) => {
    const words = told(id, verdict, evidence);
    expect(words).toMatchObject({ headline, who });
    expect(words.sentence.slice(0, sentence.length)).toBe(sentence);
    expect(words.actions.map(action => (action.primary ? '*' : '') + action.label).join(', ')).toBe(buttons);
  });
});

describe('every verdict at every rung', () => {
  const every = CHECK_IDS.flatMap(id =>
    FAILURES.map((verdict): [CheckId, FailureVerdict] => [id, verdict])
  ).filter(([id]) => id !== 's3');

  it.each(every)('%s %s has a headline, a sentence and a way on, and blames nobody', (id, verdict) => {
    for (const summary of ['What the engine said.', '']) {
      const words = told(id, verdict, {}, summary);
      const all = [
        words.headline,
        words.sentence,
        words.who,
        words.spoken,
        ...words.actions.map(a => a.label)
      ].join(' ');
      expect(words.headline).not.toBe('');
      expect(words.actions.length).toBeGreaterThan(0);
      expect(words.actions.filter(action => action.primary).length).toBeLessThanOrEqual(1);
      expect(all).not.toMatch(/undefined|null|NaN|%\d|!|[Ii]nternet connection|sorry|oops|invalid date/i);
      if (summary) {
        expect(words.sentence).toMatch(/\.$/);
      }
    }
  });

  it.each(FAILURES)('%s has its own shape: colour is never all', verdict => {
    const icon = told('token', verdict).icon;
    const shapes = {
      timeout: 'timeout',
      access_denied: 'denied',
      throttled: 'wait',
      cancelled: 'off'
    } as Record<string, string>;
    expect(icon).toBe(shapes[verdict] ?? 'error');
  });
});

it('speaks the verdict, its step and who can fix it, once', () => {
  expect(told('tcp.api', 'timeout', { addressClass: 'public' }).spoken).toBe(
    'Timeout at the API endpoint, step 3 of 7. Your network administrator can fix this.'
  );
});

it('names a tool as it is called', () => {
  const file = {
    ...aDocument().files[0],
    tool: 'poetry' as const,
    effective: false,
    shadowedBy: ['a variable']
  };
  const store = aStore({ document: aDocument({ files: [file] }) });
  expect(statusMessage(trans, viewStateOf(store), store, NOW).headline).toBe(
    'Connected, but Poetry does not use it'
  );
});
