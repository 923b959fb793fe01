import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOM = resolve('src/engine/aws');

/** Asks for a token when told to, and says which of the SDK's code has run. */
const ENTRY = `
import { createCalls } from '${ROOM}/codeartifact';
const [, , endpoint] = process.argv;
const runtime = { clock: { now: Date.now, ticks: () => performance.now(), sleep: (ms, s) => new Promise(r => { const t = setTimeout(r, ms); s?.addEventListener('abort', () => { clearTimeout(t); r(undefined); }); }) } } as never;
async function ask() {
  const credentials = { fingerprint: 'x', provider: async () => ({ accessKeyId: 'A', secretAccessKey: 'b' }) };
  const calls = createCalls({ runtime, region: 'us-east-1', endpoint, endpointType: 'ipv4', credentials });
  const answer = await calls.getAuthorizationToken({ domain: 'd1', domainOwner: '', durationSeconds: 900 }, new AbortController().signal);
  console.log(answer.ok ? 'token' : JSON.stringify(answer.failure));
}
if (endpoint) void ask();
`;

// Builds and processes: slow on a busy machine.
jest.setTimeout(120_000);

let folder = '';
const engine = () => join(folder, 'engine.cjs');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'engine-'));
  writeFileSync(join(folder, 'entry.ts'), ENTRY);
  execFileSync(process.execPath, [
    'scripts/build-engine.mjs',
    '--entry',
    join(folder, 'entry.ts'),
    '--outdir',
    folder
  ]);
});

afterAll(() => rmSync(folder, { recursive: true }));

it('the AWS room with the SDK stays well under the limit of the whole engine', () => {
  expect(statSync(join(folder, 'main.cjs')).size).toBeLessThan(420_000);
});

it('nothing of the SDK runs, and no core module is loaded, before the first call', () => {
  const script = `
    const { Module } = require('node:module');
    const load = Module._load, seen = [];
    Module._load = function (id) { seen.push(id); return load.apply(this, arguments); };
    require(${JSON.stringify(engine())});
    console.log(JSON.stringify(seen.slice(1)));`;
  const starting = ['node:fs', 'node:path', 'node:vm', 'node:zlib'];
  expect(JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }))).toEqual(starting);
});

it('asks for a token, writes nothing to stderr (the SDK warns below Node 22), and ends by itself', async () => {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{"authorizationToken": "t", "expiration": 1900000000}');
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const { spawn } = await import('node:child_process');
  const child = spawn(process.execPath, [engine(), `http://127.0.0.1:${port}`]);
  const said = { out: '', err: '' };
  child.stdout.on('data', part => (said.out += part));
  child.stderr.on('data', part => (said.err += part));
  const code = await new Promise(done => child.on('close', done));
  server.closeAllConnections();
  server.close();
  expect({ code, ...said }).toEqual({ code: 0, out: 'token\n', err: '' });
});

it('carries the licence of every package in it', () => {
  const notices = readFileSync(join(folder, 'THIRD-PARTY-LICENSES.txt'), 'utf8');
  expect(notices).toMatch(/@aws-sdk\/client-codeartifact@\S+ \(Apache-2\.0\)/);
  expect(notices).toContain('Apache License');
});

it('a package without a licence text stops the build', () => {
  const script = `import('./scripts/notices.mjs').then(m => m.noticesOf(['node_modules/@aws-sdk/nested-clients/x.js'], {})).catch(e => { console.error(e.message); process.exit(3); })`;
  const { status, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  expect(status).toBe(3);
  expect(stderr).toMatch(/ships no licence text/);
});

it('the settings schema is as the settings table says', () => {
  execFileSync(process.execPath, ['scripts/write-schema.mjs', '--check']);
});
