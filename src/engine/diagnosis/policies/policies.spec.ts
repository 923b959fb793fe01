import type { Admitted } from './admitted';
import { policyFor, type PolicyKind } from './policies';
import { FACTS } from '../../../../testing/fixtures/diagnosis/fix-facts';

const KINDS: readonly PolicyKind[] = [
  'role',
  'repository',
  'domain',
  'api-endpoint',
  'repositories-endpoint'
];

const actions = (kind: PolicyKind, listing = false) =>
  policyFor(kind, FACTS, { listing }).Statement.flatMap(s => s.Action);

describe('policyFor', () => {
  it.each(KINDS)(
    'leaves open in the policy for the %s what a notebook without settings does not know',
    kind => {
      const nameless = { ...FACTS, domain: '', domainOwner: '', repository: '' };
      for (const { Resource } of policyFor(kind, nameless, { listing: true }).Statement) {
        for (const arn of [Resource].flat()) {
          expect(arn).toMatch(
            /^(\*|arn:aws:codeartifact:eu-central-1:[\d*]+:(domain\/\*|(repository|package)(\/\*)+))$/
          );
        }
      }
    }
  );

  it('gives the role what pip and a whole diagnosis need, on the real ARNs', () => {
    expect(policyFor('role', FACTS)).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'AskForToken',
          Effect: 'Allow',
          Action: 'codeartifact:GetAuthorizationToken',
          Resource: 'arn:aws:codeartifact:eu-central-1:111122223333:domain/analytics'
        },
        {
          Sid: 'ReceiveToken',
          Effect: 'Allow',
          Action: 'sts:GetServiceBearerToken',
          Resource: '*',
          Condition: { StringEquals: { 'sts:AWSServiceName': 'codeartifact.amazonaws.com' } }
        },
        {
          Sid: 'FindRepository',
          Effect: 'Allow',
          Action: 'codeartifact:GetRepositoryEndpoint',
          Resource: 'arn:aws:codeartifact:eu-central-1:111122223333:repository/analytics/isolatedsm'
        },
        {
          Sid: 'ReadPackages',
          Effect: 'Allow',
          Action: 'codeartifact:ReadFromRepository',
          Resource: 'arn:aws:codeartifact:eu-central-1:111122223333:repository/analytics/isolatedsm'
        },
        {
          Sid: 'SeeUpstreams',
          Effect: 'Allow',
          Action: 'codeartifact:DescribeRepository',
          Resource: 'arn:aws:codeartifact:eu-central-1:111122223333:repository/analytics/*'
        }
      ]
    });
  });

  it('puts each action where it is judged', () => {
    const see = 'codeartifact:DescribeRepository';
    expect(actions('domain')).toEqual(['codeartifact:GetAuthorizationToken', see]);
    expect(actions('repository')).toEqual([
      'codeartifact:GetRepositoryEndpoint',
      'codeartifact:ReadFromRepository',
      see
    ]);
    expect(actions('api-endpoint')).toEqual([
      'codeartifact:GetAuthorizationToken',
      'sts:GetServiceBearerToken',
      'codeartifact:GetRepositoryEndpoint',
      see
    ]);
    expect(actions('repositories-endpoint')).toEqual(['codeartifact:ReadFromRepository']);
  });

  it.each(KINDS)('%s: least privilege, with and without lists', kind => {
    for (const listing of [false, true]) {
      for (const statement of policyFor(kind, FACTS, { listing }).Statement) {
        const open = statement.Resource === '*';
        expect(statement.Action).not.toEqual(expect.stringContaining('*'));
        expect(
          !open ||
            [statement.Action]
              .flat()
              .every(a => /^(sts:GetServiceBearerToken|codeartifact:List(Domains|Repositories))$/.test(a))
        ).toBe(true);
        expect(statement.Principal === undefined).toBe(kind === 'role');
        expect(statement.Principal).not.toEqual({ AWS: '*' });
      }
    }
  });

  it('lists only on demand', () => {
    expect(actions('role').join()).not.toMatch(/List|DescribeDomain/);
    expect(actions('role', true).join()).toMatch(
      /ListRepositoriesInDomain.*ListPackages.*ListPackageVersions/
    );
  });

  it('lets uploads through only on demand, and only where packages pass', () => {
    const publishes = (kind: PolicyKind, publish: boolean) =>
      policyFor(kind, FACTS, { publish }).Statement.some(
        s =>
          s.Action === 'codeartifact:PublishPackageVersion' &&
          s.Resource === 'arn:aws:codeartifact:eu-central-1:111122223333:package/analytics/isolatedsm/*'
      );
    expect(KINDS.filter(kind => publishes(kind, true))).toEqual([
      'role',
      'repository',
      'repositories-endpoint'
    ]);
    expect(KINDS.filter(kind => publishes(kind, false))).toEqual([]);
  });

  it.each([
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['eusc-de-east-1', 'aws-eusc'],
    ['us-iso-east-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['eu-isoe-west-1', 'aws-iso-e'],
    ['us-isof-south-1', 'aws-iso-f'],
    ['us-east-1', 'aws']
  ])('names nothing of another partition in %s', (region, partition) => {
    for (const kind of KINDS) {
      const account = { kind: 'account', account: '444455556666' } as const;
      const text = JSON.stringify(
        policyFor(kind, { ...FACTS, region, roleArn: undefined, admitted: account }, { listing: true })
      );
      expect([...new Set(text.match(/arn:[a-z-]+:/g))]).toEqual([`arn:${partition}:`]);
    }
  });

  it('lets in whom it is told to, and not the caller', () => {
    const first = (admitted: Admitted) => {
      const { Principal, Condition } = policyFor('repository', { ...FACTS, admitted }).Statement[0] ?? {};
      return { Principal, Condition };
    };
    expect(first({ kind: 'account', account: '444455556666' })).toEqual({
      Principal: { AWS: 'arn:aws:iam::444455556666:root' },
      Condition: undefined
    });
    expect(first({ kind: 'organization', id: 'o-a1b2c3d4e5' })).toEqual({
      Principal: { AWS: '*' },
      Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }
    });
    const arn = 'arn:aws:iam::444455556666:role/service-role/Reader';
    expect(first({ kind: 'role', arn }).Principal).toEqual({ AWS: arn });
  });

  it('never lets everybody in, however little is known', () => {
    const nobody = { ...FACTS, domainOwner: '', accountId: undefined, roleArn: undefined };
    for (const kind of KINDS.filter(k => k !== 'role')) {
      for (const { Principal } of policyFor(kind, nobody).Statement) {
        expect(Principal).toEqual({ AWS: 'arn:aws:iam::REPLACE:root' });
      }
    }
  });

  it('lets in the role itself when its path is known, else roles of that name only', () => {
    const first = (roleArn?: string) => {
      const { Principal, Condition } = policyFor('domain', { ...FACTS, roleArn }).Statement[0] ?? {};
      return { Principal, Condition };
    };
    const exact = 'arn:aws:iam::111122223333:role/service-role/Reader';
    expect(first(exact)).toEqual({ Principal: { AWS: exact }, Condition: undefined });
    expect(first('arn:aws:sts::111122223333:assumed-role/Reader/SageMaker')).toEqual({
      Principal: { AWS: 'arn:aws:iam::111122223333:root' },
      Condition: {
        ArnLike: {
          'aws:PrincipalArn': [
            'arn:aws:iam::111122223333:role/Reader',
            'arn:aws:iam::111122223333:role/*/Reader'
          ]
        }
      }
    });
    expect(first(undefined)).toEqual({
      Principal: { AWS: 'arn:aws:iam::111122223333:root' },
      Condition: undefined
    });
  });
});
