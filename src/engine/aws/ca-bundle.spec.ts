import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createAuthority } from '../../../testing/fixtures/net/certificates';
import { findCaBundle } from './ca-bundle';
import { closeClients } from './sdk-client';
import { createCalls } from './codeartifact';
import { aRuntime, files, never } from '../../../testing/fixtures/aws/fake-runtime';

let server: Server | undefined;

afterEach(() => {
  closeClients();
  server?.closeAllConnections();
  server?.close();
});

const PEM = '-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n';
const readText = files({
  '/ca.pem': PEM,
  '/nowhere/mine.pem': PEM,
  '/empty.pem': 'hello',
  '/nowhere/.aws/config': '[profile corp]\nca_bundle = ~/mine.pem\n'
});

it.each<[string, Record<string, string>, string, object | null]>([
  ['nothing named', {}, '', null],
  [
    'AWS_CA_BUNDLE',
    { AWS_CA_BUNDLE: '/ca.pem', REQUESTS_CA_BUNDLE: '/empty.pem' },
    'corp',
    { path: '/ca.pem', source: 'the variable AWS_CA_BUNDLE' }
  ],
  [
    'the profile',
    { REQUESTS_CA_BUNDLE: '/ca.pem' },
    'corp',
    { path: '/nowhere/mine.pem', source: 'ca_bundle of profile corp' }
  ],
  [
    'REQUESTS_CA_BUNDLE',
    { REQUESTS_CA_BUNDLE: '/ca.pem' },
    '',
    { path: '/ca.pem', source: 'the variable REQUESTS_CA_BUNDLE' }
  ]
])('%s', async (_, env, profile, expected) => {
  expect(await findCaBundle(aRuntime(env), profile, readText)).toEqual({
    ok: true,
    value: expected && { pem: PEM, ...expected }
  });
});

it.each([
  ['/missing.pem', 'cannot be read'],
  ['/empty.pem', 'holds no certificate']
])('%s %s', async (path, why) => {
  expect(await findCaBundle(aRuntime({ AWS_CA_BUNDLE: path }), '', readText)).toMatchObject({
    ok: false,
    failure: {
      verdict: 'tls',
      summary: `The certificate file ${path}, which the variable AWS_CA_BUNDLE names, ${why}.`
    }
  });
});

it('a call trusts what the bundle holds, and nothing else', async () => {
  const authority = await createAuthority('Corp');
  const pair = await authority.sign(['127.0.0.1', 'localhost']);
  const started = createServer(pair, (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{"repositoryEndpoint": "https://x/"}');
  });
  server = started;
  await new Promise<void>(resolve => started.listen(0, '127.0.0.1', resolve));
  const call = (ca?: string) =>
    createCalls({
      runtime: aRuntime(),
      region: 'us-east-1',
      endpoint: `https://127.0.0.1:${(started.address() as AddressInfo).port}`,
      endpointType: 'ipv4',
      credentials: {
        source: 'environment variables',
        fingerprint: 'x',
        provider: () => Promise.resolve({ accessKeyId: 'A', secretAccessKey: 'b' })
      },
      ca
    }).getRepositoryEndpoint({ domain: 'd1', domainOwner: '', repository: 'r1' }, never());
  expect(await call()).toMatchObject({ ok: false, failure: { verdict: 'tls', cause: 'tls_untrusted' } });
  expect(await call(authority.cert)).toMatchObject({ ok: true });
  expect(await call((await createAuthority('Other')).cert)).toMatchObject({
    ok: false,
    failure: { verdict: 'tls' }
  });
});
