import { CHECK_IDS } from '../../protocol/rung';
import { Secret } from '../core/secret/secret';
import { done, failed } from '../core/failure';
import { aFailure } from '../../../testing/fixtures/diagnosis/a-failure';
import { failureFromNode } from '../net/node-error';
import type { GrantedToken } from './run-diagnosis';
import { shape } from '../../../testing/fixtures/diagnosis/emulator-harness';
import { find, run } from '../../../testing/fixtures/diagnosis/run-checks';
import { API, denied, fakeRuntime, never, REPOSITORY } from '../../../testing/fixtures/diagnosis/fake-deps';

test('a healthy ladder: every rung in order, the token and the index in the answer', async () => {
  const runtime = fakeRuntime();
  const diagnosed = await run(runtime);
  expect(diagnosed.rungs.map(rung => rung.id)).toEqual(CHECK_IDS);
  expect(diagnosed.rungs.filter(rung => rung.verdict !== 'ok').map(rung => rung.id)).toEqual(['tools', 's3']);
  expect(diagnosed).toMatchObject({
    verdict: 'ok',
    root: null,
    failure: null,
    region: 'us-east-1',
    domainOwner: '111122223333',
    indexUrl: `https://${REPOSITORY}/pypi/isolatedsm/simple/`,
    token: { minted: true }
  });
  expect(diagnosed.summary).toContain('pip can install from isolatedsm');
});

test('calls do not wait for probes, and both endpoints are probed at the same time', async () => {
  const runtime = fakeRuntime();
  await run(runtime);
  const at = (what: string) => runtime.asked.indexOf(what);
  expect(at('GetAuthorizationToken')).toBeLessThan(at(`handshake ${API}`));
  expect(at('GetRepositoryEndpoint')).toBeLessThan(at(`handshake ${API}`));
  expect(at(`resolve ${REPOSITORY}`)).toBeLessThan(at(`handshake ${API}`));
});

test('a broken name speaks for everything behind it', async () => {
  const runtime = fakeRuntime();
  runtime.hosts[API] = { dns: 'ENOTFOUND' };
  runtime.aws.getAuthorizationToken = (_, signal) => never(signal);
  runtime.aws.getRepositoryEndpoint = (_, signal) => never(signal);
  const diagnosed = await run(runtime);
  expect(diagnosed).toMatchObject({ verdict: 'dns', root: 'dns.api' });
  expect(shape(diagnosed)).toMatchObject({
    'tcp.api': 'skipped because dns.api',
    'http.api': 'skipped because dns.api',
    token: 'skipped because dns.api',
    endpoint: 'skipped because dns.api',
    'tcp.repository': 'ok',
    index: 'skipped because dns.api'
  });
  expect(diagnosed.rungs.filter(rung => rung.fix).map(rung => rung.id)).toEqual(['dns.api']);
});

test('a black hole is told after 3.3 s, on both endpoints at once', async () => {
  const runtime = fakeRuntime();
  runtime.hosts[API] = { addresses: ['54.239.55.167'], silent: ['54.239.55.167'] };
  runtime.hosts[REPOSITORY] = { addresses: ['52.59.12.200'], silent: ['52.59.12.200'] };
  runtime.aws.getAuthorizationToken = (_, signal) => never(signal);
  runtime.aws.getRepositoryEndpoint = (_, signal) => never(signal);
  const diagnosed = await run(runtime, {}, 3400);
  expect(diagnosed).toMatchObject({ verdict: 'timeout', root: 'tcp.api' });
  const tcp = find(diagnosed.rungs, 'tcp.api');
  expect(tcp).toMatchObject({
    ms: 3300,
    evidence: { addressClass: 'public', addresses: ['54.239.55.167'], results: [{ error: 'ETIMEDOUT' }] },
    fix: { who: 'network administrator' }
  });
  expect(diagnosed.summary).toContain('public address');
  expect(find(diagnosed.rungs, 'tcp.repository')?.verdict).toBe('timeout');
});

test('one dead address of several is a warning that names it, and holds nothing else up', async () => {
  const runtime = fakeRuntime();
  runtime.hosts[REPOSITORY] = { addresses: ['10.0.3.18', '10.0.4.77'], silent: ['10.0.3.18'] };
  let reached = -1;
  const diagnosed = await run({
    ...runtime,
    deps: {
      ...runtime.deps,
      finish: async () => {
        reached = runtime.clock.ticks();
        return done(undefined);
      }
    }
  });
  expect(diagnosed.verdict).toBe('ok');
  expect(reached).toBe(0);
  expect(find(diagnosed.rungs, 'tcp.repository')).toMatchObject({
    verdict: 'ok',
    warning: expect.stringContaining(
      'two addresses does not answer. Some installs may pause or fail. No answer: 10.0.3.18'
    ),
    evidence: { deadAddresses: ['10.0.3.18'], results: [{ ok: false }, { ok: true }] },
    fix: { who: 'network administrator' }
  });
  expect(diagnosed.summary).toContain('10.0.3.18');
});

test("a call's own network error is explained by the probe of the way, not repeated", async () => {
  const runtime = fakeRuntime();
  runtime.hosts[API] = { addresses: ['10.0.1.41'], refused: true };
  const failure = failureFromNode({ code: 'ECONNREFUSED' }, { phase: 'tcp', host: API });
  runtime.aws.getAuthorizationToken = async () => ({ ok: false, failure });
  runtime.aws.getRepositoryEndpoint = async () => ({ ok: false, failure });
  const diagnosed = await run(runtime);
  expect(diagnosed).toMatchObject({ verdict: 'refused', root: 'tcp.api' });
  expect(shape(diagnosed)).toMatchObject({
    token: 'skipped because tcp.api',
    endpoint: 'skipped because tcp.api'
  });
});

test('a network error that no probe sees stays where it was met', async () => {
  const runtime = fakeRuntime();
  const failure = failureFromNode({ code: 'ECONNRESET', syscall: 'read' }, { phase: 'http', host: API });
  runtime.aws.getAuthorizationToken = async () => ({ ok: false, failure });
  const diagnosed = await run(runtime);
  expect(diagnosed).toMatchObject({ verdict: 'refused', root: 'token' });
});

test('a denial is the root, the network is fine, and nothing is written', async () => {
  const runtime = fakeRuntime();
  runtime.aws.getAuthorizationToken = async () => denied;
  let finished = false;
  const finish = async () => {
    finished = true;
    return done(undefined);
  };
  const diagnosed = await run({ ...runtime, deps: { ...runtime.deps, finish } });
  expect(diagnosed).toMatchObject({ verdict: 'access_denied', root: 'token' });
  expect(shape(diagnosed)).toMatchObject({
    'http.api': 'ok',
    index: 'skipped because token',
    tools: 'skipped because token'
  });
  expect(finished).toBe(false);
});

test('on top of a Connect the files are written once, with what they need', async () => {
  const runtime = fakeRuntime();
  const granted: GrantedToken[] = [];
  const finish = async (one: GrantedToken) => {
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
  const diagnosed = await run({ ...runtime, deps: { ...runtime.deps, finish, inspectTools } });
  expect(granted).toMatchObject([
    {
      indexUrl: `https://${REPOSITORY}/pypi/isolatedsm/simple/`,
      region: 'us-east-1',
      domainOwner: '111122223333'
    }
  ]);
  expect(find(diagnosed.rungs, 'tools')).toMatchObject({ verdict: 'ok', summary: 'pip uses it.' });
});

test('a file that cannot be written is the last rung, and the verdict', async () => {
  const runtime = fakeRuntime();
  const finish = async () => ({ ok: false, failure: aFailure('file_unparsable') }) as const;
  const diagnosed = await run({ ...runtime, deps: { ...runtime.deps, finish } });
  expect(diagnosed).toMatchObject({ verdict: 'write_failed', root: 'tools' });
});

test('a diagnosis with a live token asks for none', async () => {
  const runtime = fakeRuntime();
  const cached = { token: new Secret('live'), expiresAt: runtime.clock.now() + 3600_000 };
  const diagnosed = await run(runtime, { mode: 'diagnose', cached });
  expect(runtime.asked).not.toContain('GetAuthorizationToken');
  expect(diagnosed).toMatchObject({ verdict: 'ok', token: { minted: false } });
  expect(find(diagnosed.rungs, 'token')?.summary).toBe('the present one, 1 h left');
});

test('a token that has ended is no token at hand', async () => {
  const runtime = fakeRuntime();
  const cached = { token: new Secret('old'), expiresAt: runtime.clock.now() - 1 };
  await run(runtime, { mode: 'diagnose', cached });
  expect(runtime.asked).toContain('GetAuthorizationToken');
});

test('the repository endpoint is elsewhere than assumed: it is probed where it is', async () => {
  const runtime = fakeRuntime();
  const other = 'vpce-0abc-xyz.d.codeartifact.us-east-1.vpce.amazonaws.com';
  runtime.hosts[REPOSITORY] = { addresses: ['52.59.12.200'], silent: ['52.59.12.200'] };
  runtime.hosts[other] = { addresses: ['10.0.3.18'] };
  runtime.aws.getRepositoryEndpoint = async () => done({ url: `https://${other}/pypi/isolatedsm/` });
  const diagnosed = await run(runtime);
  expect(diagnosed.verdict).toBe('ok');
  expect(find(diagnosed.rungs, 'dns.repository')?.evidence).toMatchObject({
    host: other,
    addresses: ['10.0.3.18']
  });
});

test('even when the assumed one has already failed', async () => {
  const runtime = fakeRuntime();
  const other = 'vpce-0abc-xyz.d.codeartifact.us-east-1.vpce.amazonaws.com';
  runtime.hosts[REPOSITORY] = { dns: 'ENOTFOUND' };
  runtime.hosts[other] = { addresses: ['10.0.3.18'] };
  runtime.aws.getRepositoryEndpoint = async (_, signal) => {
    await runtime.clock.sleep(50, signal);
    return done({ url: `https://${other}/pypi/isolatedsm/` });
  };
  expect((await run(runtime)).verdict).toBe('ok');
});

test('no token is sent to a host that is not allowed', async () => {
  const runtime = fakeRuntime();
  runtime.hosts['evil.example.com'] = { addresses: ['10.0.9.9'] };
  runtime.aws.getRepositoryEndpoint = async () => done({ url: 'https://evil.example.com/pypi/isolatedsm/' });
  const diagnosed = await run(runtime);
  expect(diagnosed).toMatchObject({ verdict: 'invalid_settings', root: 'endpoint' });
  expect(runtime.asked.join(' ')).not.toContain('evil');
});

test('a Region without CodeArtifact is told before any packet', async () => {
  const runtime = fakeRuntime();
  const deps = {
    ...runtime.deps,
    aws: {
      ...runtime.deps.aws,
      findRegion: async () =>
        failed('region_without_codeartifact', {
          message: 'CodeArtifact is not offered in ca-central-1.',
          region: 'ca-central-1',
          regions: []
        })
    }
  };
  const diagnosed = await run({ ...runtime, deps });
  expect(diagnosed).toMatchObject({ verdict: 'invalid_settings', root: 'environment' });
  expect(runtime.asked).toEqual([]);
  expect(diagnosed.rungs.filter(rung => rung.because === 'environment')).toHaveLength(12);
});

test("AWS's word on the time puts the fault where it is: at the notebook's clock", async () => {
  const runtime = fakeRuntime();
  const skewed = failed('clock_skewed', { skewSeconds: -420, requestId: 'r' }).failure;
  runtime.aws.getAuthorizationToken = async () => ({ ok: false, failure: skewed });
  runtime.aws.getRepositoryEndpoint = async () => ({ ok: false, failure: skewed });
  const diagnosed = await run(runtime);
  expect(diagnosed).toMatchObject({ verdict: 'clock_skew', root: 'environment' });
  expect(find(diagnosed.rungs, 'environment')?.evidence).toMatchObject({
    skewSeconds: -420,
    region: 'us-east-1'
  });
  expect(shape(diagnosed)).toMatchObject({ token: 'skipped because environment' });
});

test('a clock that AWS still bears with is a warning', async () => {
  const runtime = fakeRuntime();
  runtime.hosts[API] = { addresses: ['10.0.1.41'], dateMs: runtime.clock.now() + 270_000 };
  const diagnosed = await run(runtime);
  expect(diagnosed.verdict).toBe('ok');
  expect(find(diagnosed.rungs, 'http.api')).toMatchObject({
    warning: 'The clock of this notebook is 5 min slow.'
  });
});

test('an unsigned request without an answer is no verdict when the signed ones are answered', async () => {
  const runtime = fakeRuntime();
  runtime.hosts[API] = { addresses: ['10.0.1.41'], mute: true };
  const diagnosed = await run(runtime);
  expect(diagnosed.verdict).toBe('ok');
  expect(find(diagnosed.rungs, 'http.api')).toMatchObject({ verdict: 'ok', warning: expect.any(String) });
});

test('silence after the connection is told within 3.5 s', async () => {
  const runtime = fakeRuntime();
  runtime.hosts[API] = { addresses: ['10.0.1.41'], mute: true };
  runtime.aws.getAuthorizationToken = (_, signal) => never(signal);
  runtime.aws.getRepositoryEndpoint = (_, signal) => never(signal);
  expect(await run(runtime, {}, 3500)).toMatchObject({ verdict: 'timeout', root: 'http.api' });
});
