import { RUNG_IDS } from '../../../protocol/rung';
import { Secret } from '../../pure/secret/secret';
import { done, failed } from '../../pure/verdicts/failure';
import { failureFromNode } from '../../pure/verdicts/from-node';
import { clockFailure } from '../../pure/verdicts/clock-skew';
import type { Granted } from './climb';
import { shape } from './testing/bench';
import { find, run } from './testing/climbing';
import { API, denied, fakeWorld, never, REPOSITORY } from './testing/fake-deps';

test('a healthy ladder: every rung in order, the token and the index in the answer', async () => {
  const world = fakeWorld();
  const climbed = await run(world);
  expect(climbed.rungs.map(rung => rung.id)).toEqual(RUNG_IDS);
  expect(climbed.rungs.filter(rung => rung.verdict !== 'ok').map(rung => rung.id)).toEqual(['tools', 's3']);
  expect(climbed).toMatchObject({
    verdict: 'ok',
    root: null,
    failure: null,
    region: 'us-east-1',
    domainOwner: '111122223333',
    indexUrl: `https://${REPOSITORY}/pypi/isolatedsm/simple/`,
    token: { minted: true }
  });
  expect(climbed.summary).toContain('pip can install from isolatedsm');
});

test('calls do not wait for probes, and both endpoints are probed at the same time', async () => {
  const world = fakeWorld();
  await run(world);
  const at = (what: string) => world.asked.indexOf(what);
  expect(at('GetAuthorizationToken')).toBeLessThan(at(`handshake ${API}`));
  expect(at('GetRepositoryEndpoint')).toBeLessThan(at(`handshake ${API}`));
  expect(at(`resolve ${REPOSITORY}`)).toBeLessThan(at(`handshake ${API}`));
});

test('a broken name speaks for everything behind it', async () => {
  const world = fakeWorld();
  world.hosts[API] = { dns: 'ENOTFOUND' };
  world.aws.getAuthorizationToken = (_, signal) => never(signal);
  world.aws.getRepositoryEndpoint = (_, signal) => never(signal);
  const climbed = await run(world);
  expect(climbed).toMatchObject({ verdict: 'dns', root: 'dns.api' });
  expect(shape(climbed)).toMatchObject({
    'tcp.api': 'skipped because dns.api',
    'http.api': 'skipped because dns.api',
    token: 'skipped because dns.api',
    endpoint: 'skipped because dns.api',
    'tcp.repository': 'ok',
    index: 'skipped because dns.api'
  });
  expect(climbed.rungs.filter(rung => rung.fix).map(rung => rung.id)).toEqual(['dns.api']);
});

test('a black hole is told after 3.3 s, on both endpoints at once', async () => {
  const world = fakeWorld();
  world.hosts[API] = { addresses: ['54.239.55.167'], silent: ['54.239.55.167'] };
  world.hosts[REPOSITORY] = { addresses: ['52.59.12.200'], silent: ['52.59.12.200'] };
  world.aws.getAuthorizationToken = (_, signal) => never(signal);
  world.aws.getRepositoryEndpoint = (_, signal) => never(signal);
  const climbed = await run(world, {}, 3400);
  expect(climbed).toMatchObject({ verdict: 'timeout', root: 'tcp.api' });
  const tcp = find(climbed.rungs, 'tcp.api');
  expect(tcp).toMatchObject({
    ms: 3300,
    evidence: { addressClass: 'public', addresses: ['54.239.55.167'], results: [{ error: 'ETIMEDOUT' }] },
    fix: { who: 'network administrator' }
  });
  expect(climbed.summary).toContain('public address');
  expect(find(climbed.rungs, 'tcp.repository')?.verdict).toBe('timeout');
});

test('one dead address of several is a warning that names it, and holds nothing else up', async () => {
  const world = fakeWorld();
  world.hosts[REPOSITORY] = { addresses: ['10.0.3.18', '10.0.4.77'], silent: ['10.0.3.18'] };
  let reached = -1;
  const climbed = await run({
    ...world,
    deps: {
      ...world.deps,
      finish: async () => {
        reached = world.clock.ticks();
        return done(undefined);
      }
    }
  });
  expect(climbed.verdict).toBe('ok');
  expect(reached).toBe(0);
  expect(find(climbed.rungs, 'tcp.repository')).toMatchObject({
    verdict: 'ok',
    warning: expect.stringContaining('1 of 2 addresses does not answer: 10.0.3.18'),
    evidence: { deadAddresses: ['10.0.3.18'], results: [{ ok: false }, { ok: true }] },
    fix: { who: 'network administrator' }
  });
  expect(climbed.summary).toContain('10.0.3.18');
});

test("a call's own network error is explained by the probe of the way, not repeated", async () => {
  const world = fakeWorld();
  world.hosts[API] = { addresses: ['10.0.1.41'], refused: true };
  const failure = failureFromNode({ code: 'ECONNREFUSED' }, { phase: 'tcp', host: API });
  world.aws.getAuthorizationToken = async () => ({ ok: false, failure });
  world.aws.getRepositoryEndpoint = async () => ({ ok: false, failure });
  const climbed = await run(world);
  expect(climbed).toMatchObject({ verdict: 'refused', root: 'tcp.api' });
  expect(shape(climbed)).toMatchObject({
    token: 'skipped because tcp.api',
    endpoint: 'skipped because tcp.api'
  });
});

test('a network error that no probe sees stays where it was met', async () => {
  const world = fakeWorld();
  const failure = failureFromNode({ code: 'ECONNRESET', syscall: 'read' }, { phase: 'http', host: API });
  world.aws.getAuthorizationToken = async () => ({ ok: false, failure });
  const climbed = await run(world);
  expect(climbed).toMatchObject({ verdict: 'refused', root: 'token' });
});

test('a denial is the root, the network is fine, and nothing is written', async () => {
  const world = fakeWorld();
  world.aws.getAuthorizationToken = async () => denied;
  let finished = false;
  const finish = async () => {
    finished = true;
    return done(undefined);
  };
  const climbed = await run({ ...world, deps: { ...world.deps, finish } });
  expect(climbed).toMatchObject({ verdict: 'access_denied', root: 'token' });
  expect(shape(climbed)).toMatchObject({
    'http.api': 'ok',
    index: 'skipped because token',
    tools: 'skipped because token'
  });
  expect(finished).toBe(false);
});

test('on top of a Connect the files are written once, with what they need', async () => {
  const world = fakeWorld();
  const granted: Granted[] = [];
  const finish = async (one: Granted) => {
    granted.push(one);
    return done(undefined);
  };
  const inspectTools = async () => ({
    files: [],
    ok: true,
    summary: 'pip uses it.',
    evidence: {},
    shadows: []
  });
  const climbed = await run({ ...world, deps: { ...world.deps, finish, inspectTools } });
  expect(granted).toMatchObject([
    {
      indexUrl: `https://${REPOSITORY}/pypi/isolatedsm/simple/`,
      region: 'us-east-1',
      domainOwner: '111122223333'
    }
  ]);
  expect(find(climbed.rungs, 'tools')).toMatchObject({ verdict: 'ok', summary: 'pip uses it.' });
});

test('a file that cannot be written is the last rung, and the verdict', async () => {
  const world = fakeWorld();
  const finish = async () => failed('write_failed', 'file_unparsable', 'Line 7 of pip.conf is not valid.');
  const climbed = await run({ ...world, deps: { ...world.deps, finish } });
  expect(climbed).toMatchObject({ verdict: 'write_failed', root: 'tools' });
});

test('a diagnosis with a live token asks for none', async () => {
  const world = fakeWorld();
  const cached = { token: new Secret('live'), expiresAt: world.clock.now() + 3600_000 };
  const climbed = await run(world, { mode: 'diagnose', cached });
  expect(world.asked).not.toContain('GetAuthorizationToken');
  expect(climbed).toMatchObject({ verdict: 'ok', token: { minted: false } });
  expect(find(climbed.rungs, 'token')?.summary).toBe('the present one, 1 h left');
});

test('a token that has ended is no token at hand', async () => {
  const world = fakeWorld();
  const cached = { token: new Secret('old'), expiresAt: world.clock.now() - 1 };
  await run(world, { mode: 'diagnose', cached });
  expect(world.asked).toContain('GetAuthorizationToken');
});

test('the repository endpoint is elsewhere than assumed: it is probed where it is', async () => {
  const world = fakeWorld();
  const other = 'vpce-0abc-xyz.d.codeartifact.us-east-1.vpce.amazonaws.com';
  world.hosts[REPOSITORY] = { addresses: ['52.59.12.200'], silent: ['52.59.12.200'] };
  world.hosts[other] = { addresses: ['10.0.3.18'] };
  world.aws.getRepositoryEndpoint = async () => done({ url: `https://${other}/pypi/isolatedsm/` });
  const climbed = await run(world);
  expect(climbed.verdict).toBe('ok');
  expect(find(climbed.rungs, 'dns.repository')?.evidence).toMatchObject({
    host: other,
    addresses: ['10.0.3.18']
  });
});

test('even when the assumed one has already failed', async () => {
  const world = fakeWorld();
  const other = 'vpce-0abc-xyz.d.codeartifact.us-east-1.vpce.amazonaws.com';
  world.hosts[REPOSITORY] = { dns: 'ENOTFOUND' };
  world.hosts[other] = { addresses: ['10.0.3.18'] };
  world.aws.getRepositoryEndpoint = async (_, signal) => {
    await world.clock.sleep(50, signal);
    return done({ url: `https://${other}/pypi/isolatedsm/` });
  };
  expect((await run(world)).verdict).toBe('ok');
});

test('no token is sent to a host that is not allowed', async () => {
  const world = fakeWorld();
  world.hosts['evil.example.com'] = { addresses: ['10.0.9.9'] };
  world.aws.getRepositoryEndpoint = async () => done({ url: 'https://evil.example.com/pypi/isolatedsm/' });
  const climbed = await run(world);
  expect(climbed).toMatchObject({ verdict: 'invalid_settings', root: 'endpoint' });
  expect(world.asked.join(' ')).not.toContain('evil');
});

test('a Region without CodeArtifact is told before any packet', async () => {
  const world = fakeWorld();
  const deps = {
    ...world.deps,
    aws: {
      ...world.deps.aws,
      findRegion: async () =>
        failed(
          'invalid_settings',
          'region_without_codeartifact',
          'CodeArtifact is not offered in ca-central-1.'
        )
    }
  };
  const climbed = await run({ ...world, deps });
  expect(climbed).toMatchObject({ verdict: 'invalid_settings', root: 'environment' });
  expect(world.asked).toEqual([]);
  expect(climbed.rungs.filter(rung => rung.because === 'environment')).toHaveLength(12);
});

test("AWS's word on the time puts the fault where it is: at the notebook's clock", async () => {
  const world = fakeWorld();
  const skewed = clockFailure(-420, { requestId: 'r' });
  world.aws.getAuthorizationToken = async () => ({ ok: false, failure: skewed });
  world.aws.getRepositoryEndpoint = async () => ({ ok: false, failure: skewed });
  const climbed = await run(world);
  expect(climbed).toMatchObject({ verdict: 'clock_skew', root: 'environment' });
  expect(find(climbed.rungs, 'environment')?.evidence).toMatchObject({
    skewSeconds: -420,
    region: 'us-east-1'
  });
  expect(shape(climbed)).toMatchObject({ token: 'skipped because environment' });
});

test('a clock that AWS still bears with is a warning', async () => {
  const world = fakeWorld();
  world.hosts[API] = { addresses: ['10.0.1.41'], dateMs: world.clock.now() + 270_000 };
  const climbed = await run(world);
  expect(climbed.verdict).toBe('ok');
  expect(find(climbed.rungs, 'http.api')).toMatchObject({
    warning: 'The clock of this notebook is 5 min slow.'
  });
});

test('an unsigned request without an answer is no verdict when the signed ones are answered', async () => {
  const world = fakeWorld();
  world.hosts[API] = { addresses: ['10.0.1.41'], mute: true };
  const climbed = await run(world);
  expect(climbed.verdict).toBe('ok');
  expect(find(climbed.rungs, 'http.api')).toMatchObject({ verdict: 'ok', warning: expect.any(String) });
});

test('silence after the connection is told within 3.5 s', async () => {
  const world = fakeWorld();
  world.hosts[API] = { addresses: ['10.0.1.41'], mute: true };
  world.aws.getAuthorizationToken = (_, signal) => never(signal);
  world.aws.getRepositoryEndpoint = (_, signal) => never(signal);
  expect(await run(world, {}, 3500)).toMatchObject({ verdict: 'timeout', root: 'http.api' });
});

test("a proxy's page is `proxy`, whatever its status, never a denial", async () => {
  const world = fakeWorld();
  world.hosts[API] = {
    addresses: ['10.0.1.41'],
    status: 403,
    contentType: 'text/html',
    body: '<html>Blocked</html>'
  };
  world.aws.getAuthorizationToken = async () => failed('proxy', 'http_proxy_page', 'A proxy answered.');
  world.aws.getRepositoryEndpoint = async () => failed('proxy', 'http_proxy_page', 'A proxy answered.');
  const climbed = await run(world);
  expect(climbed).toMatchObject({ verdict: 'proxy', root: 'http.api' });
  expect(shape(climbed)).toMatchObject({ token: 'skipped because http.api' });
});

test('through a proxy, the proxy is what is looked up and connected to', async () => {
  const world = fakeWorld({ HTTPS_PROXY: 'http://me:s3cret@proxy.corp:3128' });
  world.hosts['proxy.corp'] = { addresses: ['10.9.9.9'] };
  const climbed = await run(world);
  expect(world.asked).toContain('connect proxy.corp:3128');
  expect(world.asked).not.toContain(`resolve ${API}`);
  expect(find(climbed.rungs, 'tcp.api')?.evidence).toMatchObject({
    through: 'http://proxy.corp:3128',
    for: API
  });
  expect(find(climbed.rungs, 'environment')).toMatchObject({
    warning: expect.stringContaining('http://proxy.corp:3128 (HTTPS_PROXY)'),
    evidence: { proxyVariable: 'HTTPS_PROXY' }
  });
  expect(JSON.stringify(climbed)).not.toContain('s3cret');
});

test("a proxy that cannot be reached is the proxy's matter: no security group mends it", async () => {
  const world = fakeWorld({ HTTPS_PROXY: 'http://proxy.corp:3128' });
  world.hosts['proxy.corp'] = { addresses: ['10.9.9.9'], silent: ['10.9.9.9'] };
  world.aws.getAuthorizationToken = (_, signal) => never(signal);
  world.aws.getRepositoryEndpoint = (_, signal) => never(signal);
  const climbed = await run(world);
  expect(climbed).toMatchObject({
    verdict: 'timeout',
    root: 'tcp.api',
    failure: { cause: 'http_proxy_page' }
  });
  expect(JSON.stringify(climbed.rungs)).not.toContain('security-group');
});

test('an endpoint reached past the VPC works, with a word on its policy', async () => {
  const world = fakeWorld();
  world.hosts[API] = { addresses: ['54.239.55.167'] };
  const climbed = await run(world);
  expect(climbed.verdict).toBe('ok');
  expect(find(climbed.rungs, 'tcp.api')?.warning).toContain('public address');
});
