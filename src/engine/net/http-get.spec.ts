import { once } from 'node:events';
import { createServer as createHttp, type RequestListener, type Server } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { connect, type AddressInfo, createServer as createTcp, type Socket } from 'node:net';
import { createGet, type GetRequest } from './http-get';
import { createHandshake } from './tls-handshake';
import { type Authority, createAuthority } from '../../../testing/fixtures/net/certificates';
import { realClock } from '../../../testing/fixtures/net/fake-timers-clock';
import { openHole } from '../../../testing/fixtures/net/black-hole';
import { watchLeaks } from '../../../testing/fixtures/net/leaks';

const NAME = 'codeartifact.eu-central-1.amazonaws.com';
const get = createGet(realClock);
const signal = () => new AbortController().signal;

let amazon: Authority;
const servers: { close(): unknown }[] = [];

async function listen(server: Server | ReturnType<typeof createTcp>): Promise<number> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const http = (answer: RequestListener) => listen(createHttp(answer));
const https = async (answer: RequestListener) => listen(createHttps(await amazon.sign([NAME]), answer));
const raw = (behave: (socket: Socket) => void) =>
  listen(
    createTcp(socket => {
      socket.on('error', () => undefined);
      behave(socket);
      socket.resume();
    })
  );
const asked = (url: string, more: Partial<GetRequest> = {}): GetRequest => ({
  url,
  address: '127.0.0.1',
  capMs: 1000,
  mostBytes: 1000,
  ...more
});

beforeAll(async () => {
  amazon = await createAuthority('Amazon');
});
afterAll(() => {
  servers.forEach(server => server.close());
});

test('any status is an answer, with its headers and the head of its body', async () => {
  const port = await http((_, response) => {
    response.writeHead(403, { 'X-Amzn-RequestId': 'r1', 'Content-Type': 'application/json' });
    response.end('{"message":"Missing Authentication Token"}');
  });
  expect(await get(asked(`http://${NAME}:${port}/`), signal())).toMatchObject({
    ok: true,
    value: {
      status: 403,
      headers: { 'x-amzn-requestid': 'r1' },
      body: expect.stringContaining('Missing'),
      cut: false
    }
  });
});

test('a body without end is cut', async () => {
  const port = await http((_, response) => {
    const more = () => response.write('x'.repeat(500)) && setImmediate(more);
    response.on('close', () => response.removeAllListeners('drain'));
    response.on('drain', more);
    more();
  });
  const answer = await get(asked(`http://${NAME}:${port}/`), signal());
  expect(answer).toMatchObject({ ok: true, value: { status: 200, cut: true } });
  expect(answer.ok && answer.value.body).toHaveLength(1000);
});

test('the host in the URL is asked at the address given, and its certificate is checked', async () => {
  const port = await https((request, response) => response.end(request.headers.host));
  const url = `https://${NAME}:${port}/simple/`;
  expect(await get(asked(url, { ca: [amazon.cert] }), signal())).toMatchObject({
    value: { status: 200, body: `${NAME}:${port}` }
  });
  expect(await get(asked(url), signal())).toMatchObject({
    failure: { verdict: 'tls', cause: 'tls_untrusted' }
  });
});

test('a header is sent only after the certificate was accepted', async () => {
  let heard = 0;
  const port = await https((_, response) => {
    heard++;
    response.end();
  });
  const headers = { Authorization: 'Basic YXdzOnRva2Vu' };
  await get(asked(`https://${NAME}:${port}/`, { headers }), signal());
  expect(heard).toBe(0);
});

test('redirects are answers, not orders', async () => {
  const port = await http((_, response) =>
    response.writeHead(302, { Location: 'http://portal.corp/' }).end()
  );
  expect(await get(asked(`http://${NAME}:${port}/`), signal())).toMatchObject({ value: { status: 302 } });
});

test.each<[string, (socket: Socket) => void, object]>([
  ['silence', () => undefined, { verdict: 'timeout', cause: 'http_silent' }],
  [
    'garbage',
    socket => socket.once('data', () => socket.end('SSH-2.0-OpenSSH\r\n')),
    { cause: 'http_garbage' }
  ],
  ['reset', socket => socket.once('data', () => socket.resetAndDestroy()), { cause: 'tcp_reset' }],
  ['hang-up', socket => socket.once('data', () => socket.end()), { cause: 'tcp_reset' }],
  [
    'a body that trickles for ever',
    socket =>
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n');
        const drip = setInterval(() => socket.write('x'), 20);
        socket.once('close', () => clearInterval(drip));
      }),
    { verdict: 'timeout', cause: 'http_silent' }
  ]
])('%s is a failure within the cap', async (_, behave, failure) => {
  const port = await raw(behave);
  expect(await get(asked(`http://${NAME}:${port}/`, { capMs: 150 }), signal())).toMatchObject({
    ok: false,
    failure
  });
});

/** A forward proxy that notes what it is asked, with or without a login. */
async function startProxy(login?: string) {
  const seen: string[] = [];
  const server = createHttp();
  server.on('connect', (request, client: Socket) => {
    seen.push(request.url ?? '');
    client.on('error', () => undefined);
    const expected = login && `Basic ${Buffer.from(login).toString('base64')}`;
    if (expected && request.headers['proxy-authorization'] !== expected) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\nServer: squid\r\n\r\n');
      return;
    }
    const port = Number(request.url?.split(':')[1]);
    const upstream = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on('error', () => client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
  });
  const port = await listen(server);
  const url = (user = '') => ({ url: `http://${user}127.0.0.1:${port}`, variable: 'HTTPS_PROXY' });
  return { seen, url };
}

test('through a proxy: CONNECT to the name, TLS with the endpoint itself', async () => {
  const proxy = await startProxy('me:p@ss');
  const port = await https((_, response) => response.end('hello'));
  const through = { proxy: proxy.url('me:p%40ss@'), ca: [amazon.cert] };
  expect(await get(asked(`https://${NAME}:${port}/`, through), signal())).toMatchObject({
    value: { body: 'hello' }
  });
  expect(proxy.seen).toEqual([`${NAME}:${port}`]);
  const shaken = await createHandshake(realClock)(
    { host: NAME, port, address: '127.0.0.1', capMs: 1000, ...through },
    signal()
  );
  expect(shaken).toMatchObject({ ok: true, value: { issuer: 'Amazon' } });
});

test.each([
  ['a login that is missing', 'me:p', 'http_proxy_auth', 407],
  ['a place it cannot reach', undefined, 'proxy_no_tunnel', 502]
] as const)('a proxy that refuses is `proxy`: %s', async (_, login, cause, status) => {
  const proxy = await startProxy(login);
  const answer = await get(asked(`https://${NAME}:1/`, { proxy: proxy.url() }), signal());
  expect(answer).toMatchObject({ ok: false, failure: { verdict: 'proxy', cause, evidence: { status } } });
});

test("a proxy's credentials are in no failure", async () => {
  const proxy = await startProxy('other:login');
  const answer = await get(asked(`https://${NAME}:1/`, { proxy: proxy.url('me:s3cret@') }), signal());
  expect(JSON.stringify(answer)).not.toContain('s3cret');
});

test('every ending leaves no socket and no timer', async () => {
  const silent = await raw(() => undefined);
  const hole = await openHole();
  const proxy = { url: `http://127.0.0.1:${silent}`, variable: 'HTTPS_PROXY' };
  const extra = watchLeaks();
  for (const request of [
    asked(`http://${NAME}:${silent}/`),
    asked(`https://${NAME}:${silent}/`),
    asked(`http://${NAME}:${hole.port}/`),
    asked(`https://${NAME}:443/`, { proxy })
  ]) {
    const stop = new AbortController();
    const running = get({ ...request, capMs: 20_000 }, stop.signal);
    setImmediate(() => stop.abort(new Error('cancelled by the user')));
    await expect(running).rejects.toThrow('cancelled by the user');
    expect((await get({ ...request, capMs: 30 }, signal())).ok).toBe(false);
  }
  expect(await extra()).toEqual([]);
  await hole.close();
});
