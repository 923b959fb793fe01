import { nullTranslator } from '@jupyterlab/translation';
import { bareRung, aFailure, someConcern, someEvidence } from '../../../testing/fixtures/diagnosis/a-failure';
import { failure, withFacts } from '../../engine/core/failure';
import { brokenSentence } from '../../engine/diagnosis/run-diagnosis';
import { fixFor } from '../../engine/diagnosis/fixes/fix-for';
import { describeFailure } from '../../lab/diagnosis/describe-rung';
import { words } from '../../lab/diagnosis/load-words';
import { CHECK_IDS, CHECKS, type CheckId, NODES } from '../checks';
import { FIXERS } from '../fixer';
import { retryOf } from '../retry';
import { CHECK_VERDICTS, VERDICT, VERDICTS, verdictLabel } from '../verdict';
import {
  type Cause,
  CAUSES,
  causeOf,
  describe as told,
  describeRungWarning,
  describeWarning,
  verdictOf
} from './describe';
import { type Evidence, type PolicyType } from './evidence';
import { ENGLISH, plainText, sentences } from './trans';
import { WARNINGS, type WarningId } from './warnings';

const ALL = Object.keys(CAUSES) as Cause[];
const CHECKED = CHECK_IDS.filter(id => !CHECKS[id].advisory);

/** No hole, no value of a program, nothing that nobody can act on. */
const UNSPOKEN = /undefined|null|NaN|\[object|%\d|function| {2}|\.\.|^[^\w`]|internet connection|!/i;

const trans = nullTranslator.load('');

// The panel has it by the time it shows a failure.
beforeAll(() => words.load());

describe('the catalogue', () => {
  it.each(ALL)('tells %s: headline, sentence, who', cause => {
    for (const check of CHECKED) {
      for (const root of [false, true]) {
        const { headline, sentence, detail, fixer, who } = told(cause, someEvidence(cause), ENGLISH, {
          check,
          root
        });
        expect(headline).not.toBe('');
        expect(sentence).toMatch(/\.$/);
        expect(detail).toMatch(/^$|\.$/);
        [headline, sentence, who].forEach(text => expect(text).not.toMatch(UNSPOKEN));
        expect(detail).not.toMatch(/undefined|NaN|\[object|%\d/);
        expect(fixer === null ? who : FIXERS).toEqual(fixer === null ? '' : FIXERS);
        expect(who === '').toBe(VERDICT[verdictOf(cause)].who === null && fixer === null);
        // The headline names what is wrong once; the sentence adds to it.
        expect(sentence).not.toBe(`${headline}.`);
      }
    }
  });

  it.each(ALL)('tells %s alike in the terminal and the panel', cause => {
    const broken = aFailure(cause);
    for (const check of CHECKED) {
      const rung = bareRung(check, {
        verdict: broken.verdict,
        summary: 'x',
        // What the JSON has of it.
        evidence: JSON.parse(JSON.stringify({ ...broken.evidence, cause })) as Record<string, unknown>
      });
      const panel = describeFailure(trans, broken.verdict, rung, '', Date.UTC(2026, 0, 1));
      const terminal = brokenSentence(check, broken);
      expect(terminal).toBe(plainText(sentences(`${panel.headline}.`, panel.sentence, panel.detail)));
    }
  });

  it.each(ALL)('names for %s the one whom its fix is for', cause => {
    const broken = aFailure(cause);
    const facts = {
      rung: 'token',
      region: '',
      domain: '',
      domainOwner: '',
      repository: '',
      profile: ''
    } as const;
    const fix = fixFor(broken, { ...facts, apiHost: '', repositoryHost: '' });
    // Where the facts decide (where credentials come from, which policy), the fix knows it better.
    expect([fix === undefined, ...FIXERS]).toContain(fix?.who ?? true);
    expect(causeOf({ verdict: broken.verdict, evidence: { cause } })).toBe(cause);
  });

  it.each(Object.keys(WARNINGS) as WarningId[])('tells the warning %s', id => {
    for (const check of CHECKED) {
      const { evidence } = someConcern(id);
      const { headline, sentence } = describeWarning(id, evidence as never, ENGLISH, { check });
      expect(headline).toMatch(/^Connected, /);
      expect(sentence).toMatch(/\.$/);
      expect(headline + sentence).not.toMatch(/undefined|NaN|\[object|%\d/);
      const rung = bareRung(check, { warning: 'x', evidence: { ...evidence, concern: id } });
      expect(describeRungWarning(rung, ENGLISH)).toMatchObject({ headline, sentence });
    }
  });

  it('says private or public in every timeout of a connection, and how long it waited', () => {
    for (const addressClass of ['private', 'public'] as const) {
      for (const check of CHECKED) {
        const said = brokenSentence(
          check,
          failure('tcp_silent', {
            host: 'example.org',
            addressClass,
            addresses: [{ address: '10.0.1.41' }],
            waitedMs: 3300
          })
        );
        expect(said).toContain(`${addressClass} address 10.0.1.41`);
        expect(said).toContain('example.org');
        expect(said).toContain('3.3 s');
      }
    }
  });

  it('says which policy and which action in every denial', () => {
    const names: Record<Exclude<PolicyType, 'unknown'>, string> = {
      identity: 'identity-based policy',
      vpc_endpoint: 'VPC endpoint policy',
      resource: 'resource-based policy',
      scp: 'service control policy',
      rcp: 'resource control policy',
      boundary: 'permissions boundary',
      session: 'session policy'
    };
    for (const cause of ['denied', 'index_denied'] as const) {
      for (const [policyType, name] of Object.entries(names) as [PolicyType, string][]) {
        for (const explicit of [false, true]) {
          const said = brokenSentence(
            'token',
            aFailure(cause, { policyType, explicit, action: 'codeartifact:X' })
          );
          expect(said).toContain(name);
          expect(said).toContain('codeartifact:X');
          expect(said).toMatch(explicit ? /denies/ : /No .* allows/);
        }
      }
      const unnamed = brokenSentence(
        'token',
        aFailure(cause, { policyType: 'unknown', action: 'codeartifact:X' })
      );
      expect(unnamed).toMatch(/codeartifact:X and does not say which policy/);
    }
  });
});

describe('the headline', () => {
  const of = (check: CheckId, cause: Cause, more: Evidence = {}): string =>
    plainText(told(cause, someEvidence(cause, more), ENGLISH, { check }).headline);

  it.each([
    [of('tcp.api', 'tcp_silent'), 'Timeout at the API endpoint'],
    [of('tcp.repository', 'tcp_silent'), 'Timeout at the repository endpoint'],
    [of('endpoint', 'http_silent'), 'Timeout at the GetRepositoryEndpoint call'],
    [of('token', 'denied', { policyType: 'identity' }), "AccessDenied by the role's policy"],
    [of('token', 'denied', { policyType: 'vpc_endpoint' }), "AccessDenied by the endpoint's policy"],
    [of('index', 'index_denied', { policyType: 'resource' }), "AccessDenied by the repository's policy"],
    [
      of('token', 'denied', { policyType: 'resource', action: 'codeartifact:GetAuthorizationToken' }),
      "AccessDenied by the domain's policy"
    ],
    [of('token', 'denied'), 'AccessDenied by AWS'],
    [of('token', 'credentials_expired'), 'AWS credentials have expired'],
    [of('index', 'index_unauthorized'), 'The token is not accepted'],
    [of('credentials', 'credentials_none'), 'No AWS credentials found'],
    [of('token', 'throttled'), 'Throttled by AWS'],
    [of('tcp.api', 'tcp_refused'), 'Refused at the API endpoint'],
    [of('dns.api', 'dns_not_found'), 'Name not found for the API endpoint'],
    [of('tls.api', 'tls_untrusted'), 'Certificate not trusted at the API endpoint'],
    [of('tls.repository', 'tls_reset'), 'TLS failed at the repository endpoint'],
    [of('http.api', 'http_proxy_page'), 'A proxy answered instead of AWS'],
    [of('token', 'clock_skewed', { skewSeconds: -420 }), 'The clock is 7 min slow'],
    [
      of('endpoint', 'not_found', { resourceType: 'repository', resourceId: 'analytics/isolatedsn' }),
      'Repository isolatedsn not found'
    ],
    [of('token', 'aws_fault'), 'AWS has a problem'],
    [of('token', 'kms_key'), "The domain's KMS key cannot be used"],
    [of('token', 'cancelled'), 'Cancelled']
  ])('is what an administrator would search for: %s', (headline, expected) => {
    expect(headline).toBe(expected);
  });
});

describe('the declarations', () => {
  it('of verdicts give each an exit code, a label of its own kind, an icon and a retry', () => {
    expect(Object.fromEntries(VERDICTS.map(verdict => [verdict, VERDICT[verdict].exitCode]))).toMatchObject({
      ok: 0,
      invalid_settings: 2,
      timeout: 3,
      access_denied: 4,
      refused: 5,
      cancelled: 5
    });
    CHECK_VERDICTS.forEach(verdict => expect(verdictLabel(ENGLISH, verdict)).not.toBe(''));
    expect(verdictLabel(ENGLISH, 'access_denied')).toBe('AccessDenied');
  });

  it('of checks put each at a node, and S3 alone beside the path', () => {
    CHECK_IDS.forEach(id => expect(NODES).toContain(CHECKS[id].node));
    expect(CHECK_IDS.filter(id => CHECKS[id].advisory)).toEqual(['s3']);
    expect(CHECK_IDS.filter(id => CHECKS[id].side === 'repositories')).toEqual([
      'dns.repository',
      'tcp.repository',
      'tls.repository',
      'index',
      'tools'
    ]);
  });

  it('say what passes by itself: a full disk does, a file that pip cannot read does not', () => {
    const of = (cause: Cause) => retryOf(verdictOf(cause), cause);
    expect((['disk_full', 'locked', 'file_changed', 'tcp_silent'] as const).map(of)).toEqual(
      Array(4).fill('soon')
    );
    expect((['file_unparsable', 'not_writable', 'cancelled', 'invalid_settings'] as const).map(of)).toEqual(
      Array(4).fill('never')
    );
    expect((['denied', 'not_found'] as const).map(of)).toEqual(['slowly', 'slowly']);
    expect(of('throttled')).toBe('retry_after');
    expect(retryOf('write_failed', 'toString')).toBe('never');
  });
});

it('takes evidence of the right cause only', () => {
  const wrong = [
    // @ts-expect-error a fact that the cause cannot be told without is missing
    () => failure('tcp_silent', {}),
    // @ts-expect-error a fact of another type
    () => failure('tcp_silent', { host: 'x', port: '443' }),
    // @ts-expect-error a fact of another cause
    () => failure('dns_not_found', { host: 'x', policyType: 'identity' }),
    // @ts-expect-error a cause that nobody declared
    () => failure('from_the_future', {})
  ];
  expect(wrong).toHaveLength(4);
  const known = failure('tcp_silent', { host: 'x', waitedMs: 1000 });
  expect(withFacts(known, { host: 'y', operation: 'GetAuthorizationToken' })).toMatchObject({
    verdict: 'timeout',
    summary: known.summary,
    evidence: { host: 'x', waitedMs: 1000, operation: 'GetAuthorizationToken' }
  });
});
