import { createServer } from 'node:http';
import { createServer as createTls } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { createAuthority } from '../../../testing/fixtures/net/certificates';
import { closeClients } from './sdk-client';
import { createCalls } from './codeartifact';
import { aRuntime, never } from '../../../testing/fixtures/aws/fake-runtime';
import { json } from '../../../testing/fixtures/aws/loopback-server';

const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI-canary' };

it('trusts the named certificate bundle behind a proxy too', async () => {
  const authority = await createAuthority('Corp');
  const server = createTls(await authority.sign(['localhost']), (_, response) =>
    json(response, { authorizationToken: 'eyJ-canary', expiration: 1_900_000_000 })
  );
  const proxy = createServer();
  proxy.on('connect', (request, socket) => {
    const upstream = connect(Number(request.url!.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
  const portOf = (one: { address(): unknown }) => (one.address() as AddressInfo).port;
  const ask = (ca?: string) =>
    createCalls({
      runtime: aRuntime(),
      region: 'us-east-1',
      endpoint: `https://localhost:${portOf(server)}`,
      endpointType: 'ipv4',
      credentials: {
        source: 'environment variables',
        fingerprint: 'one',
        provider: () => Promise.resolve(KEYS)
      },
      proxyOf: () => `http://127.0.0.1:${portOf(proxy)}`,
      ...(ca ? { ca } : {})
    }).getAuthorizationToken({ domain: 'd1', domainOwner: '', durationSeconds: 900 }, never());
  try {
    expect(await ask(authority.cert)).toMatchObject({ ok: true });
    expect(await ask()).toMatchObject({ ok: false, failure: { verdict: 'tls' } });
  } finally {
    closeClients();
    server.closeAllConnections();
    proxy.closeAllConnections();
    server.close();
    proxy.close();
  }
});
