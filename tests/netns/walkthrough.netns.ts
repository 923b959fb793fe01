// The backbone: the nine stages of connecting an Internet-disabled notebook to CodeArtifact, in order, with the real
// command on the real names. A stage stands on those before it.
import { access, mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as article from '../../testing/netns/article-policies';
import {
  openBench,
  PLACE,
  printed,
  rungOf,
  shape,
  type Answered,
  type Bench
} from '../../testing/netns/harness';
import { describeInNamespaces } from '../../testing/netns/namespace';
import type { Ran } from '../../testing/netns/run';
import { VPC } from '../../testing/netns/vpc-network';

jest.setTimeout(180_000);

/** A configuration that somebody has written: comments, CRLF, an index and an option of their own. */
const PIP_CONF =
  '# ours, do not touch\r\n[global]\r\ntimeout = 7\r\nindex-url = https://old.example/simple/\r\n\r\n[install]\r\nno-compile = yes\r\n';
/** The promise: a black hole gets its verdict within this, on the engine's own clock. */
const VERDICT_MS = 3500;

const codes = { ok: 0, timeout: 3, access_denied: 4 } as const;

describeInNamespaces('the nine stages', () => {
  let bench: Bench;
  let pipConf = '';

  const administrator = async (text: string): Promise<void> =>
    expect(await bench.emulator.apply(text)).toMatchObject({ code: 0, stderr: '' });
  /** What pastes into a cell, and the same words behind `jupyter codeartifact`. */
  const cell = ['login', '--tool', 'pip', ...PLACE];
  const reference = async (): Promise<Ran & { home: string }> => {
    const home = await bench.otherHome();
    return { ...(await bench.tool('aws', ['codeartifact', ...cell], home)), home };
  };
  const expectVerdict = (answered: Answered, verdict: keyof typeof codes): void => {
    expect({ verdict: answered.document.verdict, code: answered.code }).toEqual({
      verdict,
      code: codes[verdict]
    });
  };

  beforeAll(async () => {
    bench = await openBench();
    pipConf = join(bench.home, '.config/pip/pip.conf');
    await mkdir(join(bench.home, '.config/pip'), { recursive: true });
    await writeFile(pipConf, PIP_CONF);
    // An account with a domain and a notebook, and nothing else done yet.
    await bench.emulator.patch({
      endpoints: { api: { exists: false }, repositories: { exists: false } },
      caller: { policies: { 'codeartifact-reader': null } },
      repositories: { isolatedsm: null, 'pypi-store': null, scratch: null }
    });
  });
  afterAll(() => bench.close());

  it('1 two repositories, one drawing from PyPI, the other from it', async () => {
    await administrator(article.TWO_REPOSITORIES);
    expect((await bench.emulator.world()).repositories).toMatchObject({
      'pypi-store': { externalConnections: ['public:pypi'] },
      isolatedsm: { upstreams: ['pypi-store'] }
    });
  });

  it('2 the repository lets the role in, by the policy that we print', async () => {
    const { code, stdout } = await bench.tool('jupyter', [
      'codeartifact',
      'policy',
      '--for',
      'repository',
      // Instance metadata of a SageMaker notebook names a role of AWS's own: an administrator says which one is meant.
      ...['--role', 'arn:aws:iam::111122223333:role/notebook-role'],
      ...PLACE
    ]);
    expect(code).toBe(0);
    await administrator(article.putRepositoryPolicy(stdout));
    expect((await bench.emulator.world()).repositories.isolatedsm.policy?.Statement).toEqual([
      expect.objectContaining({
        Action: 'codeartifact:GetRepositoryEndpoint',
        Principal: { AWS: 'arn:aws:iam::111122223333:role/notebook-role' }
      }),
      expect.objectContaining({ Action: 'codeartifact:ReadFromRepository' }),
      expect.objectContaining({ Action: 'codeartifact:DescribeRepository' })
    ]);
  });

  it('3 and 4 the cell, one word changed: timeout at a public address within 3.5 s, and who must do what', async () => {
    const ran = await bench.jupyter('login', '--tool', 'pip');
    expectVerdict(ran, 'timeout');
    const tcp = rungOf(ran.document, 'tcp.api');
    expect(tcp.evidence).toMatchObject({ addressClass: 'public', addresses: [...VPC.publicApi] });
    expect(tcp.ms).toBeLessThanOrEqual(VERDICT_MS);
    expect(ran.document.summary).toContain('public address 52.94.229.10');
    expect(tcp.fix?.who).toBe('network administrator');
    // The reference takes 307 s for this by its own settings; with one attempt of 2 s it says the same.
    const home = await bench.otherHome();
    await mkdir(join(home, '.aws'));
    await writeFile(join(home, '.aws/config'), '[default]\nmax_attempts = 1\n');
    const theirs = await bench.tool('aws', ['--cli-connect-timeout', '2', 'codeartifact', ...cell], home);
    expect(theirs.stderr).toContain(
      'Connect timeout on endpoint URL: "https://codeartifact.us-east-1.amazonaws.com/'
    );
    expect(await readFile(pipConf, 'utf8')).toBe(PIP_CONF);
  });

  it('5 the api endpoint without private DNS changes nothing; with it the path is half open, and we say so', async () => {
    await administrator(article.API_ENDPOINT);
    const still = await bench.jupyter('diagnose');
    expect(rungOf(still.document, 'tcp.api').evidence.addressClass).toBe('public');

    // Of the two endpoints that this text is about there is one as yet.
    await administrator(printed(rungOf(still.document, 'tcp.api'), 'If private DNS is off'));
    const half = await bench.jupyter('diagnose');
    // Both are wrong: the role, which AWS has just said, and the missing endpoint, which no call could say.
    expectVerdict(half, 'access_denied');
    expect(shape(half.document)).toMatchObject({
      'tcp.api': 'ok',
      'tls.api': 'ok',
      'http.api': 'ok',
      token: 'access_denied',
      'tcp.repository': 'timeout',
      index: expect.stringMatching(/^skipped because (token|tcp\.repository)$/)
    });
    expect(rungOf(half.document, 'tcp.api').evidence.addresses).toEqual([...VPC.api]);
    expect(rungOf(half.document, 'tcp.repository').evidence).toMatchObject({
      addressClass: 'public',
      addresses: [...VPC.publicRepositories]
    });
  });

  it('5 the second endpoint by the very text that we printed; each address of both is probed on its own', async () => {
    const half = await bench.jupyter('diagnose');
    const tcp = rungOf(half.document, 'tcp.repository');
    expect(tcp.fix?.text).toContain('The codeartifact.api endpoint answers.');
    await administrator(printed(tcp, 'If the endpoint is missing'));
    await administrator(article.ENDPOINT_POLICIES);
    await bench.emulator.patch({ endpoints: { repositories: { deadAddresses: ['10.0.3.20'] } } });
    const one = await bench.jupyter('diagnose');
    expect(rungOf(one.document, 'tcp.api').evidence.addresses).toEqual([...VPC.api]);
    expect(rungOf(one.document, 'tcp.repository')).toMatchObject({
      verdict: 'ok',
      evidence: { addresses: [...VPC.repositories], deadAddresses: ['10.0.3.20'] },
      warning: expect.stringMatching(
        /^One of the repository endpoint's three addresses does not answer\..* No answer: 10\.0\.3\.20\.$/
      ),
      fix: {
        text: expect.stringContaining('network ACL and the route table of the subnet that holds 10.0.3.20')
      }
    });
    await bench.emulator.patch({ endpoints: { repositories: { deadAddresses: [] } } });
  });

  it('6 the network stands, the role may nothing: AccessDenied, by which policy, and "aws" agrees', async () => {
    const [ours, theirs] = [await bench.jupyter('connect'), await reference()];
    expectVerdict(ours, 'access_denied');
    expect(rungOf(ours.document, 'token').evidence).toMatchObject({
      policyType: 'identity',
      action: 'codeartifact:GetAuthorizationToken',
      principal: expect.stringContaining('notebook-role'),
      requestId: expect.stringMatching(/./)
    });
    expect(rungOf(ours.document, 'token').fix?.who).toBe('identity administrator');
    expect(theirs.code).not.toBe(0);
    expect(theirs.stderr).toContain('(AccessDeniedException)');
    expect(theirs.stderr).toContain(
      'no identity-based policy allows the codeartifact:GetAuthorizationToken action'
    );
    expect(await readFile(pipConf, 'utf8')).toBe(PIP_CONF);
  });

  it('7 the role may, by the policy that we print', async () => {
    const { code, stdout } = await bench.tool('jupyter', [
      'codeartifact',
      'policy',
      '--for',
      'role',
      '--listing',
      ...PLACE
    ]);
    expect(code).toBe(0);
    await administrator(article.putRolePolicy(stdout));
    expectVerdict(await bench.jupyter('diagnose'), 'ok');
  });

  it('8 connected, with its end in 12 hours; "aws" agrees', async () => {
    const [ours, theirs] = [await bench.jupyter('connect'), await reference()];
    expectVerdict(ours, 'ok');
    expect(ours.document.connection).toMatchObject({
      state: 'connected',
      indexUrl:
        'https://analytics-111122223333.d.codeartifact.us-east-1.amazonaws.com/pypi/isolatedsm/simple/'
    });
    expect(theirs).toMatchObject({ code: 0, stderr: '' });
    expect(theirs.stdout).toContain('Login expires in 12 hours at ');
    const until = (Date.parse(ours.document.connection?.expiresAt ?? '') - Date.now()) / 3_600_000;
    expect(Math.round(until)).toBe(12);
    // The same index, and no secret where theirs has one.
    const theirIndex = /index-url = (.*)/.exec(
      await readFile(join(theirs.home, '.config/pip/pip.conf'), 'utf8')
    )?.[1];
    const url = new URL(theirIndex ?? '');
    expect(`${url.origin}${url.pathname}`).toBe(ours.document.connection?.indexUrl);
    expect(await readFile(pipConf, 'utf8')).toContain(
      `index-url = ${ours.document.connection?.indexUrl ?? '-'}`
    );
    expect((await stat(join(bench.home, '.netrc'))).mode & 0o777).toBe(0o600);
  });

  it('8 pip downloads, installs and uninstalls; the package list shows what the repository now holds', async () => {
    const has = async (): Promise<string> =>
      (await bench.tool('jupyter', ['codeartifact', 'packages', ...PLACE, '--json'])).stdout;
    expect(await bench.tool('pip', ['download', '--no-cache-dir', '-d', 'wheels', 'six'])).toMatchObject({
      code: 0
    });
    expect(await readdir(join(bench.home, 'wheels'))).toEqual([
      expect.stringMatching(/^six-1\.17\.0-.*\.whl$/)
    ]);
    expect(await bench.tool('python3', ['-m', 'venv', 'env'])).toMatchObject({ code: 0 });
    const python = join(bench.home, 'env/bin/python');
    const installed = await bench.tool(python, ['-m', 'pip', 'install', '--no-cache-dir', 'demo-report']);
    expect(installed.stdout).toContain(
      'Successfully installed demo-colors-1.10.0 demo-palette-0.3.0 demo-report-1.2.0'
    );
    expect(await bench.tool(python, ['-c', 'import demo_report'])).toMatchObject({ code: 0 });
    expect(await bench.tool(python, ['-m', 'pip', 'uninstall', '-y', 'demo-report'])).toMatchObject({
      code: 0
    });
    expect((await bench.tool(python, ['-c', 'import demo_report'])).stderr).toContain('ModuleNotFoundError');
    expect(await has()).toMatch(/"six"/);
    expect(await has()).toMatch(/"demo-report"/);
  });

  it('9 without the endpoints it is a timeout again; Disconnect puts the old configuration back, byte for byte', async () => {
    await administrator(article.DESTROY_ENDPOINTS);
    const ours = await bench.jupyter('diagnose');
    expectVerdict(ours, 'timeout');
    expect(rungOf(ours.document, 'tcp.repository').evidence.addressClass).toBe('public');
    const away = await bench.jupyter('disconnect');
    expect(away).toMatchObject({ code: 0, document: { verdict: 'ok', connection: null } });
    expect(await readFile(pipConf, 'utf8')).toBe(PIP_CONF);
    await expect(access(join(bench.home, '.netrc'))).rejects.toThrow('ENOENT');
  });
});
