import { type Rung, type CheckId, type CheckVerdict, CHECK_IDS } from '../../protocol/rung';
import { rootCause } from './root-cause';
import { headline, headlineTitle } from './summary';

const rung = (id: CheckId, verdict: CheckVerdict, more: Partial<Rung> = {}): Rung => ({
  id,
  title: id,
  verdict,
  ms: 1,
  summary: '',
  evidence: {},
  ...more
});

describe('rootCause', () => {
  it('is the first failure in ladder order, whatever order the rungs finish in', () => {
    const rungs = [
      rung('tcp.repository', 'timeout'),
      rung('environment', 'ok'),
      rung('tcp.api', 'timeout'),
      rung('tls.api', 'skipped', { because: 'tcp.api' })
    ];
    expect(rootCause(rungs)?.id).toBe('tcp.api');
  });

  it('is none when all is well, when only S3 is away, and while all still run', () => {
    expect(rootCause(CHECK_IDS.map(id => rung(id, 'ok')))).toBeNull();
    expect(rootCause([rung('index', 'ok'), rung('s3', 'timeout')])).toBeNull();
    expect(rootCause([rung('dns.api', 'running'), rung('tcp.api', 'waiting')])).toBeNull();
    expect(rootCause([])).toBeNull();
  });

  it('is a cancelled rung only when nothing failed by itself', () => {
    expect(rootCause([rung('dns.api', 'cancelled'), rung('tcp.repository', 'timeout')])?.id).toBe(
      'tcp.repository'
    );
    expect(rootCause([rung('dns.api', 'cancelled')])?.id).toBe('dns.api');
  });
});

describe('headline', () => {
  it.each([
    [rung('tcp.api', 'timeout'), 'Timeout at the API endpoint'],
    [rung('tcp.repository', 'timeout'), 'Timeout at the repository endpoint'],
    [
      rung('token', 'access_denied', { evidence: { policyType: 'identity' } }),
      "AccessDenied by the role's policy"
    ],
    [
      rung('token', 'access_denied', { evidence: { policyType: 'vpc_endpoint' } }),
      "AccessDenied by the endpoint's policy"
    ],
    [
      rung('index', 'access_denied', { evidence: { policyType: 'resource' } }),
      "AccessDenied by the repository's policy"
    ],
    [
      rung('token', 'access_denied', {
        evidence: { policyType: 'resource', action: 'codeartifact:GetAuthorizationToken' }
      }),
      "AccessDenied by the domain's policy"
    ],
    [rung('token', 'access_denied', { evidence: {} }), 'AccessDenied by a policy that AWS does not name'],
    [rung('token', 'expired_credentials'), 'AWS credentials have expired'],
    [rung('credentials', 'no_credentials'), 'No AWS credentials found'],
    [rung('token', 'throttled'), 'AWS asked us to wait'],
    [rung('tcp.api', 'refused'), 'Refused at the API endpoint'],
    [rung('dns.api', 'dns'), 'Name not found for the API endpoint'],
    [
      rung('tls.api', 'tls', { evidence: { code: 'SELF_SIGNED_CERT_IN_CHAIN' } }),
      'Certificate not trusted at the API endpoint'
    ],
    [rung('http.api', 'proxy'), 'A proxy answered instead of AWS'],
    [rung('token', 'clock_skew', { evidence: { skewSeconds: -420 } }), 'The clock is 7 min slow'],
    [
      rung('endpoint', 'not_found', { evidence: { resourceType: 'repository', resourceId: 'isolatedsn' } }),
      'Repository isolatedsn not found'
    ],
    [rung('token', 'service_error'), 'AWS has a problem'],
    [rung('token', 'cancelled'), 'Cancelled']
  ])('has the words of the panel: %#', (broken, words) => {
    expect(headlineTitle(broken)).toBe(words);
  });

  it('is one line for the command line', () => {
    const summary = 'The resolver did not answer for x in 1.8 s.';
    expect(headline(rung('dns.api', 'dns', { summary }))).toBe(
      'Name not found for the API endpoint: the resolver did not answer for x in 1.8 s.'
    );
    expect(headline(rung('tcp.api', 'timeout'))).toBe('Timeout at the API endpoint');
    expect(headline(rung('token', 'cancelled', { summary: 'Cancelled.' }))).toBe('Cancelled');
  });

  it('does not say twice what the sentence begins with', () => {
    const summary = 'A proxy answered instead of AWS (HTTP 403).';
    expect(headline(rung('http.api', 'proxy', { summary }))).toBe(summary);
  });
});
