// infra/*.yaml deployed and deleted by the real `aws cloudformation`: each resource by the operations that commands call.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { applyText, type Applied } from '../../testing/emulator/admin/apply';
import { startEmulator, type Emulator } from '../../testing/emulator/emulator';
import { lookUp } from '../../testing/emulator/vpc/names';
import { fixFor } from '../../src/engine/diagnosis/fixes/fix-for';
import { aFailure } from '../../testing/fixtures/diagnosis/a-failure';
import { FACTS } from '../../testing/fixtures/diagnosis/fix-facts';

jest.setTimeout(120_000);

const INFRA = resolve(__dirname, '../../infra');
const OTHER = '444455556666';
const SHA = '0123456789abcdef'.repeat(4);

let emulator: Emulator;
beforeAll(async () => {
  process.env.EMULATOR_TOOLS = resolve(__dirname, '../../.venv/bin');
  process.env.EMULATOR_INFRA = INFRA;
  emulator = await startEmulator();
});
beforeEach(async () => {
  await emulator.setScenario('ok');
  // An account with a notebook's VPC and role, and nothing of CodeArtifact yet.
  await emulator.patchWorld({
    domains: { analytics: null },
    repositories: { isolatedsm: null, 'pypi-store': null, scratch: null },
    endpoints: { api: { exists: false }, repositories: { exists: false } },
    caller: { policies: { 'codeartifact-reader': null } }
  });
});
afterAll(() => emulator.close());

const run = (text: string, account?: string): Promise<Applied> =>
  applyText(emulator, `set -eu\n${text}\n`, {}, account);
const deploy = (template: string, parameters: Record<string, string>, more = ''): string =>
  `aws cloudformation deploy --template-file infra/${template}.yaml --stack-name ${template} ${more} --parameter-overrides ` +
  Object.entries(parameters)
    .map(([name, value]) => `${name}='${value}'`)
    .join(' ');
const gone = (stack: string): string =>
  `aws cloudformation delete-stack --stack-name ${stack}\naws cloudformation wait stack-delete-complete --stack-name ${stack}`;

const network = (): Record<string, string> => ({
  VpcId: emulator.world.vpc.id,
  SubnetIds: emulator.world.vpc.subnets.join(','),
  ClientSecurityGroups: emulator.world.vpc.notebookInstance.securityGroup,
  DomainName: 'corp'
});

test('registry: what it makes, an update in place, and the domain that stays', async () => {
  const made = await run(deploy('registry', { DomainName: 'corp', InternalPrefix: 'corp', Readers: OTHER }));
  expect(made).toMatchObject({ code: 0, stderr: '' });
  const { domains, repositories, packageGroups } = emulator.world;
  expect(domains.corp.policy?.Statement).toHaveLength(1);
  expect(repositories).toMatchObject({
    'pypi-store': { externalConnections: ['public:pypi'], upstreams: [] },
    isolatedsm: { upstreams: ['pypi-store'] }
  });
  expect(packageGroups.corp['/pypi//corp~']).toEqual({ externalUpstream: 'BLOCK' });
  const listed = await run(deploy('registry', { Listing: 'yes' }));
  expect(listed).toMatchObject({ code: 0, stderr: '' });
  expect(emulator.world.domains.corp.policy?.Statement).toHaveLength(2);
  expect(await run(gone('registry'))).toMatchObject({ code: 0, stderr: '' });
  expect([Object.keys(emulator.world.domains), Object.keys(emulator.world.repositories)]).toEqual([
    ['corp'],
    []
  ]);
  // Deployed once more beside the domain that was left.
  const again = await run(deploy('registry', { DomainName: 'corp', CreateDomain: 'no' }));
  expect(again).toMatchObject({ code: 0, stderr: '' });
  await run(gone('registry'));
});

test('registry: a key whose policy is not what CodeArtifact needs is named, and the printed statement is enough', async () => {
  const statement = (actions: string[], more: object = {}): object => ({
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: actions,
    Resource: '*',
    ...more
  });
  const policy = (...statements: object[]): string =>
    JSON.stringify({ Version: '2012-10-17', Statement: statements });
  const administrators = statement(['kms:PutKeyPolicy', 'kms:GetKeyPolicy']);
  const made = await run(
    `aws kms create-key --policy '${policy(administrators, statement(['kms:DescribeKey']))}' --query KeyMetadata.Arn --output text`
  );
  const key = made.stdout.trim();
  const registry = deploy('registry', { DomainName: 'corp', EncryptionKey: key });
  const refused = await run(
    `${registry} || aws cloudformation describe-stack-events --stack-name registry --query 'StackEvents[].ResourceStatusReason' --output text`
  );
  expect(refused.stdout).toContain('not authorized to perform: kms:CreateGrant');
  expect(emulator.world.domains).toEqual({});
  await run(gone('registry'));
  const fix = fixFor(aFailure('denied', { action: 'kms:CreateGrant' }), {
    ...FACTS,
    region: emulator.world.region,
    domainOwner: emulator.world.account
  });
  const printed = JSON.parse(fix?.snippets.find(each => each.language === 'json')?.text ?? '') as object;
  await run(
    `aws kms put-key-policy --key-id ${key} --policy-name default --policy '${policy(administrators, printed)}'`
  );
  expect(await run(registry)).toMatchObject({ code: 0, stderr: '' });
  expect(emulator.world.domains.corp.encryptionKey).toBe(key);
  await run(gone('registry'));
});

test('network: endpoints for the named clients only, with STS and S3 beside them', async () => {
  const more = { StsEndpoint: 'yes', WheelhouseBucket: 'wheels', RouteTableIds: 'rtb-0123456789abcdef0' };
  expect(await run(deploy('network', { ...network(), ...more }))).toMatchObject({ code: 0, stderr: '' });
  expect(emulator.world.endpoints).toMatchObject({
    api: { exists: true, privateDns: true, securityGroupOpen: true },
    repositories: { exists: true, privateDns: true, securityGroupOpen: true }
  });
  expect(
    Object.values(emulator.world.otherEndpoints)
      .map(each => [each.service, each.type])
      .sort()
  ).toEqual([
    ['com.amazonaws.us-east-1.s3', 'Gateway'],
    ['com.amazonaws.us-east-1.sts', 'Interface']
  ]);
  expect(
    await run(deploy('network', { ClientSecurityGroups: '', ClientCidrs: '10.9.0.0/16' }))
  ).toMatchObject({ code: 0, stderr: '' });
  expect(emulator.world.endpoints.api.securityGroupOpen).toBe(false);
  // The subnet's own range holds the notebook.
  expect(await run(deploy('network', { ClientCidrs: '10.0.0.0/24' }))).toMatchObject({ code: 0 });
  expect(emulator.world.endpoints.api.securityGroupOpen).toBe(true);
  expect(await run(gone('network'))).toMatchObject({ code: 0, stderr: '' });
  expect(emulator.world.endpoints.api.exists || emulator.world.endpoints.repositories.exists).toBe(false);
  expect(emulator.world.otherEndpoints).toEqual({});
});

test('notebook: a role, its policy, both lifecycle configurations and an instance', async () => {
  const given = {
    DomainName: 'corp',
    WheelhouseBucket: 'wheels',
    ScriptSha256: SHA,
    ManifestSha256: SHA,
    NotebookName: 'team',
    SubnetId: emulator.world.vpc.subnets[0],
    SecurityGroupIds: emulator.world.vpc.notebookInstance.securityGroup
  };
  const refused = await run(deploy('notebook', given));
  expect(refused.stderr).toContain('InsufficientCapabilities');
  expect(await run(deploy('notebook', given, '--capabilities CAPABILITY_IAM'))).toMatchObject({
    code: 0,
    stderr: ''
  });
  const { notebookInstances, roles, lifecycleConfigs } = emulator.world;
  expect(notebookInstances.team).toMatchObject({
    role: roles['notebook-Role'].arn,
    lifecycleConfig: 'notebook-NotebookLifecycle'
  });
  expect(Object.keys(roles['notebook-Role'].policies)).toHaveLength(1);
  const [studio] = Object.values(lifecycleConfigs.studio);
  expect(studio).toBe(lifecycleConfigs.notebook['notebook-NotebookLifecycle']);
  expect(Buffer.from(studio, 'base64').toString()).toContain(`SCRIPT_SHA256='${SHA}'`);
  const seen = await run(
    'aws cloudformation describe-stacks --stack-name notebook --query "Stacks[0].Outputs[].OutputKey" --output text'
  );
  expect(seen.stdout.trim().split('\t').sort()).toEqual([
    'NotebookLifecycleName',
    'PolicyArn',
    'RoleName',
    'StudioLifecycleArn'
  ]);
  expect(await run(gone('notebook'))).toMatchObject({ code: 0, stderr: '' });
  expect([emulator.world.roles, emulator.world.notebookInstances, emulator.world.managedPolicies]).toEqual([
    {},
    {},
    {}
  ]);
});

test("central DNS: two zones lead to the endpoints, and one alone swallows the other's names", async () => {
  expect(await run(deploy('network', { ...network(), PrivateDns: 'no' }))).toMatchObject({ code: 0 });
  const host = {
    api: 'codeartifact.us-east-1.amazonaws.com',
    packages: 'corp-111122223333.d.codeartifact.us-east-1.amazonaws.com'
  };
  const outputs = await run(
    'aws cloudformation describe-stacks --stack-name network --query "Stacks[0].Outputs[].[OutputKey,OutputValue]" --output text'
  );
  const values = Object.fromEntries(
    outputs.stdout
      .trim()
      .split('\n')
      .map(line => line.split('\t'))
  );
  const names = [
    'ApiEndpointDnsName',
    'ApiEndpointHostedZoneId',
    'RepositoriesEndpointDnsName',
    'RepositoriesEndpointHostedZoneId'
  ];
  const given = {
    ...Object.fromEntries(names.map(name => [name, values[name]])),
    FirstVpc: emulator.world.vpc.id
  };
  expect(await run(deploy('central-dns', given))).toMatchObject({ code: 0, stderr: '' });
  const { api, repositories } = emulator.world.endpoints;
  expect(lookUp(emulator.world, host.api).addresses).toEqual(api.addresses);
  expect(lookUp(emulator.world, host.packages).addresses).toEqual(repositories.addresses);
  const [zone] = Object.entries(emulator.world.hostedZones).find(([, { name }]) => name.startsWith('d.')) ?? [
    ''
  ];
  await emulator.patchWorld({ hostedZones: { [zone]: null } });
  expect(lookUp(emulator.world, host.packages)).toEqual({ mode: 'ok', addresses: undefined });
  await emulator.setScenario('ok');
});

test("in another account it is that account's domain", async () => {
  expect(
    await run(deploy('registry', { DomainName: 'shared', Readers: '111122223333' }), OTHER)
  ).toMatchObject({ code: 0, stderr: '' });
  expect(emulator.world.domains.shared.owner).toBe(OTHER);
  expect((await run('aws sts get-caller-identity --query Account --output text', OTHER)).stdout.trim()).toBe(
    OTHER
  );
  expect((await run('aws cloudformation describe-stacks --stack-name registry')).stderr).toContain(
    'does not exist'
  );
  expect(await run(gone('registry'), OTHER)).toMatchObject({ code: 0 });
});

describe('a template that is wrong', () => {
  const given = { DomainName: 'corp', Readers: OTHER };
  const wrong = async (before: string, after: string): Promise<string> => {
    const text = await readFile(resolve(INFRA, 'registry.yaml'), 'utf8');
    expect(text).toContain(before);
    return text.replace(before, after);
  };

  test.each([
    [
      'an unknown property',
      'DomainName: !Ref DomainName\n',
      'DomainName: !Ref DomainName\n      Colour: blue\n',
      'Encountered unsupported property Colour'
    ],
    [
      'an unknown function',
      'Upstreams: [!GetAtt Store.Name]',
      'Upstreams: [!Cidr [10.0.0.0/8, 1, 8]]',
      'Fn::Cidr is not known'
    ],
    ['an unknown section', 'Outputs:', 'Results:', 'unknown section Results'],
    [
      'an unknown type',
      'AWS::CodeArtifact::Repository',
      'AWS::S3::Bucket',
      'Unrecognized resource types: [AWS::S3::Bucket]'
    ],
    [
      'a policy that AWS refuses',
      'Sid: ReadersAskForToken\n                Effect: Allow',
      'Sid: ReadersAskForToken\n                Effect: Perhaps',
      'Effect must be Allow or Deny'
    ]
  ])('%s is an error, and nothing stays', async (_, before, after, why) => {
    const template = await wrong(before, after);
    await expect(emulator.deploy({ stack: 'wrong', template }, given)).rejects.toThrow(why);
    expect(emulator.world.repositories).toEqual({});
  });

  test('the AWS CLI says why', async () => {
    const template = await wrong('ExternalConnections:', 'ExternalConnection:');
    const ran = await run(
      `cat > wrong.yaml <<'YAML'\n${template}\nYAML\n` +
        'aws cloudformation deploy --template-file wrong.yaml --stack-name wrong --parameter-overrides DomainName=corp || ' +
        'aws cloudformation describe-stack-events --stack-name wrong --query "StackEvents[].ResourceStatusReason" --output text'
    );
    expect(ran.stderr).toContain('Failed to create/update the stack');
    expect(ran.stdout).toContain('unsupported property ExternalConnection');
    const refused = await run(deploy('network', { ...network(), ClientSecurityGroups: '' }));
    expect(refused.stderr).toContain('Name ClientSecurityGroups or ClientCidrs');
  });
});
