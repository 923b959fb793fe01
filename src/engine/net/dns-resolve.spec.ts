import { promises } from 'node:dns';
import { createResolve, type ResolveLimits } from './dns-resolve';
import { realClock } from '../../../testing/fixtures/net/fake-timers-clock';
import { watchLeaks } from '../../../testing/fixtures/net/leaks';
import { type Behaviour, type NameServer, startNameServer } from '../../../testing/fixtures/net/name-server';

const limits: ResolveLimits = { tryMs: 60, tries: 2, capMs: 400, graceMs: 40 };
const signal = () => new AbortController().signal;
const NAME = 'codeartifact.eu-central-1.amazonaws.com';

let server: NameServer;
beforeAll(async () => {
  server = await startNameServer();
});
afterAll(() => server.close());

const onlyServer = () => createResolve(realClock, { servers: [server.address], lookup: null });

test.each<[string, Behaviour, string]>([
  ['a name that does not exist', 'nxdomain', 'dns_not_found'],
  ['a name without an address', 'nodata', 'dns_no_data'],
  ['a server that fails', 'servfail', 'dns_refused'],
  ['a server that refuses', 'refused', 'dns_refused'],
  ['a server that is silent', 'silent', 'dns_silent']
])('tells %s apart', async (_, behaviour, cause) => {
  server.set(NAME.toLowerCase(), behaviour);
  const answer = await onlyServer()(NAME, limits, signal());
  expect(answer).toMatchObject({
    ok: false,
    failure: { verdict: 'dns', cause, evidence: { host: NAME, resolver: [server.address] } }
  });
});

test('a resolver that is not there is told from one that is silent', async () => {
  const gone = await startNameServer();
  await gone.close();
  const answer = await createResolve(realClock, { servers: [gone.address], lookup: null })(
    NAME,
    limits,
    signal()
  );
  expect(answer).toMatchObject({ ok: false, failure: { verdict: 'dns', cause: 'dns_server_unreachable' } });
});

test.each<[string, string[], string]>([
  ['private', ['10.0.1.41', '10.0.2.87'], 'private'],
  ['public', ['54.239.55.167'], 'public'],
  ['IPv6 only', ['fd00:ec2::1'], 'private']
])('gives every address and its class: %s', async (_, addresses, addressClass) => {
  server.set(NAME, addresses);
  const answer = await onlyServer()(NAME, limits, signal());
  expect(answer.ok && [...answer.value.addresses].sort()).toEqual([...addresses].sort());
  expect(answer).toMatchObject({ value: { addressClass } });
});

test("getaddrinfo's addresses win: it is what pip uses, and it reads the hosts file", async () => {
  server.set(NAME, ['54.239.55.167']);
  const resolve = createResolve(realClock, {
    servers: [server.address],
    lookup: async () => ['10.9.9.9']
  });
  expect(await resolve(NAME, limits, signal())).toMatchObject({
    ok: true,
    value: { addresses: ['10.9.9.9'], source: 'system' }
  });
});

test('a hung getaddrinfo does not hold up the verdict, and is asked once per name', async () => {
  server.set(NAME, ['10.0.0.1']);
  let calls = 0;
  const resolve = createResolve(realClock, {
    servers: [server.address],
    lookup: () => {
      calls++;
      return new Promise(() => undefined);
    }
  });
  for (let i = 0; i < 3; i++) {
    expect(await resolve(NAME, limits, signal())).toMatchObject({
      ok: true,
      value: { addresses: ['10.0.0.1'], source: 'resolver', systemError: 'slow' }
    });
  }
  expect(calls).toBe(1);
});

test('an IP literal is no question for anybody', async () => {
  const before = server.asked.length;
  expect(await onlyServer()('[::1]', limits, signal())).toMatchObject({
    ok: true,
    value: { addresses: ['::1'], addressClass: 'loopback', source: 'literal' }
  });
  expect(server.asked).toHaveLength(before);
});

test('localhost resolves by the system itself', async () => {
  const answer = await createResolve(realClock, { servers: [server.address] })('localhost', limits, signal());
  expect(answer).toMatchObject({ ok: true, value: { addressClass: 'loopback', source: 'system' } });
});

test('cancel ends it at once and leaves nothing open', async () => {
  server.set(NAME, 'silent');
  const extra = watchLeaks();
  const stop = new AbortController();
  const running = onlyServer()(NAME, { ...limits, tryMs: 5000, capMs: 20_000 }, stop.signal);
  stop.abort(new Error('cancelled by the user'));
  await expect(running).rejects.toThrow('cancelled by the user');
  expect(await extra()).toEqual([]);
});

test('the cap leaves nothing open', async () => {
  server.set(NAME, 'silent');
  const extra = watchLeaks();
  // c-ares keeps its sockets out of every list of Node's; what can be seen is that it is told to stop.
  const cancel = jest.spyOn(promises.Resolver.prototype, 'cancel');
  const answer = await onlyServer()(NAME, { ...limits, tryMs: 5000, capMs: 30 }, signal());
  expect(answer).toMatchObject({ ok: false, failure: { cause: 'dns_silent' } });
  expect(cancel).toHaveBeenCalled();
  cancel.mockRestore();
  expect(await extra()).toEqual([]);
});
