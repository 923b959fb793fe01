import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { createConnect } from './tcp-connect';
import { realClock } from '../../../testing/fixtures/net/fake-timers-clock';
import { type Hole, openHole } from '../../../testing/fixtures/net/black-hole';
import { watchLeaks } from '../../../testing/fixtures/net/leaks';

const connect = createConnect(realClock);
const signal = () => new AbortController().signal;
const HOST = 'codeartifact.eu-central-1.amazonaws.com';

let server: Server;
let port: number;
let hole: Hole;

beforeAll(async () => {
  server = createServer(socket => socket.on('error', () => undefined).resume());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
  // Another loopback address on the same port: the same endpoint, a dead address.
  hole = await openHole('127.0.0.2', port);
});
afterAll(async () => {
  server.close();
  await hole.close();
});

test('silence is a timeout that says which class of address kept silent', async () => {
  const { results, failure } = await connect(
    { host: HOST, port, addresses: ['127.0.0.2'], capMs: 150 },
    signal()
  );
  expect(results).toMatchObject([
    { address: '127.0.0.2', ok: false, error: 'ETIMEDOUT', addressClass: 'loopback' }
  ]);
  expect(failure).toMatchObject({
    verdict: 'timeout',
    cause: 'tcp_silent',
    evidence: { addressClass: 'loopback' }
  });
});

test('a closed port is refused, not a timeout', async () => {
  const { failure } = await connect({ host: HOST, port, addresses: ['127.0.0.3'], capMs: 2000 }, signal());
  expect(failure).toMatchObject({ verdict: 'refused', cause: 'tcp_refused' });
});

test('every address is tried on its own, and the first that answers is told at once', async () => {
  const order: string[] = [];
  const { results, failure } = await connect(
    { host: HOST, port, addresses: ['127.0.0.2', '127.0.0.1', '127.0.0.3'], capMs: 150 },
    signal(),
    address => order.push(address)
  );
  order.push('end');
  expect(failure).toBeUndefined();
  expect(results.map(r => [r.address, r.ok, r.error])).toEqual([
    ['127.0.0.2', false, 'ETIMEDOUT'],
    ['127.0.0.1', true, undefined],
    ['127.0.0.3', false, 'ECONNREFUSED']
  ]);
  expect(order).toEqual(['127.0.0.1', 'end']);
});

test('silence speaks for the endpoint before a refusal does', async () => {
  const target = { host: HOST, port, addresses: ['127.0.0.3', '127.0.0.2'], capMs: 150 };
  const { failure } = await connect(target, signal());
  expect(failure).toMatchObject({
    verdict: 'timeout',
    evidence: { addresses: [{ error: 'ECONNREFUSED' }, { error: 'ETIMEDOUT' }] }
  });
});

test('an address without a route is told as that: no packet leaves for the broadcast address', async () => {
  const { failure } = await connect(
    { host: HOST, port: 443, addresses: ['255.255.255.255'], capMs: 2000 },
    signal()
  );
  expect(failure).toMatchObject({
    verdict: 'refused',
    cause: 'tcp_no_route',
    evidence: { code: 'ENETUNREACH' }
  });
});

test('success, cancel and cap leave no socket and no timer', async () => {
  const extra = watchLeaks();
  const stop = new AbortController();
  const running = connect(
    { host: HOST, port, addresses: ['127.0.0.2', '127.0.0.1'], capMs: 20_000 },
    stop.signal
  );
  stop.abort(new Error('cancelled by the user'));
  await expect(running).rejects.toThrow('cancelled by the user');
  await connect({ host: HOST, port, addresses: ['127.0.0.2'], capMs: 20 }, signal());
  await connect({ host: HOST, port, addresses: ['127.0.0.1'], capMs: 20_000 }, signal());
  expect(await extra()).toEqual([]);
});
