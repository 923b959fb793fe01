// The nine stages from infra/*.yaml, deployed by the real `aws cloudformation`; then each resource is taken away or changed
// in turn. What is said must name it: a resource whose removal changes nothing is one that nobody needs, and fails here.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Document } from '../../src/protocol/document';
import { keepTable, type Row } from '../../testing/netns/admin-tables';
import { openBench, PLACE, type Bench } from '../../testing/netns/harness';
import { describeInNamespaces } from '../../testing/netns/namespace';
import { each, HEAD, takeAway, told, without, type Removal } from '../../testing/netns/removals';

jest.setTimeout(240_000);

const ACCOUNT = '111122223333';
const OWNER = '444455556666';
const PIP_CONF = '[global]\ntimeout = 7\nindex-url = https://old.example/simple/\n';

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

const policyOfEndpoint =
  (side: 'api' | 'repositories', sid: string) =>
  async ({ emulator }: Bench): Promise<void> => {
    const policy = without((await emulator.world()).endpoints[side].policy, sid);
    await emulator.patch({ endpoints: { [side]: { policy } } });
  };

const policyOfRole =
  (sid: string) =>
  async ({ emulator }: Bench): Promise<void> => {
    const [[name, { document }]] = Object.entries((await emulator.world()).caller.policies);
    await emulator.patch({
      caller: { policies: { [name]: { document: without(document, sid) } } }
    });
  };

const parameters =
  (stack: string, given: Readonly<Record<string, string>>) =>
  async (bench: Bench): Promise<void> =>
    bench.emulator.deploy(stack, await readFile(`infra/${stack}.yaml`, 'utf8'), given);

const NETWORK: readonly Removal[] = [
  ['ApiEndpoint', 'deleted', takeAway('network', ['ApiEndpoint']), /codeartifact\.api/],
  ['ApiEndpoint', 'its policy without `AskForToken`', policyOfEndpoint('api', 'AskForToken'), /codeartifact\.api endpoint/],
  ['ApiEndpoint', 'its policy without `ReceiveToken`', policyOfEndpoint('api', 'ReceiveToken'), /codeartifact\.api endpoint/],
  ['ApiEndpoint', 'its policy without `FindRepository`', policyOfEndpoint('api', 'FindRepository'), /codeartifact\.api endpoint/],
  ['ApiEndpoint', 'its policy without `SeeUpstreams`', policyOfEndpoint('api', 'SeeUpstreams'), /Not checked: upstreams.*codeartifact\.api endpoint/s],
  ['RepositoriesEndpoint', 'deleted', takeAway('network', ['RepositoriesEndpoint']), /codeartifact\.repositories/],
  ['RepositoriesEndpoint', 'its policy without `ReadPackages`', policyOfEndpoint('repositories', 'ReadPackages'), /codeartifact\.repositories endpoint/],
  ['EndpointSecurityGroup', "the notebook's group no longer named", parameters('network', { ClientSecurityGroups: '', ClientCidrs: '10.9.0.0/16' }), /security group/],
  ['both endpoints', '`PrivateDns=no`', parameters('network', { PrivateDns: 'no' }), /private DNS/]
]; // prettier-ignore

const NOTEBOOK: readonly Removal[] = [
  ['Policy', 'deleted', takeAway('notebook', ['Policy']), /codeartifact:GetAuthorizationToken/],
  ['Policy', 'without `AskForToken`', policyOfRole('AskForToken'), /codeartifact:GetAuthorizationToken/],
  ['Policy', 'without `ReceiveToken`', policyOfRole('ReceiveToken'), /sts:GetServiceBearerToken/],
  ['Policy', 'without `FindAndReadRepository`', policyOfRole('FindAndReadRepository'), /codeartifact:GetRepositoryEndpoint/],
  ['Policy', 'without `SeeUpstreams`', policyOfRole('SeeUpstreams'), /Not checked: upstreams/]
]; // prettier-ignore

const REGISTRY: readonly Removal[] = [
  ['Domain', 'deleted, with all in it', takeAway('registry', ['Repository', 'Store', 'Domain']), /domain \(?analytics/],
  ['Repository', 'deleted', takeAway('registry', ['Repository']), /isolatedsm/],
  ['Repository', 'without its upstream', ({ emulator }) => emulator.patch({ repositories: { isolatedsm: { upstreams: [] } } }), /isolatedsm has neither an upstream/],
  ['Store', 'deleted', takeAway('registry', ['Store']), /isolatedsm has neither an upstream/],
  ['Store', 'without `public:pypi`', ({ emulator }) => emulator.patch({ repositories: { 'pypi-store': { externalConnections: [] } } }), /pypi-store/]
]; // prettier-ignore

/** With the endpoints' names from two private hosted zones. */
const CENTRAL: readonly Removal[] = [
  ['ApiZone', 'deleted, with its record', takeAway('central-dns', ['ApiRecord', 'ApiZone']), /private DNS/],
  ['ApiRecord', 'deleted', takeAway('central-dns', ['ApiRecord']), /private hosted zone/],
  ['RepositoriesZone', 'deleted, with its record', takeAway('central-dns', ['RepositoriesRecord', 'RepositoriesZone']), /zone d\.codeartifact\.REGION/],
  ['RepositoriesRecord', 'deleted', takeAway('central-dns', ['RepositoriesRecord']), /zone d\.codeartifact\.REGION/]
]; // prettier-ignore

const SHARED: readonly Removal[] = [
  ['Domain', 'its policy deleted', ({ emulator }) => emulator.patch({ domains: { analytics: { policy: null } } }), /policy of the domain analytics/],
  ['Repository', 'its policy deleted', ({ emulator }) => emulator.patch({ repositories: { isolatedsm: { policy: null } } }), /policy of the repository isolatedsm/],
  ['Store', 'its policy deleted', ({ emulator }) => emulator.patch({ repositories: { 'pypi-store': { policy: null } } }), /Not checked: upstreams.*pypi-store/s]
]; // prettier-ignore

function stages(owner: string): void {
  const shared = owner !== ACCOUNT;
  const rows: Row[] = [];
  const removed: Row[] = [];
  const central: Row[] = [];
  let bench: Bench;
  const place = PLACE.map(word => (word === ACCOUNT ? owner : word));

  const administrator = async (text: string, account?: string): Promise<void> =>
    expect(await bench.emulator.apply(`set -eu\n${text}\n`, {}, account)).toMatchObject({
      code: 0,
      stderr: ''
    });
  const deploy = (template: string, given: Readonly<Record<string, string>>, account?: string): Promise<void> =>
    administrator(
      `aws cloudformation deploy --template-file infra/${template}.yaml --stack-name ${template} --capabilities CAPABILITY_IAM ` +
        `--parameter-overrides ${Object.entries(given).map(([name, value]) => `${name}='${value}'`).join(' ')}`,
      account
    ); // prettier-ignore
  const asked = async (
    verb: string,
    home = bench.home
  ): Promise<{ document: Document; code: number; ms: number }> => {
    const ran = await bench.tool('jupyter', ['codeartifact', verb, ...place, '--json'], home);
    return { document: JSON.parse(ran.stdout) as Document, code: ran.code, ms: ran.ms };
  };
  /** A machine that is too busy to answer for the metadata service in a second is not what is tested here. */
  const diagnosed = async (home: string, tries = 3): Promise<Document> => {
    const { document } = await asked('diagnose', home);
    return document.verdict === 'no_credentials' && tries > 1 ? diagnosed(home, tries - 1) : document;
  };
  const stage = async (number: string, what: string, verdict: string, code: number, verb = 'diagnose'): Promise<Document> => {
    const { document, code: ended, ms } = await asked(verb);
    expect([document.verdict, ended, told(document)]).toEqual([verdict, code, expect.anything()]);
    rows.push([number, what, `\`${verdict}\` (${code})`, seconds(ms)]);
    return document;
  }; // prettier-ignore

  beforeAll(async () => {
    bench = await openBench();
    await mkdir(join(bench.home, '.config/pip'), { recursive: true });
    await writeFile(join(bench.home, '.config/pip/pip.conf'), PIP_CONF);
    // An account with a VPC, a notebook and its role, which may nothing.
    await bench.emulator.patch({
      endpoints: { api: { exists: false }, repositories: { exists: false } },
      caller: { policies: { 'codeartifact-reader': null } },
      repositories: { isolatedsm: null, 'pypi-store': null, scratch: null },
      domains: { analytics: null }
    });
  });
  afterAll(() => bench.close());

  it('1 to 4 the registry alone: isolated', async () => {
    const given = { DomainName: 'analytics', Listing: 'yes', InternalPrefix: 'demo-future' };
    await deploy('registry', shared ? { ...given, Readers: ACCOUNT } : given, owner);
    const document = await stage('1 to 4', '`registry.yaml`', 'timeout', 3);
    expect(told(document).said).toMatch(/public address.*codeartifact\.api/s);
  });

  it('5 and 6 the network: AccessDenied', async () => {
    const { vpc } = await bench.emulator.world();
    await deploy('network', {
      VpcId: vpc.id,
      SubnetIds: vpc.subnets.join(','),
      ClientSecurityGroups: vpc.notebookInstance.securityGroup,
      DomainName: 'analytics',
      DomainOwner: owner,
      Listing: 'yes'
    });
    const document = await stage('5 and 6', '`network.yaml`', 'access_denied', 4);
    expect(told(document)).toMatchObject({ rung: 'token', who: 'identity administrator' });
  });

  it('7 the notebook: ok, and connected', async () => {
    const given = { DomainName: 'analytics', DomainOwner: owner, RepositoryName: 'isolatedsm' };
    await deploy('notebook', { ...given, ExistingRoleName: 'notebook-role', Listing: 'yes' });
    const document = await stage('7', '`notebook.yaml`', 'ok', 0);
    expect(document.rungs.filter(each => each.warning !== undefined)).toEqual([]);
    await stage('8', '**Connect**', 'ok', 0, 'connect');
  });

  it('8 pip downloads, installs and uninstalls, and the package shows; internal names never come from PyPI', async () => {
    const done = (...words: string[]) => bench.tool('pip', words);
    expect(await done('download', '--no-cache-dir', '-d', 'wheels', 'six')).toMatchObject({ code: 0 });
    // The same in both runs: once is enough.
    if (!shared) {
      expect(await bench.tool('python3', ['-m', 'venv', 'env'])).toMatchObject({ code: 0 });
      const python = join(bench.home, 'env/bin/python');
      for (const words of [
        ['install', '--no-cache-dir', 'six'],
        ['uninstall', '-y', 'six']
      ]) {
        expect(await bench.tool(python, ['-m', 'pip', ...words])).toMatchObject({ code: 0 });
      }
    }
    const { stdout } = await bench.tool('jupyter', ['codeartifact', 'packages', ...place, '--json']);
    expect(stdout).toContain('"six"');
    const internal = ['download', '--no-cache-dir', '--no-deps', '--ignore-requires-python', '-d', 'wheels', 'demo-future'];
    expect((await done(...internal)).code).not.toBe(0);
    await bench.emulator.remember();
    await bench.emulator.takeAway('registry', ['InternalPackages'], owner);
    expect(await done(...internal)).toMatchObject({ code: 0 });
    await bench.emulator.restore();
    removed.push(['InternalPackages', 'deleted', 'none of ours: pip installs the public package of that name', '', '']);
  }); // prettier-ignore

  it('each resource taken away or changed in turn is named', async () => {
    // Without a connection, so that each call is made anew.
    const home = await bench.otherHome();
    await bench.emulator.remember();
    await each(
      bench,
      shared ? SHARED : [...REGISTRY, ...NETWORK, ...NOTEBOOK],
      () => diagnosed(home),
      removed
    );
  });

  // The same in both runs: once is enough.
  if (!shared) {
    it('central DNS: two zones do what private DNS did, and each part of them is named when it is gone', async () => {
      const home = await bench.otherHome();
      await parameters('network', { PrivateDns: 'no' })(bench);
      const { vpc, endpoints } = await bench.emulator.world();
      const zone = 'Z1234567890ABC';
      await parameters('central-dns', {
        ApiEndpointDnsName: `${endpoints.api.id}-api00001.api.codeartifact.us-east-1.vpce.amazonaws.com`,
        ApiEndpointHostedZoneId: zone,
        RepositoriesEndpointDnsName: `${endpoints.repositories.id}-repo0001.d.codeartifact.us-east-1.vpce.amazonaws.com`,
        RepositoriesEndpointHostedZoneId: zone,
        FirstVpc: vpc.id
      })(bench);
      await bench.emulator.remember();
      expect(told(await diagnosed(home))).toMatchObject({ verdict: 'ok', rung: '' });
      await each(bench, CENTRAL, () => diagnosed(home), central);
      await bench.emulator.takeAway('central-dns', ['ApiRecord', 'ApiZone', 'RepositoriesRecord', 'RepositoriesZone']);
      await parameters('network', { PrivateDns: 'yes' })(bench);
      expect((await diagnosed(home)).verdict).toBe('ok');
    }); // prettier-ignore
  }

  it('9 the stack deleted: a timeout again, and Disconnect puts the old configuration back', async () => {
    await administrator('aws cloudformation delete-stack --stack-name network');
    await stage('9', '`network.yaml` deleted', 'timeout', 3);
    await stage('9', '**Disconnect**', 'ok', 0, 'disconnect');
    expect(await readFile(join(bench.home, '.config/pip/pip.conf'), 'utf8')).toBe(PIP_CONF);
  });

  it('docs/admin.md says the same', () => {
    const which = shared ? ' with the registry in another account' : '';
    const stageTable = keepTable(`stages${which}`, ['stage', 'done', 'expect', 'seconds'], rows);
    expect(stageTable.page).toBe(stageTable.seen);
    const removals = keepTable(`removals${which}`, HEAD, removed);
    expect(removals.page).toBe(removals.seen);
    if (!shared) {
      const zones = keepTable('removals of central DNS', HEAD, central);
      expect(zones.page).toBe(zones.seen);
    }
  });
}

describeInNamespaces('the nine stages from the stacks', () => stages(ACCOUNT));
describeInNamespaces('the nine stages from the stacks, the registry in another account', () => stages(OWNER));
