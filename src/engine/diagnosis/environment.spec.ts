import { find, request, run } from '../../../testing/fixtures/diagnosis/run-checks';
import { runDiagnosis } from './run-diagnosis';
import { fakeRuntime } from '../../../testing/fixtures/diagnosis/fake-deps';

const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const proxy = 'http://me:s3cret@proxy.corp:3128';

async function environment(env: Record<string, string>, files: Record<string, string> = {}) {
  const runtime = fakeRuntime(env);
  runtime.hosts['proxy.corp'] = { addresses: ['10.9.9.9'] };
  const deps = { ...runtime.deps, readText: async (path: string) => files[path] ?? null };
  const diagnosed = await run({ ...runtime, deps }, { mode: 'diagnose' });
  expect(JSON.stringify(diagnosed.rungs)).not.toContain('s3cret');
  const rung = find(diagnosed.rungs, 'environment');
  return { diagnosed, rung, evidence: rung?.evidence, warning: rung?.warning };
}

test('says the Region and where it is from, the endpoint and where it is from, and Node', async () => {
  const { rung, evidence } = await environment({});
  expect(rung).toMatchObject({ verdict: 'ok', summary: 'us-east-1, from the setting region' });
  expect(evidence).toMatchObject({
    region: 'us-east-1',
    regionSource: 'the setting region',
    apiEndpoint: 'https://codeartifact.us-east-1.amazonaws.com',
    node: process.version
  });
});

test('names the variables that shadow files, never their values', async () => {
  const { evidence, diagnosed } = await environment({
    PIP_INDEX_URL: 'https://user:hunter2@old.corp/simple/',
    UV_DEFAULT_INDEX: 'https://old.corp/simple/',
    AWS_PROFILE: 'dev',
    AWS_SECRET_ACCESS_KEY: 'hunter2',
    PIP_NO_COLOR: '1',
    NETRC: '/home/me/netrc',
    PATH: '/bin'
  });
  expect(evidence).toMatchObject({
    pipVariables: ['PIP_INDEX_URL'],
    uvVariables: ['UV_DEFAULT_INDEX'],
    awsVariables: ['AWS_PROFILE', 'AWS_SECRET_ACCESS_KEY'],
    otherVariables: ['NETRC']
  });
  expect(JSON.stringify(diagnosed.rungs)).not.toContain('hunter2');
});

test.each<[string, Record<string, string>, RegExp | undefined]>([
  ['no proxy', {}, undefined],
  [
    'a proxy for both',
    { HTTPS_PROXY: proxy },
    /AWS calls and pip go through the proxy http:\/\/proxy\.corp:3128 \(HTTPS_PROXY\)/
  ],
  ['exempted as it should be', { HTTPS_PROXY: proxy, NO_PROXY: '.amazonaws.com' }, undefined],
  [
    'exempted as nobody reads it',
    { HTTPS_PROXY: proxy, NO_PROXY: '*.amazonaws.com' },
    /go through the proxy/
  ],
  ['pip alone', { ALL_PROXY: proxy }, /pip goes through .*although the AWS calls do not/],
  ['pip by its own variable', { PIP_PROXY: proxy, NO_PROXY: '*' }, /pip goes through .*PIP_PROXY/]
])('proxies: %s', async (_, env, expected) => {
  const { warning, rung } = await environment(env);
  if (expected) {
    expect(warning).toMatch(expected);
    expect(rung?.fix?.snippets.map(one => one.text).join()).toContain('NO_PROXY');
  } else {
    expect(warning).toBeUndefined();
  }
});

test.each<[string, Record<string, string>, object, RegExp | undefined]>([
  ['AWS_CA_BUNDLE', { AWS_CA_BUNDLE: '/ca.pem' }, { caBundle: '/ca.pem' }, undefined],
  [
    'PIP_CERT',
    { PIP_CERT: '/ca.pem' },
    { pipCaBundle: '/ca.pem', pipCaBundleVariable: 'PIP_CERT' },
    undefined
  ],
  // The check of the tools tells of a file that is not there.
  ['PIP_CERT that is not there', { PIP_CERT: '/gone.pem' }, { pipCaBundle: '/gone.pem' }, undefined],
  [
    'both, of which requests takes its own first',
    { PIP_CERT: '/ca.pem', CURL_CA_BUNDLE: '/empty.pem' },
    { pipCaBundleVariable: 'CURL_CA_BUNDLE' },
    /holds no certificate/
  ],
  ['PIP_CERT that is no bundle', { PIP_CERT: '/empty.pem' }, {}, /holds no certificate/]
])('certificates: %s', async (_, env, evidence, warning) => {
  const seen = await environment(env, { '/ca.pem': PEM, '/empty.pem': '' });
  expect(seen.diagnosed.verdict).toBe('ok');
  expect(seen.evidence).toMatchObject(evidence);
  if (warning) {
    expect(seen.warning).toMatch(warning);
  } else {
    expect(seen.warning).toBeUndefined();
  }
});

test('an AWS_CA_BUNDLE that cannot be read stops here, as it stops the AWS CLI', async () => {
  const { diagnosed } = await environment({ AWS_CA_BUNDLE: '/gone.pem' });
  expect(diagnosed).toMatchObject({ verdict: 'tls', root: 'environment' });
});

test('a name pinned in the hosts file is told', async () => {
  const hosts = '# old\n10.0.1.41 codeartifact.us-east-1.amazonaws.com # pinned\n';
  const { diagnosed } = await environment({}, { '/etc/hosts': hosts });
  expect(find(diagnosed.rungs, 'dns.api')).toMatchObject({
    summary: expect.stringContaining('from /etc/hosts'),
    evidence: { hostsFile: '/etc/hosts' }
  });
});

test('what keeps pip from the connection is the verdict, with a way to take it away', async () => {
  const runtime = fakeRuntime();
  const shadows = [
    { by: 'the variable PIP_INDEX_URL', variable: 'PIP_INDEX_URL' },
    { by: '/opt/conda/pip.conf, line 3', path: '/opt/conda/pip.conf', line: 3 },
    {
      by: 'index-url in [install] in /home/ada/.config/pip/pip.conf, line 2',
      path: '/home/ada/.config/pip/pip.conf',
      line: 2,
      unset: 'install.index-url',
      fileScope: 'user' as const
    }
  ];
  const inspectTools = async () => ({
    files: [],
    ok: false,
    summary: 'pip does not use it.',
    evidence: {},
    shadows
  });
  const running = runDiagnosis({ ...runtime.deps, inspectTools }, request(), new AbortController().signal);
  await runtime.clock.advance(0);
  const { rungs, verdict } = await running;
  expect(verdict).toBe('write_failed');
  const rung = find(rungs, 'tools');
  expect(rung).toMatchObject({
    verdict: 'write_failed',
    summary: 'pip does not use it.',
    fix: { who: 'you' }
  });
  expect(rung?.evidence).toMatchObject({ cause: 'tool_shadowed', path: '/opt/conda/pip.conf', line: 3 });
  const text = rung?.fix?.snippets.map(one => one.text).join('\n');
  expect(text).toContain('unset PIP_INDEX_URL');
  expect(text).toContain('/opt/conda/pip.conf, line 3');
  expect(text).toContain('pip config --user unset install.index-url');
  expect(text).not.toContain('.config/pip/pip.conf');
});
