import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fixFor } from '../../src/engine/diagnosis/fixes/fix-for';
import { SAMPLES } from '../../testing/fixtures/diagnosis/fix-samples';
import { keepCounts } from '../../testing/netns/admin-tables';
import { printed } from './printed';
import { judge, runSnippet, type SmallWorld } from './run-snippet';

const OTHERS = {
  Version: '2012-10-17',
  Statement: { Sid: 'Others', Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }
};

const WORLD: SmallWorld = {
  answers: {
    'ec2 describe-vpc-endpoints': {
      VpcEndpoints: [
        {
          VpcEndpointId: 'vpce-0a1b2c3d4e5f60718',
          PrivateDnsEnabled: false,
          PolicyDocument: JSON.stringify(OTHERS),
          Groups: [{ GroupId: 'sg-0e' }],
          SubnetIds: ['subnet-0a', 'subnet-0b'],
          DnsEntries: [{ DnsName: 'vpce-x' }]
        }
      ]
    },
    'ec2 describe-network-interfaces': {
      NetworkInterfaces: [{ VpcId: 'vpc-0a', SubnetId: 'subnet-0a', Groups: [{ GroupId: 'sg-0e' }] }]
    },
    'ec2 create-security-group': { GroupId: 'sg-0new' },
    'ec2 describe-subnets': { Subnets: [{ VpcId: 'vpc-0a' }] },
    'ec2 describe-vpcs': { Vpcs: [{ DhcpOptionsId: 'dopt-0a' }] },
    'sagemaker describe-domain': {
      VpcId: 'vpc-0a',
      SubnetIds: ['subnet-0a', 'subnet-0b'],
      DefaultUserSettings: { SecurityGroups: ['sg-0n'] }
    },
    'sagemaker describe-notebook-instance': { SubnetId: 'subnet-0n', SecurityGroups: ['sg-0n'] },
    'route53resolver create-firewall-domain-list': { FirewallDomainList: { Id: 'rslvr-fdl-0a' } },
    'iam get-role': {
      Role: {
        Arn: 'arn:aws:iam::111122223333:role/x',
        PermissionsBoundary: { PermissionsBoundaryArn: 'arn:aws:iam::111122223333:policy/Boundary' }
      }
    },
    'iam get-user': {
      User: {
        Arn: 'arn:aws:iam::111122223333:user/ana',
        PermissionsBoundary: { PermissionsBoundaryArn: 'arn:aws:iam::111122223333:policy/Boundary' }
      }
    },
    'iam get-policy': {
      Policy: { Arn: 'arn:aws:iam::111122223333:policy/Boundary', DefaultVersionId: 'v3' }
    },
    'iam get-policy-version': { PolicyVersion: { Document: OTHERS } },
    'codeartifact get-repository-permissions-policy': {
      policy: { revision: 'r7', document: JSON.stringify(OTHERS) }
    },
    'codeartifact get-domain-permissions-policy': {
      policy: { revision: 'r8', document: JSON.stringify(OTHERS) }
    },
    'codeartifact describe-domain': {
      domain: { encryptionKey: 'arn:aws:kms:eu-central-1:111122223333:key/k' }
    },
    'codeartifact describe-repository': { repository: { upstreams: [{ repositoryName: 'older' }] } }
  },
  errors: {}
};

/** Of AWS CLI version 2, whose parser is not in any package registry. */
const VERSION_2 = [
  ['sso', 'login'],
  ['sso', 'login', '--profile', 'analytics'],
  ['login', '--profile', 'analytics']
];
/** Answered by the CLI itself, not by an AWS service: the table of operations does not have them. */
const LOCAL = new Set(['configure', 'configure list']);

const texts = new Map(
  printed.filter(([, s]) => s.language === 'bash').map(([name, s]) => [s.text, name] as const)
);

/** Snippets that differ in nothing are run once; those without `aws` only have their grammar checked. */
const runs = [...texts]
  .filter(([text]) => /\baws /.test(text))
  .map(([text, name]) => ({ name, text, ...runSnippet(text, WORLD) }));

const fits = (title: string, parts: readonly string[]): boolean =>
  title.startsWith(parts[0]) && title.endsWith(parts.at(-1)!) && parts.every(part => title.includes(part));

describe('printed commands', () => {
  it('are all that the fixes can print: each title in their sources is among the texts here', () => {
    const folder = resolve(__dirname, '../../src/engine/diagnosis/fixes');
    const sources = readdirSync(folder).filter(file => file.endsWith('.ts') && !file.endsWith('.spec.ts'));
    const titles = sources.flatMap(file =>
      [
        ...readFileSync(join(folder, file), 'utf8').matchAll(
          /\b(?:bash|json|yaml|metadataOptions)\(\s*(?:facts,\s*)?(?:trans\.__\(\s*)?(?:'([^']+)'|"([^"]+)")/g
        )
      ].map(([, single, double]) => single ?? double ?? '')
    );
    const known = printed.map(([, { title }]) => title);
    // `%1` of a template stands for a value.
    const isKnown = (template: string) => {
      const parts = template.split(/%\d/);
      return known.some(title => title === template || (parts.length > 1 && fits(title, parts)));
    };
    expect(titles.length).toBeGreaterThan(60);
    expect(titles.filter(title => !isKnown(title))).toEqual([]);
  });

  it('are shell that bash can read', () => {
    for (const [text, name] of texts) {
      const { status, stderr } = spawnSync('bash', ['-n', '-c', text], { encoding: 'utf8' });
      expect({ name, status, stderr }).toEqual({ name, status: 0, stderr: '' });
    }
  });

  it('run to their end', () => {
    expect(runs.filter(r => r.code !== 0).map(r => [r.name, r.code, r.stderr, r.text])).toEqual([]);
    expect(runs.filter(r => r.commands.length === 0).map(r => r.name)).toEqual([]);
  });

  it('pass the parser of the AWS CLI, argument by argument', () => {
    const asked = runs.flatMap(r => r.commands.map(command => ({ name: r.name, command })));
    const unique = [...new Map(asked.map(a => [JSON.stringify(a.command), a] as const)).values()];
    const judged = unique.filter(
      ({ command }) =>
        !VERSION_2.some(v => JSON.stringify(v) === JSON.stringify(command)) &&
        !LOCAL.has(
          command
            .filter(w => !w.startsWith('--'))
            .slice(0, 2)
            .join(' ')
        ) &&
        command[0] !== 'configure'
    );
    const errors = judge(judged.map(j => j.command)).flatMap((j, i) =>
      j.error === undefined ? [] : [{ ...judged[i], error: j.error }]
    );
    expect(errors).toEqual([]);
    const counts = {
      'printed texts that bash reads': texts.size,
      'of these, texts that run to their end': runs.length,
      'different commands in them that the AWS CLI reads': judged.length
    };
    expect(keepCounts('commands', 'tests/fixes', counts)).toEqual([]);
  }, 120_000);
});

describe('policies that AWS replaces as a whole', () => {
  const OPTION = ['--policy-document'];
  const WHOLE = new Set([
    'ec2 modify-vpc-endpoint',
    'iam create-policy-version',
    'codeartifact put-repository-permissions-policy',
    'codeartifact put-domain-permissions-policy'
  ]);
  const written = runs.flatMap(r =>
    r.commands
      .filter(c => WHOLE.has(c.slice(0, 2).join(' ')) && c.includes('--policy-document'))
      .map(c => ({
        name: r.name,
        command: c,
        document: JSON.parse(c[c.indexOf(OPTION[0] ?? '') + 1] ?? '') as { Statement: unknown[] }
      }))
  );

  it('keep every statement that was there', () => {
    expect(written.length).toBeGreaterThan(10);
    for (const { name, document } of written) {
      expect({ name, first: document.Statement[0] }).toEqual({ name, first: OTHERS.Statement });
      expect(document.Statement.length).toBeGreaterThan(1);
    }
  });

  it('are put back with the revision that was read, where AWS has one', () => {
    const guarded = written.filter(w => w.command[0] === 'codeartifact');
    expect(guarded.length).toBeGreaterThan(1);
    for (const { command } of guarded) {
      expect(command[command.indexOf('--policy-revision') + 1]).toMatch(/^r[78]$/);
    }
  });

  const repository = SAMPLES.find(
    s =>
      s.failure.evidence.policyType === 'resource' &&
      s.failure.evidence.action === 'codeartifact:ReadFromRepository'
  );
  const recipe = () => {
    const fix = repository === undefined ? undefined : fixFor(repository.failure, repository.facts);
    return fix?.snippets.find(s => s.language === 'bash')?.text ?? '';
  };

  it('are written when there was none', () => {
    const none =
      'An error occurred (ResourceNotFoundException) when calling the GetRepositoryPermissionsPolicy operation: no policy';
    const ran = runSnippet(recipe(), {
      ...WORLD,
      errors: { 'codeartifact get-repository-permissions-policy': none }
    });
    expect(ran.commands.map(c => c[1])).toEqual([
      'get-repository-permissions-policy',
      'put-repository-permissions-policy'
    ]);
    expect(ran.commands[1]).not.toContain('--policy-revision');
  });

  it('are left alone when the present one cannot be read', () => {
    const denied =
      'An error occurred (AccessDeniedException) when calling the GetRepositoryPermissionsPolicy operation: no';
    const ran = runSnippet(recipe(), {
      ...WORLD,
      errors: { 'codeartifact get-repository-permissions-policy': denied }
    });
    expect(ran.commands.map(c => c[1])).toEqual(['get-repository-permissions-policy']);
    expect(ran.code).not.toBe(0);
    expect(ran.stderr).toContain('AccessDeniedException');
  });

  it('do not grow when the same fix is applied twice', () => {
    const first = runSnippet(recipe(), WORLD).commands[1] ?? [];
    const document = first[first.indexOf('--policy-document') + 1] ?? '';
    const again =
      runSnippet(recipe(), {
        ...WORLD,
        answers: {
          ...WORLD.answers,
          'codeartifact get-repository-permissions-policy': { policy: { revision: 'r8', document } }
        }
      }).commands[1] ?? [];
    expect(JSON.parse(again[again.indexOf('--policy-document') + 1] ?? '')).toEqual(JSON.parse(document));
  });
});

describe('the list of upstreams', () => {
  it('keeps the upstreams that are there, and adds the new one', () => {
    const update = runs.flatMap(r => r.commands).find(c => c[1] === 'update-repository');
    expect(update?.slice(update.indexOf('--upstreams') + 1)).toEqual([
      'repositoryName=older',
      'repositoryName=pypi-store'
    ]);
  });
});
