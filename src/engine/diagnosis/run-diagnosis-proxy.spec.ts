import { failed } from '../core/failure';
import { shape } from '../../../testing/fixtures/diagnosis/emulator-harness';
import { find, run } from '../../../testing/fixtures/diagnosis/run-checks';
import { API, fakeRuntime, never } from '../../../testing/fixtures/diagnosis/fake-deps';

test("a proxy's page is `proxy`, whatever its status, never a denial", async () => {
  const runtime = fakeRuntime();
  runtime.hosts[API] = {
    addresses: ['10.0.1.41'],
    status: 403,
    contentType: 'text/html',
    body: '<html>Blocked</html>'
  };
  runtime.aws.getAuthorizationToken = async () => failed('http_proxy_page', { host: API, status: 403 });
  runtime.aws.getRepositoryEndpoint = async () => failed('http_proxy_page', { host: API, status: 403 });
  const diagnosed = await run(runtime);
  expect(diagnosed).toMatchObject({ verdict: 'proxy', root: 'http.api' });
  expect(shape(diagnosed)).toMatchObject({ token: 'skipped because http.api' });
});

test('through a proxy, the proxy is what is looked up and connected to', async () => {
  const runtime = fakeRuntime({ HTTPS_PROXY: 'http://me:s3cret@proxy.corp:3128' });
  runtime.hosts['proxy.corp'] = { addresses: ['10.9.9.9'] };
  const diagnosed = await run(runtime);
  expect(runtime.asked).toContain('connect proxy.corp:3128');
  expect(runtime.asked).not.toContain(`resolve ${API}`);
  expect(find(diagnosed.rungs, 'tcp.api')?.evidence).toMatchObject({
    through: 'http://proxy.corp:3128',
    for: API
  });
  expect(find(diagnosed.rungs, 'environment')).toMatchObject({
    warning: expect.stringContaining('http://proxy.corp:3128 (HTTPS_PROXY)'),
    evidence: { proxyVariable: 'HTTPS_PROXY' }
  });
  expect(JSON.stringify(diagnosed)).not.toContain('s3cret');
});

test("a proxy that cannot be reached is the proxy's matter: no security group mends it", async () => {
  const runtime = fakeRuntime({ HTTPS_PROXY: 'http://proxy.corp:3128' });
  runtime.hosts['proxy.corp'] = { addresses: ['10.9.9.9'], silent: ['10.9.9.9'] };
  runtime.aws.getAuthorizationToken = (_, signal) => never(signal);
  runtime.aws.getRepositoryEndpoint = (_, signal) => never(signal);
  const diagnosed = await run(runtime);
  expect(diagnosed).toMatchObject({
    verdict: 'timeout',
    root: 'tcp.api',
    failure: { cause: 'proxy_silent', evidence: { proxyProblem: 'tcp_silent' } }
  });
  expect(JSON.stringify(diagnosed.rungs)).not.toContain('security-group');
});

test('an endpoint reached past the VPC works, with a word on its policy', async () => {
  const runtime = fakeRuntime();
  runtime.hosts[API] = { addresses: ['54.239.55.167'] };
  const diagnosed = await run(runtime);
  expect(diagnosed.verdict).toBe('ok');
  expect(find(diagnosed.rungs, 'tcp.api')?.warning).toContain('public address');
});
