import { policyFor, type PolicyKind } from './policies';
import { FACTS } from '../../../../testing/fixtures/diagnosis/fix-samples';

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
  it('gives the role the four actions that pip needs, on the real ARNs', () => {
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
        }
      ]
    });
  });

  it('puts each action where it is judged', () => {
    expect(actions('domain')).toEqual(['codeartifact:GetAuthorizationToken']);
    expect(actions('repository')).toEqual([
      'codeartifact:GetRepositoryEndpoint',
      'codeartifact:ReadFromRepository'
    ]);
    expect(actions('api-endpoint')).toEqual([
      'codeartifact:GetAuthorizationToken',
      'sts:GetServiceBearerToken',
      'codeartifact:GetRepositoryEndpoint'
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
    expect(actions('role').join()).not.toMatch(/List|Describe/);
    expect(actions('role', true).join()).toMatch(
      /ListRepositoriesInDomain.*ListPackages.*ListPackageVersions/
    );
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
