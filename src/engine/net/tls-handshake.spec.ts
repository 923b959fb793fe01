import { once } from 'node:events';
import { createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTls } from 'node:tls';
import { createHandshake, type HandshakeTarget } from './tls-handshake';
import {
  type Authority,
  createAuthority,
  type Pair,
  selfSigned
} from '../../../testing/fixtures/net/certificates';
import { realClock } from '../../../testing/fixtures/net/fake-timers-clock';
import { type Hole, openHole } from '../../../testing/fixtures/net/black-hole';
import { watchLeaks } from '../../../testing/fixtures/net/leaks';

const NAME = 'codeartifact.eu-central-1.amazonaws.com';
const shakeHands = createHandshake(realClock);
const signal = () => new AbortController().signal;

let amazon: Authority;
let zscaler: Authority;
const servers: Server[] = [];

async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const serving = (pair: Pair, more: object = {}) =>
  listen(createTls({ ...pair, ...more }, socket => socket.on('error', () => undefined)));
const raw = (behave: (socket: Socket) => void) =>
  listen(
    createTcp(socket => {
      socket.on('error', () => undefined);
      behave(socket);
      // A server that does not read does not notice that the other side has gone.
      socket.resume();
    })
  );
const target = (port: number, more: Partial<HandshakeTarget> = {}): HandshakeTarget => ({
  host: NAME,
  port,
  address: '127.0.0.1',
  ca: [amazon.cert],
  capMs: 1000,
  ...more
});

beforeAll(async () => {
  [amazon, zscaler] = await Promise.all([createAuthority('Amazon'), createAuthority('Zscaler Inc')]);
});
afterAll(() => {
  servers.forEach(server => server.close());
});

test('a good certificate tells its issuer and the protocol', async () => {
  const port = await serving(await amazon.sign([NAME]));
  expect(await shakeHands(target(port), signal())).toMatchObject({
    ok: true,
    value: { issuer: 'Amazon', protocol: 'TLSv1.3', subject: NAME }
  });
});

test('an IP address in the URL is checked against the certificate too', async () => {
  const good = await serving(await amazon.sign(['127.0.0.1']));
  expect((await shakeHands(target(good, { host: '127.0.0.1' }), signal())).ok).toBe(true);
  const bad = await serving(await amazon.sign([NAME]));
  expect(await shakeHands(target(bad, { host: '127.0.0.1' }), signal())).toMatchObject({
    failure: { cause: 'tls_name_mismatch' }
  });
});

const zoo: [string, () => Promise<number>, object][] = [
  [
    'a proxy that opens TLS is named by its issuer',
    async () => serving(await zscaler.sign([NAME])),
    { verdict: 'tls', cause: 'tls_untrusted', evidence: { issuer: 'Zscaler Inc' } }
  ],
  [
    'self-signed',
    async () => serving(await selfSigned(NAME)),
    { verdict: 'tls', cause: 'tls_untrusted', evidence: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' } }
  ],
  [
    'expired',
    async () => serving(await amazon.sign([NAME], { from: -5, to: -2 })),
    { verdict: 'tls', cause: 'tls_expired', evidence: { code: 'CERT_HAS_EXPIRED' } }
  ],
  [
    'not yet valid',
    async () => serving(await amazon.sign([NAME], { from: 2, to: 5 })),
    { verdict: 'tls', cause: 'tls_expired', evidence: { code: 'CERT_NOT_YET_VALID' } }
  ],
  [
    'another name',
    async () => serving(await amazon.sign(['portal.corp'])),
    { verdict: 'tls', cause: 'tls_name_mismatch', evidence: { certificateNames: 'portal.corp' } }
  ],
  [
    'plain HTTP on the port',
    () => raw(socket => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))),
    { verdict: 'tls', cause: 'tls_not_tls' }
  ],
  [
    'TLS 1.0 and 1.1 alone',
    async () =>
      serving(await amazon.sign([NAME]), {
        minVersion: 'TLSv1',
        maxVersion: 'TLSv1.1',
        ciphers: 'DEFAULT:@SECLEVEL=0'
      }),
    { verdict: 'tls', cause: 'tls_old_version' }
  ],
  [
    'reset when the name is seen',
    () => raw(socket => socket.once('data', () => socket.resetAndDestroy())),
    { verdict: 'tls', cause: 'tls_reset' }
  ],
  [
    'closed when the name is seen',
    () => raw(socket => socket.once('data', () => socket.end())),
    { verdict: 'tls', cause: 'tls_reset' }
  ]
];

test.each(zoo)('%s', async (_, serve, failure) => {
  const answer = await shakeHands(target(await serve()), signal());
  expect(answer).toMatchObject({ ok: false, failure });
});

test('reset at once is told as cut before TLS, whichever moment it is seen in', async () => {
  const answer = await shakeHands(target(await raw(socket => socket.resetAndDestroy())), signal());
  expect(answer).toMatchObject({ ok: false, failure: { verdict: 'tls', cause: 'tls_reset' } });
});

test('accepted but silent is a timeout', async () => {
  const port = await raw(() => undefined);
  expect(await shakeHands(target(port, { capMs: 100 }), signal())).toMatchObject({
    failure: { verdict: 'timeout', cause: 'tls_silent', evidence: { addressClass: 'loopback' } }
  });
});

test('nothing is sent to a server whose certificate is not accepted', async () => {
  const pair = await zscaler.sign([NAME]);
  let heard = '';
  const port = await listen(
    createTls(pair, socket => {
      socket.on('error', () => undefined);
      socket.on('data', chunk => (heard += chunk.toString()));
    })
  );
  await shakeHands(target(port), signal());
  expect(heard).toBe('');
});

test('every ending leaves no socket and no timer', async () => {
  const silent = await raw(() => undefined);
  const good = await serving(await amazon.sign([NAME]));
  const hole: Hole = await openHole();
  const extra = watchLeaks();
  for (const port of [silent, hole.port]) {
    const stop = new AbortController();
    const running = shakeHands(target(port, { capMs: 20_000 }), stop.signal);
    stop.abort(new Error('cancelled by the user'));
    await expect(running).rejects.toThrow('cancelled by the user');
    await shakeHands(target(port, { capMs: 20 }), signal());
  }
  await shakeHands(target(good), signal());
  expect(await extra()).toEqual([]);
  await hole.close();
});
