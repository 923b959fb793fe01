// What infra/*.yaml makes beside the two endpoints and the policies: the way to the wheelhouse for notebooks that nobody
// attends, their role and lifecycle configuration, and the endpoint of STS for those that assume a role.
import { createHash, createSign, generateKeyPairSync } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Document } from '../../src/protocol/document';
import { keepTable, type Row } from '../../testing/netns/admin-tables';
import { openBench, PLACE, rungOf, type Bench } from '../../testing/netns/harness';
import { describeInNamespaces } from '../../testing/netns/namespace';
import { startNotebook } from '../../testing/netns/on-start';
import { each, eachOf, HEAD, takeAway, told, without, type Removal } from '../../testing/netns/removals';

jest.setTimeout(120_000);

const ACCOUNT = '111122223333';
const SCRIPT = resolve(__dirname, '../../lifecycle/start.sh');
const ISSUER = 'oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF';
const SERVICE_ACCOUNT = 'system:serviceaccount:hub:notebook';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The id of the endpoint that the stack made for a service. */
async function endpointOf({ emulator }: Bench, service: string): Promise<string> {
  const [id] = Object.entries((await emulator.world()).otherEndpoints).find(([, made]) =>
    made.service.endsWith(service)
  )!;
  return id;
}

const policyOfEndpoint =
  (service: string, sid: string) =>
  async (bench: Bench): Promise<void> => {
    const id = await endpointOf(bench, service);
    const policy = without((await bench.emulator.world()).otherEndpoints[id].policy, sid);
    await bench.emulator.patch({ otherEndpoints: { [id]: { policy } } });
  };

const policyOfRole =
  (sid: string) =>
  async ({ emulator }: Bench): Promise<void> => {
    const { roles, notebookInstances } = await emulator.world();
    const [name, { policies }] = Object.entries(roles).find(
      ([, { arn }]) => arn === notebookInstances.team.role
    )!;
    const [[arn, { document }]] = Object.entries(policies);
    await emulator.patch({
      roles: { [name]: { policies: { [arn]: { document: without(document, sid) } } } }
    });
  };

const role = async ({ emulator }: Bench): Promise<void> => {
  const { roles, notebookInstances } = await emulator.world();
  const [name] = Object.entries(roles).find(([, { arn }]) => arn === notebookInstances.team.role)!;
  await emulator.patch({ roles: { [name]: null } });
};

const noLifecycle = ({ emulator }: Bench): Promise<void> =>
  emulator.patch({ notebookInstances: { team: { lifecycleConfig: null } } });

const noClients = async ({ emulator }: Bench): Promise<void> => {
  const [group] = Object.values((await emulator.world()).otherEndpoints).flatMap(each => each.securityGroups);
  await emulator.patch({ vpc: { securityGroups: { [group]: { open: false, rules: [] } } } });
};

describeInNamespaces('a notebook that nobody attends, and roles that are assumed', () => {
  let bench: Bench;
  let token = '';
  const removed: Row[] = [];
  const signing = generateKeyPairSync('rsa', { modulusLength: 2048 });

  const deploy = async (stack: string, given: Readonly<Record<string, string>>): Promise<void> =>
    bench.emulator.deploy(stack, await readFile(`infra/${stack}.yaml`, 'utf8'), given);

  beforeAll(async () => {
    bench = await openBench();
    const { emulator } = bench;
    await emulator.patch({
      endpoints: { api: { exists: false }, repositories: { exists: false } },
      repositories: { isolatedsm: null, 'pypi-store': null, scratch: null },
      domains: { analytics: null }
    });
    const { vpc } = await emulator.world();
    const script = await readFile(SCRIPT, 'utf8');
    // What the environment of the start has already: these tests install nothing into it.
    const python =
      'from importlib.metadata import version; print("jupyterlab-codeartifact==" + version("jupyterlab-codeartifact"))';
    const manifest = (await bench.tool('python', ['-c', python])).stdout;
    const WheelhouseBucket = 'wheels';
    await deploy('registry', { DomainName: 'analytics' });
    await deploy('network', {
      VpcId: vpc.id,
      SubnetIds: vpc.subnets.join(','),
      ClientSecurityGroups: vpc.notebookInstance.securityGroup,
      DomainName: 'analytics',
      StsEndpoint: 'yes',
      WheelhouseBucket,
      RouteTableIds: vpc.routeTable
    });
    await deploy('notebook', {
      DomainName: 'analytics',
      WheelhouseBucket,
      ScriptSha256: sha256(script),
      ManifestSha256: sha256(manifest),
      NotebookName: 'team',
      SubnetId: vpc.notebookInstance.subnet,
      SecurityGroupIds: vpc.notebookInstance.securityGroup
    });
    const prefix = 'jupyterlab-codeartifact';
    const objects = { [`${prefix}/start.sh`]: script, [`${prefix}/manifest.txt`]: manifest };
    const { notebookInstances, roles } = await emulator.world();
    const trust = (Principal: object, Action: string, Condition: object = {}) => ({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal, Action, Condition }]
    });
    const { policies } = Object.values(roles)[0];
    const provider = `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`;
    await emulator.patch({
      inNotebook: 'team',
      // The role that the notebook began with is another's now.
      caller: { policies: { 'codeartifact-reader': null } },
      buckets: { wheels: { owner: ACCOUNT, objects } },
      identityProviders: {
        [ISSUER]: {
          arn: provider,
          publicKey: signing.publicKey.export({ type: 'spki', format: 'pem' }),
          audiences: ['sts.amazonaws.com']
        }
      },
      roles: {
        reader: {
          arn: `arn:aws:iam::${ACCOUNT}:role/reader`,
          policies,
          trust: trust({ AWS: notebookInstances.team.role }, 'sts:AssumeRole')
        },
        pod: {
          arn: `arn:aws:iam::${ACCOUNT}:role/pod`,
          policies,
          trust: trust({ Federated: provider }, 'sts:AssumeRoleWithWebIdentity', {
            StringEquals: { [`${ISSUER}:sub`]: SERVICE_ACCOUNT, [`${ISSUER}:aud`]: 'sts.amazonaws.com' }
          })
        }
      }
    });
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = {
      iss: `https://${ISSUER}`,
      aud: ['sts.amazonaws.com'],
      sub: SERVICE_ACCOUNT,
      exp: 4_000_000_000
    };
    const signed = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`;
    token = `${signed}.${createSign('RSA-SHA256').update(signed).sign(signing.privateKey, 'base64url')}`;
    await emulator.remember();
  });
  afterAll(() => bench.close());

  const diagnosed = async (
    home: string,
    flags: readonly string[] = [],
    variables = {}
  ): Promise<Document> => {
    const ran = await bench.tool(
      'jupyter',
      ['codeartifact', 'diagnose', ...PLACE, ...flags, '--json'],
      home,
      variables
    );
    return JSON.parse(ran.stdout) as Document;
  };

  it('starts, fetches, and connects with the role of its stack', async () => {
    const { code, stdout, log } = await startNotebook(bench, 'team');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringContaining('the version of the manifest is installed already')
    });
    expect(log).toContain('connect, attempt 1: exit code 0');
  });

  const STARTS: readonly (readonly [string, string, Removal[2], RegExp])[] = [
    ['S3Endpoint', 'deleted', takeAway('network', ['S3Endpoint']), /gateway endpoint for S3 \(S3Endpoint of network\.yaml\)/],
    ['S3Endpoint', 'its policy without `FetchWheelhouse`', policyOfEndpoint('.s3', 'FetchWheelhouse'), /S3 refuses.*S3 endpoint's/],
    ['Policy', 'without `FetchWheelhouse`', policyOfRole('FetchWheelhouse'), /S3 refuses.*role's policy/],
    ['NotebookLifecycle', 'taken out of the notebook', noLifecycle, /^$/]
  ]; // prettier-ignore

  it.each(STARTS)('%s %s: the lifecycle log says it, and the notebook starts', async (resource, what, act, names) => {
    await act(bench);
    const { code, stdout, log } = await startNotebook(bench, 'team');
    await bench.emulator.restore();
    expect({ code, stdout, log }).toEqual({ code: 0, stdout: expect.stringMatching(names), log: '' });
    const said = stdout.trim().split('\n').at(-1)?.replace(/^codeartifact: ([^:]*):.*/, '$1');
    removed.push([resource, what, said ? `the lifecycle log: *${said}*` : 'no line in the lifecycle log', '', '']);
  }); // prettier-ignore

  it('the role of the stack is named when it is gone', async () => {
    const home = await bench.otherHome();
    await each(
      bench,
      [['Role', 'deleted', role, /does not accept|access key/]],
      () => diagnosed(home),
      removed
    );
  });

  it('roles that are assumed come by the endpoint of STS, and what is missing there is named', async () => {
    const [home, podHome] = [await bench.otherHome(), await bench.otherHome()];
    await mkdir(join(home, '.aws'));
    const profile = ['[profile team]', `role_arn = arn:aws:iam::${ACCOUNT}:role/reader`, 'credential_source = Ec2InstanceMetadata'];
    await writeFile(join(home, '.aws/config'), `${profile.join('\n')}\n`);
    const file = join(podHome, 'token');
    await writeFile(file, token);
    const variables = { AWS_ROLE_ARN: `arn:aws:iam::${ACCOUNT}:role/pod`, AWS_WEB_IDENTITY_TOKEN_FILE: file };
    const ofProfile = { 'a profile with `role_arn`': () => diagnosed(home, ['--profile', 'team']) };
    const ofPod = { 'a pod with IRSA': () => diagnosed(podHome, [], variables) };
    for (const [ask, role] of [[Object.values(ofProfile)[0], 'reader'], [Object.values(ofPod)[0], 'pod']] as const) {
      const before = await ask();
      expect(told(before)).toMatchObject({ verdict: 'ok', rung: '' });
      expect(rungOf(before, 'credentials').evidence).toMatchObject({ role });
    }
    const missing = /public address.*Its interface endpoint is missing.*com\.amazonaws\.us-east-1\.sts\b/s;
    const both: readonly Removal[] = [
      ['StsInterfaceEndpoint', 'deleted', takeAway('network', ['StsInterfaceEndpoint']), missing, 'The endpoint for AWS STS'],
      ['EndpointSecurityGroup', 'lets nobody in', noClients, /private address.*security group/s, 'Open port 443 to the notebook']
    ];
    const without = (sid: string, heals?: string): Removal =>
      ['StsInterfaceEndpoint', `its policy without \`${sid}\``, policyOfEndpoint('.sts', sid), /polic[a-z ]*interface endpoint for AWS STS/, heals];
    await eachOf(bench, both, { ...ofProfile, ...ofPod }, removed);
    await eachOf(bench, [without('AssumeRole', "Add it to the endpoint's policy")], ofProfile, removed);
    await eachOf(bench, [without('AssumeRoleWithWebIdentity')], ofPod, removed);
  }); // prettier-ignore

  it('docs/admin.md says the same', () => {
    const table = keepTable('removals of what starts and signs in', HEAD, removed);
    expect(table.page).toBe(table.seen);
  });
});
