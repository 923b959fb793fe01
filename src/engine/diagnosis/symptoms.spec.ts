import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Emulator, startEmulator } from '../../../testing/emulator/emulator';
import { type NameServer, startNameServer } from '../../../testing/fixtures/net/name-server';
import { openHole } from '../../../testing/fixtures/net/black-hole';
import { Secret } from '../core/secret/secret';
import type { DiagnosisRequest, DiagnosisDeps } from './run-diagnosis';
import {
  runChecks,
  depsWith,
  shape,
  runtimeWith
} from '../../../testing/fixtures/diagnosis/emulator-harness';
import { never } from '../../../testing/fixtures/diagnosis/fake-deps';
import { breakEmulator, type Break } from '../../../testing/fixtures/diagnosis/break-emulator';
import { ALSO_IN_NAMESPACES, ELSEWHERE } from '../../../testing/fixtures/diagnosis/symptom-rows';
import { SYMPTOMS } from '../../../testing/fixtures/diagnosis/symptoms';

/** The loopback half of the table of 32 symptoms: each fault is made for real, and the ladder climbed for real. */
let plain: Emulator;
let secure: Emulator;
let resolver: NameServer;
let proxy: Server;
let folder: string;
let proxyStatus = 200;

beforeAll(async () => {
  [plain, secure, resolver, folder] = await Promise.all([
    startEmulator(),
    startEmulator({ tls: 'generate' }),
    startNameServer(),
    mkdtemp(join(tmpdir(), 'symptoms-'))
  ]);
  await writeFile(join(folder, 'ca.pem'), secure.caPem ?? '');
  proxy = createServer();
  proxy.on('connect', (request, socket: Socket) => {
    socket.on('error', () => undefined);
    if (proxyStatus !== 200) {
      socket.end(`HTTP/1.1 ${proxyStatus} No\r\nServer: squid\r\n\r\n`);
      return;
    }
    const [host, port] = (request.url ?? '').split(':');
    const upstream = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
}, 30_000);

afterAll(async () => {
  proxy.close();
  await Promise.all([plain.close(), secure.close(), resolver.close(), rm(folder, { recursive: true })]);
});

const NAMES = [
  'codeartifact.us-east-1.amazonaws.com',
  'analytics-111122223333.d.codeartifact.us-east-1.amazonaws.com'
];

/** AWS's own names are looked up by the resolver under test; the SDK, which asks the system's, is kept off the network. */
function unreachable(deps: DiagnosisDeps): DiagnosisDeps {
  const createCalls = () =>
    new Proxy({}, { get: () => (_: unknown, signal: AbortSignal) => never(signal) }) as ReturnType<
      DiagnosisDeps['aws']['createCalls']
    >;
  return { ...deps, aws: { ...deps.aws, createCalls } };
}

const withoutEndpoint = (env: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('AWS_ENDPOINT_URL')));

const trusting = (env: Readonly<Record<string, string>>) => ({
  ...env,
  AWS_CA_BUNDLE: join(folder, 'ca.pem'),
  PIP_CERT: join(folder, 'ca.pem')
});

/** Makes the fault and gives the ladder that meets it. */
async function arrange(broken: Break): Promise<{ deps: DiagnosisDeps; more?: Partial<DiagnosisRequest> }> {
  switch (broken.at) {
    case 'emulator': {
      const emulator = broken.tls ? secure : plain;
      await breakEmulator(emulator, broken);
      return { deps: depsWith(runtimeWith(broken.tls ? trusting(emulator.env) : emulator.env)) };
    }
    case 'resolver': {
      const gone = broken.dns === 'gone';
      NAMES.forEach(name => gone || resolver.set(name, broken.dns as 'nxdomain'));
      const servers = [gone ? '127.0.0.1:1' : resolver.address];
      const runtime = runtimeWith(withoutEndpoint(plain.env));
      return { deps: unreachable(depsWith(runtime, { servers, lookup: null })) };
    }
    case 'addresses': {
      await breakEmulator(plain, broken);
      const AWS_ENDPOINT_URL_CODEARTIFACT = plain.apiUrl.replace('127.0.0.1', 'localhost');
      const runtime = runtimeWith({ ...plain.env, AWS_ENDPOINT_URL_CODEARTIFACT });
      const lookup = async (host: string) => (host === 'localhost' ? broken.addresses : ['127.0.0.1']);
      return { deps: depsWith(runtime, { servers: [resolver.address], lookup }) };
    }
    case 'proxy': {
      await breakEmulator(secure, broken);
      proxyStatus = broken.status;
      const HTTPS_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
      return { deps: depsWith(runtimeWith({ ...trusting(secure.env), HTTPS_PROXY })) };
    }
    case 'token': {
      await breakEmulator(plain, broken);
      const cached = { token: new Secret('not-a-token-of-theirs'), expiresAt: Date.now() + 3600_000 };
      return { deps: depsWith(runtimeWith(plain.env)), more: { cached } };
    }
  }
}

test.each(SYMPTOMS.map(one => [`row ${one.row}: ${one.name}`, one] as const))(
  '%s',
  async (_, { broken, verdict, root, evidence, fix, who, within }) => {
    const { deps, more } = await arrange(broken);
    const diagnosed = await runChecks(deps, more);
    const loud = diagnosed.rungs.find(rung => rung.id === root);
    expect([diagnosed.verdict, diagnosed.root, loud?.summary, shape(diagnosed)]).toEqual([
      verdict,
      root,
      loud?.summary,
      expect.anything()
    ]);
    expect(shape(diagnosed).s3).toBe('skipped');
    if (!loud) {
      return;
    }
    expect(loud.verdict).toBe(verdict);
    expect(loud.evidence).toMatchObject(evidence);
    expect(loud.ms).toBeLessThanOrEqual(within);
    expect(loud.fix?.who).toBe(who);
    const said = [loud.fix?.text, ...(loud.fix?.snippets ?? []).flatMap(one => [one.title, one.text])].join(
      '\n'
    );
    expect(said).toMatch(fix);
    expect(said + diagnosed.summary).not.toMatch(/internet connection|!/i);
    // Only the root is loud: what waits on it says so, and nothing behind it claims another cause.
    expect(diagnosed.rungs.filter(rung => rung.because !== undefined && rung.verdict !== 'skipped')).toEqual(
      []
    );
  },
  15_000
);

/** 1 to 32: none may be forgotten, and each that is claimed to be elsewhere is there. */
const ROWS = Array.from({ length: 32 }, (_, i) => i + 1);
const textOf = (path: string) => readFile(join(__dirname, '../../..', path), 'utf8');

test.each(ROWS)('row %s of the table of symptoms is a case', async row => {
  const here = SYMPTOMS.some(one => one.row === row);
  const elsewhere = ELSEWHERE[row];
  expect([row, here || elsewhere !== undefined]).toEqual([row, true]);
  if (elsewhere) {
    expect(await textOf(elsewhere.in)).toMatch(new RegExp(`['"]row ${row}: `));
  }
  if (ALSO_IN_NAMESPACES.includes(row)) {
    const both = await Promise.all(['ladder', 'symptoms'].map(one => textOf(`tests/netns/${one}.netns.ts`)));
    expect(both.join()).toMatch(new RegExp(`['"]row ${row}: `));
  }
});

test.each([false, true])(
  'row 13: cut before TLS (%s), seen by the connect or by the handshake, is a device on the way',
  async tls => {
    const { deps } = await arrange({ at: 'emulator', tls, patch: { faults: { api: { kind: 'reset' } } } });
    const diagnosed = await runChecks(deps);
    const loud = diagnosed.rungs.find(rung => rung.id === diagnosed.root);
    // The cut races with the end of the connect, which may have been told by then; without TLS the request meets it.
    const seen = [
      ['tcp.api', 'refused', 'tcp_reset'],
      tls ? ['tls.api', 'tls', 'tls_reset'] : ['http.api', 'refused', 'tcp_reset']
    ];
    expect(seen).toContainEqual([diagnosed.root, diagnosed.verdict, loud?.evidence.cause]);
    expect(loud).toMatchObject({ evidence: { code: 'ECONNRESET' }, fix: { who: 'network administrator' } });
    expect(loud?.fix?.text).toMatch(/firewall/);
    expect(loud?.ms).toBeLessThanOrEqual(1900);
  },
  15_000
);

test('row 9: one of two addresses is dead: it works, with a warning that names it', async () => {
  await plain.setScenario('ok');
  const port = Number(new URL(plain.apiUrl).port);
  const hole = await openHole('127.0.0.2', port);
  try {
    const AWS_ENDPOINT_URL_CODEARTIFACT = plain.apiUrl.replace('127.0.0.1', 'localhost');
    const lookup = async () => ['127.0.0.2', '127.0.0.1'];
    const runtime = runtimeWith({ ...plain.env, AWS_ENDPOINT_URL_CODEARTIFACT });
    const diagnosed = await runChecks(depsWith(runtime, { servers: [resolver.address], lookup }), {
      allowedEndpointHosts: [`http://${new URL(plain.indexUrl).host}`]
    });
    expect(diagnosed.verdict).toBe('ok');
    expect(diagnosed.rungs.find(rung => rung.id === 'tcp.api')).toMatchObject({
      verdict: 'ok',
      warning: expect.stringContaining('127.0.0.2'),
      evidence: { deadAddresses: ['127.0.0.2'] },
      fix: { who: expect.any(String) }
    });
  } finally {
    await hole.close();
  }
}, 15_000);

test('through a proxy that works the probes pass, and the first rung says whose way it is', async () => {
  const { deps } = await arrange({ at: 'proxy', status: 200 });
  const indexUrl = `${secure.indexUrl}/pypi/isolatedsm/simple/`;
  const cached = { token: new Secret('t'), expiresAt: Date.now() + 3600_000, indexUrl };
  const diagnosed = await runChecks(unreachable(deps), { cached, only: 'tls.repository' });
  expect([diagnosed.verdict, shape(diagnosed)]).toEqual(['ok', expect.anything()]);
  const api = await runChecks(unreachable(deps), { only: 'http.api' });
  expect([api.verdict, shape(api)]).toEqual(['ok', expect.anything()]);
  expect(api.rungs[0]?.warning).toContain('HTTPS_PROXY');
  expect(api.rungs.find(rung => rung.id === 'tcp.api')?.evidence.through).toMatch(/^http:\/\/127\.0\.0\.1:/);
}, 15_000);
