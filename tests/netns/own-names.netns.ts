// Endpoints without private DNS: their own `vpce-` names in the settings, on port 443 with TLS at private addresses, and real
// pip through them. Also the other names there are: dual-stack ones, and those of a domain in another account.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openBench, printed, rungOf, shape, type Answered, type Bench } from '../../testing/netns/harness';
import { describeInNamespaces } from '../../testing/netns/namespace';
import { VPC } from '../../testing/netns/vpc-network';

jest.setTimeout(120_000);

const API = 'vpce-0a1b2c3d4e5f6a7b8-api00001.api.codeartifact.us-east-1.vpce.amazonaws.com';
const REPOSITORIES = 'vpce-0b2c3d4e5f6a7b8c9-repo0001.d.codeartifact.us-east-1.vpce.amazonaws.com';
const own = (api = API, repositories = REPOSITORIES): string[] => [
  ...['--api-endpoint', `https://${api}`],
  ...['--repositories-endpoint', `https://${repositories}`]
];
const VERDICT_MS = 3500;

describeInNamespaces('names of the endpoints other than the public ones', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(() => bench.close());

  const verdictOf = ({ document, code }: Answered) => ({
    verdict: document.verdict,
    code,
    shape: shape(document),
    summary: document.summary
  });
  const expectOk = (answered: Answered): void =>
    expect(verdictOf(answered)).toMatchObject({ verdict: 'ok', code: 0 });
  const indexOf = async (): Promise<string> =>
    /index-url = (.*)/.exec(await readFile(join(bench.home, '.config/pip/pip.conf'), 'utf8'))?.[1] ?? '';
  let installs = 0;
  const pipInstalls = async (name: string): Promise<void> => {
    installs += 1;
    const args = ['install', '--no-cache-dir', '--no-deps', '--target', `site-${installs}`, name];
    const { code, stdout, stderr } = await bench.tool('pip', args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`Successfully installed ${name}`);
  };
  const administrator = async (text: string): Promise<string> => {
    const ran = await bench.emulator.apply(text);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    return ran.stdout;
  };

  describe('without private DNS', () => {
    beforeAll(() => bench.emulator.scenario('private-dns-off'));

    it('the public names lead out; what we print gives the names to set, and with them every hop is private', async () => {
      const before = (await bench.jupyter('diagnose')).document;
      const tcp = rungOf(before, 'tcp.api');
      expect(tcp.verdict).toBe('timeout');
      const names = (await administrator(printed(tcp, 'If private DNS must stay off'))).trim().split(/\s+/);
      expect(names).toEqual(expect.arrayContaining([API, REPOSITORIES]));
      const [api = '', repositories = ''] = ['.api.', '.d.'].map(kind =>
        names.find(each => each.includes(kind))
      );
      const after = await bench.jupyter('diagnose', ...own(api, repositories));
      expectOk(after);
      expect(rungOf(after.document, 'tcp.api').evidence).toMatchObject({
        host: API,
        port: 443,
        addressClass: 'private',
        addresses: [...VPC.api]
      });
      expect(rungOf(after.document, 'tcp.repository').evidence).toMatchObject({
        host: REPOSITORIES,
        addresses: [...VPC.repositories]
      });
      expect(rungOf(after.document, 'tls.repository').verdict).toBe('ok');
    });

    it('pip installs through the vpce- host, with the domain in the path and the token in netrc', async () => {
      const connected = await bench.jupyter('connect', ...own());
      expectOk(connected);
      const index = `https://${REPOSITORIES}/pypi/d/analytics-111122223333/isolatedsm/simple/`;
      expect(connected.document.connection?.indexUrl).toBe(index);
      expect(await indexOf()).toBe(index);
      await pipInstalls('six');
      const asked = (await bench.emulator.log()).filter(each => each.operation === 'file');
      expect(asked.at(-1)?.path).toMatch(/^\/pypi\/d\/analytics-111122223333\/isolatedsm\/simple\/six\//);
    });

    it('a second domain behind the same host: netrc cannot hold two, so the token is inline, and that is said', async () => {
      await bench.emulator.patch({
        domains: {
          science: { owner: '111122223333', encryptionKey: 'k', keyState: 'Enabled', policy: null }
        },
        repositories: {
          lab: { domain: 'science', description: '', policy: null, upstreams: [], externalConnections: ['public:pypi'] }
        },
        caller: { policies: { all: { document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } } } }
      }); // prettier-ignore
      const netrc = await readFile(join(bench.home, '.netrc'), 'utf8');
      // The first connection is one of somebody else's making: its memory is not ours.
      const other = await bench.otherHome();
      await bench.tool('cp', [join(bench.home, '.netrc'), join(other, '.netrc')]);
      const flags = [
        ...['--domain', 'science', '--domain-owner', '111122223333'],
        ...['--repository', 'lab', '--region', 'us-east-1'],
        ...own()
      ];
      const ran = await bench.tool('jupyter', ['codeartifact', 'connect', ...flags, '--json'], other);
      expect({ code: ran.code, said: ran.stdout }).toMatchObject({
        code: 0,
        said: expect.stringContaining(`already holds other credentials for ${REPOSITORIES}`)
      });
      expect(ran.stdout).toContain('so the token is written in the index URL');
      // What was there stays for the first domain.
      expect(await readFile(join(other, '.netrc'), 'utf8')).toBe(netrc);
      const pipConf = await readFile(join(other, '.config/pip/pip.conf'), 'utf8');
      expect(pipConf).toMatch(/^index-url = https:\/\/aws:[^@]+@vpce-0b2c[^/]+\/pypi\/d\/science-111122223333\/lab\/simple\/$/m);
      expect(ran.stdout).not.toContain(/aws:([^@]+)@/.exec(pipConf)?.[1] ?? 'no token');
      const pip = await bench.tool('pip', ['download', '--no-cache-dir', '--no-deps', '-d', 'wheels', 'six'], other);
      expect(pip).toMatchObject({ code: 0 });
    }); // prettier-ignore

    it('the name of an endpoint that is not there: said as such, and the text we print gives the right one', async () => {
      const wrong = own(API, 'vpce-0dead00000000000a-zzzz9999.d.codeartifact.us-east-1.vpce.amazonaws.com');
      const { document } = await bench.jupyter('diagnose', ...wrong);
      expect(document.verdict).toBe('dns');
      const rung = rungOf(document, 'dns.repository');
      expect(rung).toMatchObject({ verdict: 'dns', evidence: { code: 'ENOTFOUND' } });
      expect(rung.ms).toBeLessThanOrEqual(VERDICT_MS);
      expect(rung.fix).toMatchObject({
        who: 'network administrator',
        text: expect.stringContaining('repositoriesEndpoint')
      });
      const names = await administrator(printed(rung, 'The names of the endpoint'));
      expect(names.split(/\s+/)[0]).toBe(REPOSITORIES);
    });

    it("the other endpoint's name is refused before any packet", async () => {
      await bench.emulator.clearLog();
      const { document, code } = await bench.jupyter('diagnose', ...own(REPOSITORIES, API));
      expect({ verdict: document.verdict, code }).toEqual({ verdict: 'invalid_settings', code: 2 });
      expect(document.summary).toMatch(/apiEndpoint.*\.api\.codeartifact/);
      expect(await bench.emulator.log()).toEqual([]);
    });

    it("the name of one zone works too, and that zone's silence is the security group's question", async () => {
      const zone = 'vpce-0a1b2c3d4e5f6a7b8-api00001-us-east-1b.api.codeartifact.us-east-1.vpce.amazonaws.com';
      const { document } = await bench.jupyter('diagnose', ...own(zone));
      expect(rungOf(document, 'tcp.api')).toMatchObject({
        verdict: 'ok',
        evidence: { addresses: ['10.0.2.10'] }
      });
    });

    it('its security group closed: found by the id in the name, and opened by the text we print', async () => {
      await bench.emulator.scenario('private-dns-off');
      await bench.emulator.patch({ endpoints: { api: { securityGroupOpen: false } } });
      const { document } = await bench.jupyter('diagnose', ...own());
      const tcp = rungOf(document, 'tcp.api');
      expect(tcp).toMatchObject({ verdict: 'timeout', evidence: { addressClass: 'private', host: API } });
      expect(tcp.ms).toBeLessThanOrEqual(VERDICT_MS);
      await administrator(printed(tcp, 'Open port 443 to the notebook'));
      expectOk(await bench.jupyter('diagnose', ...own()));
    });

    it('its policy narrow: the text we print finds the endpoint by its id', async () => {
      // With a live token nobody would ask for one.
      await bench.jupyter('disconnect');
      await bench.emulator.scenario('endpoint-policy-narrow');
      const { document } = await bench.jupyter('diagnose', ...own());
      const token = rungOf(document, 'token');
      expect(token).toMatchObject({ verdict: 'access_denied', evidence: { policyType: 'vpc_endpoint' } });
      const text = printed(token, 'Add it to the policy of the codeartifact.api endpoint');
      expect(text).toContain('vpce-0a1b2c3d4e5f6a7b8');
      await administrator(text);
      expectOk(await bench.jupyter('diagnose', ...own()));
    });
  });

  describe('dual-stack', () => {
    const flags = ['--endpoint-type', 'dualstack'];
    const both = {
      endpoints: {
        api: { addresses: [...VPC.api, ...VPC.apiV6] },
        repositories: { addresses: [...VPC.repositories, ...VPC.repositoriesV6] }
      }
    };
    beforeEach(async () => {
      await bench.emulator.scenario('ok');
      await bench.emulator.patch(both);
    });

    it('both kinds of addresses are probed, and global IPv6 addresses of a VPC are no way past it', async () => {
      const connected = await bench.jupyter('connect', ...flags);
      expectOk(connected);
      const tcp = rungOf(connected.document, 'tcp.repository');
      expect(tcp.evidence).toMatchObject({
        host: 'analytics-111122223333.codeartifact.us-east-1.on.aws',
        addressClass: 'private'
      });
      expect([...(tcp.evidence.addresses as string[])].sort()).toEqual(
        [...VPC.repositories, ...VPC.repositoriesV6].sort()
      );
      expect(connected.document.rungs.filter(each => each.warning)).toEqual([]);
      expect(await indexOf()).toContain('analytics-111122223333.codeartifact.us-east-1.on.aws/pypi/isolatedsm/');
      await pipInstalls('six');
    }); // prettier-ignore

    it('IPv6 alone works as well', async () => {
      await bench.emulator.patch({
        endpoints: {
          api: { addresses: [...VPC.apiV6] },
          repositories: { addresses: [...VPC.repositoriesV6] }
        }
      });
      const { document } = await bench.jupyter('diagnose', ...flags);
      expect(shape(document)).toMatchObject({ 'tcp.api': 'ok', 'tls.api': 'ok', token: 'ok', index: 'ok' });
      await pipInstalls('six');
    });

    it('silent on both kinds: the security group, and the text we print opens it', async () => {
      await bench.emulator.patch({ endpoints: { repositories: { securityGroupOpen: false } } });
      const { document } = await bench.jupyter('diagnose', ...flags);
      const tcp = rungOf(document, 'tcp.repository');
      expect(tcp).toMatchObject({ verdict: 'timeout', evidence: { addressClass: 'private' } });
      expect(tcp.ms).toBeLessThanOrEqual(VERDICT_MS);
      await administrator(printed(tcp, 'Open port 443 to the notebook'));
      expectOk(await bench.jupyter('diagnose', ...flags));
    });

    it('a notebook without IPv6 goes by IPv4, without a word', async () => {
      await bench.notebook.must(['sh', '-c', 'echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6']);
      try {
        const answered = await bench.jupyter('diagnose', ...flags);
        expectOk(answered);
        expect(rungOf(answered.document, 'tcp.api').warning).toBeUndefined();
      } finally {
        await bench.notebook.must(['sh', '-c', 'echo 0 > /proc/sys/net/ipv6/conf/all/disable_ipv6']);
        const { notebookV6, routerV6 } = VPC;
        await bench.notebook.must(`ip address add ${notebookV6}/64 dev notebook0 nodad`.split(' '));
        await bench.notebook.must(`ip route add default via ${routerV6}`.split(' '));
      }
    });
  });

  it('a domain of another account: its own name, its token, and pip', async () => {
    await bench.emulator.scenario('ok');
    const other = '444455556666';
    const document = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: '*', Resource: '*' }]
    };
    await bench.emulator.patch({
      domains: { analytics: { owner: other, policy: document } },
      repositories: { isolatedsm: { policy: document }, 'pypi-store': { policy: document } },
      caller: { policies: { all: { document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } } } }
    });
    const connected = await bench.jupyter('connect', '--domain-owner', other);
    expectOk(connected);
    expect(await indexOf()).toBe(
      `https://analytics-${other}.d.codeartifact.us-east-1.amazonaws.com/pypi/isolatedsm/simple/`
    );
    await pipInstalls('six');
    // Our own account by mistake: the domain is not there, and nobody is told to open a network.
    const mistaken = await bench.jupyter('diagnose');
    expect(mistaken.document.verdict).toBe('not_found');
    expect(rungOf(mistaken.document, 'token').fix?.who).toBe('you');
  }); // prettier-ignore
});
