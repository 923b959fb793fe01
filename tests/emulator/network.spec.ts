// What a client feels on the wire. Time is not asserted: a hang is a connect that is still open when another one is done.
import { Agent, request } from 'node:http';
import { get as getSecurely } from 'node:https';
import { Resolver } from 'node:dns/promises';
import { connect, type Socket } from 'node:net';
import { startEmulator, type Emulator } from '../../testing/emulator/emulator';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());
afterEach(() => emulator.setScenario('ok'));

function dial(url: string): { socket: Socket; outcome: Promise<string> } {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const outcome = new Promise<string>(resolve => {
    socket.once('connect', () => resolve('connected'));
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
    socket.once('close', () => resolve('closed'));
  });
  return { socket, outcome };
}

async function connects(url: string): Promise<string> {
  const { socket, outcome } = dial(url);
  const said = await outcome;
  socket.destroy();
  return said;
}

/** Hangs: many full round trips on the same loopback happen while it says nothing. */
async function hangs(url: string): Promise<boolean> {
  const { socket, outcome } = dial(url);
  let done = false;
  void outcome.then(() => (done = true));
  for (let trip = 0; trip < 40; trip++) {
    await connects(emulator.controlUrl);
  }
  const hung = !done && socket.connecting;
  socket.destroy();
  return hung;
}

/** RST and FIN are told apart by the bare socket only: HTTP clients call both a reset. */
function ends(url: string): Promise<string> {
  const { socket } = dial(url);
  socket.resume().write('x');
  return new Promise(resolve => {
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
    socket.once('end', () => resolve('FIN'));
  });
}

interface Got {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

function get(url: string, agent?: Agent): Promise<Got | string> {
  return new Promise(resolve => {
    const sent = request(url, { agent }, response => {
      let body = '';
      response.on('data', (text: Buffer) => (body += text.toString()));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body })
      );
      response.on('error', error => resolve((error as NodeJS.ErrnoException).code ?? 'error'));
    });
    sent.on('error', error => resolve((error as NodeJS.ErrnoException).code ?? 'error'));
    sent.end();
  });
}

describe('a missing piece of network is silence', () => {
  test.each([
    ['no-endpoints', true, true],
    ['security-group', true, true],
    ['private-dns-off', true, true],
    ['repositories-missing', false, true],
    ['api-missing', true, false],
    ['ok', false, false]
  ])('%s', async (scenario, api, index) => {
    await emulator.setScenario(scenario);
    expect(await hangs(emulator.apiUrl)).toBe(api);
    expect(await hangs(emulator.indexUrl)).toBe(index);
  });

  test('it heals on the same port, and a connect that was hanging gets through', async () => {
    await emulator.setScenario('no-endpoints');
    const { socket, outcome } = dial(emulator.apiUrl);
    expect(await hangs(emulator.apiUrl)).toBe(true);
    await emulator.setScenario('ok');
    // The kernel sends the SYN again after a second.
    expect(await outcome).toBe('connected');
    socket.destroy();
    expect(await get(emulator.apiUrl)).toMatchObject({ status: 403 });
  });

  test('a connection that was open when the endpoint went is dropped', async () => {
    const agent = new Agent({ keepAlive: true });
    expect(await get(emulator.apiUrl, agent)).toMatchObject({ status: 403 });
    await emulator.setScenario('no-endpoints');
    await emulator.setScenario('ok');
    expect(await get(emulator.apiUrl, agent)).toMatchObject({ status: 403 });
    agent.destroy();
  });

  test("without private DNS the endpoints' own names still connect", async () => {
    await emulator.setScenario('private-dns-off');
    expect(await connects(emulator.vpceApiUrl)).toBe('connected');
    expect(await connects(emulator.vpceIndexUrl)).toBe('connected');
    await emulator.setScenario('security-group');
    expect(await hangs(emulator.vpceApiUrl)).toBe(true);
  });

  test('with a NAT gateway the public service answers without an endpoint', async () => {
    await emulator.patchWorld({ vpc: { internet: true }, endpoints: { api: { exists: false } } });
    expect(await connects(emulator.apiUrl)).toBe('connected');
  });

  test('one zone of two can be dead', async () => {
    const zones = await startEmulator({ apiAddresses: ['127.0.0.1', '127.0.0.2'] });
    const second = zones.apiUrl.replace('127.0.0.1', '127.0.0.2');
    try {
      expect(await connects(second)).toBe('connected');
      await zones.patchWorld({ endpoints: { api: { deadAddresses: ['127.0.0.2'] } } });
      expect(await hangs(second)).toBe(true);
      expect(await connects(zones.apiUrl)).toBe('connected');
    } finally {
      await zones.close();
    }
  });
});

describe('faults', () => {
  const fault = (port: 'api' | 'index', kind: object): Promise<void> =>
    emulator.patchWorld({ faults: { [port]: kind } });

  test.each(['api', 'index'] as const)('each %s fault', async port => {
    const url =
      port === 'api' ? `${emulator.apiUrl}/v1/domains` : `${emulator.indexUrl}/pypi/isolatedsm/simple/`;
    await fault(port, { kind: 'refused' });
    expect(await connects(url)).toBe('ECONNREFUSED');
    await fault(port, { kind: 'black_hole' });
    expect(await hangs(url)).toBe(true);
    await fault(port, { kind: 'reset' });
    expect(await get(url)).toBe('ECONNRESET');
    expect(await ends(url)).toBe('ECONNRESET');
    await fault(port, { kind: 'handshake_reset' });
    expect(await connects(url)).toBe('connected');
    expect(await ends(url)).toBe('ECONNRESET');
    expect(await get(url)).toBe('ECONNRESET');
    await fault(port, { kind: 'throttled', retryAfterSeconds: 7 });
    expect(await get(url)).toMatchObject({
      status: 429,
      headers: { 'retry-after': '7', 'x-amzn-errortype': 'ThrottlingException' }
    });
    await fault(port, { kind: 'error', status: 503 });
    expect(await get(url)).toMatchObject({ status: 503 });
    await fault(port, { kind: 'proxy_page', status: 403 });
    expect(await get(url)).toMatchObject({
      status: 403,
      headers: { 'content-type': 'text/html; charset=utf-8' }
    });
    await fault(port, { kind: 'garbage' });
    const garbage = (await get(url)) as Got;
    expect(garbage.status).toBe(200);
    expect(() => JSON.parse(garbage.body) as unknown).toThrow(SyntaxError);
    await fault(port, { kind: 'slow', delayMs: 1 });
    expect(await get(url)).toMatchObject({ status: port === 'api' ? 403 : 401 });
    await fault(port, { kind: 'none' });
    expect(await get(url)).toMatchObject({ status: port === 'api' ? 403 : 401 });
  });

  test('a silent port accepts and says nothing until it is healed', async () => {
    await fault('api', { kind: 'silent' });
    let answered = false;
    const waiting = get(emulator.apiUrl).then(got => ((answered = true), got));
    for (let trip = 0; trip < 40; trip++) {
      await connects(emulator.controlUrl);
    }
    expect(answered).toBe(false);
    await fault('api', { kind: 'refused' });
    expect(await waiting).toBe('ECONNRESET');
  });

  test('a world that cannot be is refused, and the old one stays', async () => {
    await expect(fault('api', { kind: 'blackhole' })).rejects.toThrow('there is no fault blackhole');
    await expect(emulator.setScenario('nope')).rejects.toThrow(
      'there is no scenario nope; there are: ok, no-endpoints'
    );
    expect(emulator.world.faults.api.kind).toBe('none');
  });
});

describe('TLS', () => {
  let secure: Emulator;
  beforeAll(async () => {
    secure = await startEmulator({ tls: 'generate' });
  });
  afterAll(() => secure.close());

  function status(): Promise<number | string> {
    return new Promise(resolve => {
      getSecurely(secure.apiUrl, { ca: secure.caPem ?? '', agent: false }, response => {
        response.resume();
        resolve(response.statusCode ?? 0);
      }).on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    });
  }

  test.each([
    ['ok', 403],
    ['expired', 'CERT_HAS_EXPIRED'],
    ['not_yet_valid', 'CERT_NOT_YET_VALID'],
    ['wrong_name', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['unknown_issuer', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['old_version', expect.stringMatching(/^(ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION|EPROTO)$/)],
    ['plain', expect.stringMatching(/^(ERR_SSL_WRONG_VERSION_NUMBER|EPROTO)$/)]
  ])('a certificate that is %s', async (mode, said) => {
    await secure.patchWorld({ tls: { api: mode } });
    expect(await status()).toEqual(said);
  });

  test('the handshake hangs, or is reset', async () => {
    await secure.patchWorld({ tls: { api: 'ok' }, faults: { api: { kind: 'handshake_reset' } } });
    expect(await status()).toBe('ECONNRESET');
    await secure.patchWorld({ faults: { api: { kind: 'handshake_silent' } } });
    const waiting = status();
    expect(await connects(secure.apiUrl)).toBe('connected');
    await secure.patchWorld({ faults: { api: { kind: 'refused' } } });
    expect(await waiting).toBe('ECONNRESET');
    await secure.setScenario('ok');
    expect(await status()).toBe(403);
  });
});

describe('DNS', () => {
  let named: Emulator;
  const resolver = new Resolver({ timeout: 150, tries: 1 });
  const api = 'codeartifact.us-east-1.amazonaws.com';
  const repositories = 'analytics-111122223333.d.codeartifact.us-east-1.amazonaws.com';
  beforeAll(async () => {
    named = await startEmulator({ dns: {} });
    resolver.setServers([named.dns ?? '']);
  });
  afterAll(() => named.close());
  const ask = (name: string): Promise<string[] | string> =>
    resolver.resolve4(name).catch((error: NodeJS.ErrnoException) => error.code ?? 'error');

  test('names lead into the VPC, or to the public service', async () => {
    expect(await ask(api)).toEqual(['10.0.1.10']);
    expect(await ask(repositories)).toEqual(['10.0.1.20']);
    expect(await ask(api.replace('us-east-1', 'mars-1'))).toBe('ENOTFOUND');
    await named.setScenario('private-dns-off');
    expect(await ask(api)).toEqual(['203.0.113.10']);
    const own = (part: string): string =>
      `${named.world.endpoints.api.id}-${part}.api.codeartifact.us-east-1.vpce.amazonaws.com`;
    expect(await ask(own('api00001'))).toEqual(['10.0.1.10']);
    expect(await ask(own('api00001-us-east-1a'))).toEqual(['10.0.1.10']);
    expect(await ask(own('api00001-us-east-1b'))).toBe('ENOTFOUND');
    expect(await ask(own('mistyped'))).toBe('ENOTFOUND');
    await named.setScenario('no-endpoints');
    expect(await ask(repositories)).toEqual(['203.0.113.20', '203.0.113.21']);
    expect(await ask(own('api00001'))).toBe('ENOTFOUND');
  });

  test('IPv6 addresses are behind the dual-stack names only', async () => {
    await named.setScenario('ok');
    await named.patchWorld({
      endpoints: { repositories: { addresses: ['10.0.1.20', '2600:1f18:1:2::20'] } }
    });
    const dualStack = 'analytics-111122223333.codeartifact.us-east-1.on.aws';
    expect(await ask(repositories)).toEqual(['10.0.1.20']);
    expect(await ask(dualStack)).toEqual(['10.0.1.20']);
    expect(await resolver.resolve6(dualStack)).toEqual(['2600:1f18:1:2::20']);
    await expect(resolver.resolve6(repositories)).rejects.toMatchObject({ code: 'ENODATA' });
  });

  test.each([
    ['nxdomain', 'ENOTFOUND'],
    ['nodata', 'ENODATA'],
    ['servfail', 'ESERVFAIL'],
    ['refused', 'EREFUSED'],
    ['drop', 'ETIMEOUT'],
    ['ok', ['10.0.1.10']]
  ])('a resolver that answers %s', async (mode, said) => {
    await named.setScenario('ok');
    await named.patchWorld({ dns: { api: mode } });
    expect(await ask(api)).toEqual(said);
  });

  test('a VPC without DNS support answers nothing', async () => {
    await named.patchWorld({ vpc: { enableDnsSupport: false } });
    expect(await ask(api)).toBe('ETIMEOUT');
  });
});
