import { execFileSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Emulator, startEmulator } from '../../testing/emulator/emulator';
import type { Document } from '../../src/protocol/document';
import { createProduct, type Product, startServer } from '../../testing/harness/product';

/** What people and machines get wrong: one plain sentence, its exit code, who can mend it, and nothing changed. */
jest.setTimeout(180_000);

let emulator: Emulator;
let product: Product;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());
beforeEach(async () => {
  await emulator.setScenario('ok');
  product = createProduct(emulator.env);
});
afterEach(() => product.close());

const put = (path: string, bytes: string | Buffer, mode = 0o600) => {
  const full = join(product.home, path);
  mkdirSync(join(full, '..'), { recursive: true });
  writeFileSync(full, bytes);
  chmodSync(full, mode);
};

/** Every file and folder of the home but our own memory and Node's compiled code of us: path, mode, bytes. */
const OUR_OWN = /\.(local\/state|cache)\/jupyterlab-codeartifact$/;

function photograph(folder = product.home): Record<string, string> {
  return Object.assign(
    {},
    ...readdirSync(folder).map(name => {
      const path = join(folder, name);
      const stat = lstatSync(path);
      return stat.isDirectory()
        ? OUR_OWN.test(path)
          ? {}
          : photograph(path)
        : { [path]: `${stat.mode.toString(8)} ${readFileSync(path, 'latin1')}` };
    })
  );
}

async function refused(words: string[], more: Record<string, string> = {}) {
  const before = photograph();
  const said = await product.command([...words, '--json'], more);
  expect(photograph()).toEqual(before);
  expect(said.err).not.toMatch(/\bat \w+.*:\d+:\d+|Traceback|node:/);
  const document = said.out ? (JSON.parse(said.out) as Document) : null;
  return { ...said, document, fix: document?.rungs.find(rung => rung.fix)?.fix };
}

const PIP = '.config/pip/pip.conf';

describe.each<[string, string[], () => void, string, number, RegExp]>([
  [
    'an owner of 3 digits',
    ['--domain-owner', '123'],
    () => undefined,
    'invalid_settings',
    2,
    /domainOwner.*12 digits/
  ],
  ['no repository', ['--repository', ''], () => undefined, 'invalid_settings', 2, /repository is not set/],
  ['an unknown Region', ['--region', 'us-oust-1'], () => undefined, 'invalid_settings', 2, /us-oust-1/],
  [
    'a repository with a slash',
    ['--repository', 'a/b'],
    () => undefined,
    'invalid_settings',
    2,
    /repository/
  ],
  ['a duration of 10', ['--duration-seconds', '10'], () => undefined, 'invalid_settings', 2, /900/],
  [
    'a duration that is no number',
    ['--duration-seconds', 'x'],
    () => undefined,
    'invalid_settings',
    2,
    /must be a number/
  ],
  [
    'an endpoint that is not AWS',
    ['--api-endpoint', 'https://evil.example'],
    () => undefined,
    'invalid_settings',
    2,
    /evil\.example/
  ],
  ['no section header', [], () => put(PIP, 'timeout = 5\n'), 'write_failed', 5, /pip\.conf.*line 1/i],
  ['a byte-order mark', [], () => put(PIP, '\ufeff[global]\ntimeout = 5\n'), 'write_failed', 5, /pip\.conf/],
  [
    'not UTF-8',
    [],
    () => put(PIP, Buffer.from('[global]\nx = \xff\xfe\n', 'latin1')),
    'write_failed',
    5,
    /pip\.conf/
  ],
  [
    'a broken netrc',
    [],
    () => put('.netrc', 'machine a login b\npasswort c\n'),
    'write_failed',
    5,
    /\.netrc/
  ],
  [
    'a read-only pip.conf',
    [],
    () => put(PIP, '[global]\n', 0o444),
    'write_failed',
    5,
    /pip\.conf.*read-only/
  ],
  [
    'a folder in place of pip.conf',
    [],
    () => mkdirSync(join(product.home, PIP), { recursive: true }),
    'write_failed',
    5,
    /pip\.conf/
  ],
  [
    'a file in place of the data folder',
    [],
    () => put('.local/state/jupyterlab-codeartifact', ''),
    'write_failed',
    5,
    /codeartifact/
  ]
])('%s', (_, words, prepare, verdict, code, sentence) => {
  it(`is ${verdict}, exit ${code}, with who can mend it and nothing changed`, async () => {
    prepare();
    const told = await refused(['connect', ...words]);
    expect([told.document?.verdict, told.code]).toEqual([verdict, code]);
    expect(told.document?.summary).toMatch(sentence);
    expect(told.fix).toMatchObject({ who: expect.any(String), text: expect.stringMatching(/\w/) });
  });
});

it.each([
  ['throttled', 5, 'throttled'],
  ['service-error', 5, 'service_error'],
  ['proxy-page', 5, 'proxy'],
  ['proxy-page-index', 5, 'proxy'],
  ['garbage', 5, 'service_error'],
  ['reset', 5, 'refused'],
  ['refused', 5, 'refused'],
  ['no-role-permission', 4, 'access_denied'],
  ['repository-not-found', 5, 'not_found'],
  ['expired-credentials', 5, 'expired_credentials'],
  ['clock-skew', 5, 'clock_skew'],
  ['no-endpoints', 3, 'timeout'],
  ['repositories-missing', 3, 'timeout'],
  ['silent', 3, 'timeout']
])('%s: exit %s, %s', async (scenario, code, verdict) => {
  await emulator.setScenario(scenario);
  const told = await refused(['connect']);
  expect([told.document?.verdict, told.code]).toEqual([verdict, code]);
  expect(told.fix?.who).toMatch(/\w/);
  const slowest = Math.max(...(told.document?.rungs.map(rung => rung.ms) ?? []));
  expect(slowest).toBeLessThan(scenario === 'silent' ? 6000 : 4000);
});

it('a home that does not exist, or none at all', async () => {
  const nowhere = await product.command(['connect', '--json'], {
    HOME: '/nonexistent',
    JUPYTER_DATA_DIR: join(product.home, 'd')
  });
  expect([nowhere.code, nowhere.err]).toEqual([
    process.getuid?.() === 0 ? expect.any(Number) : 5,
    expect.not.stringMatching(/Traceback/)
  ]);
});

const root = process.getuid?.() === 0;
(root ? it : it.skip)('a full disk (root only: it takes a mount)', async () => {
  const small = join(product.home, 'small');
  mkdirSync(small);
  await mounted(['-t', 'tmpfs', '-o', 'size=64k', 'none'], small, async () => {
    for (let i = 0; i < 100; i++) {
      try {
        writeFileSync(join(small, `rest${i}`), 'x');
      } catch {
        break;
      }
    }
    const before = photograph(small);
    const told = await product.command(['connect', '--json'], { HOME: small });
    expect([told.code, (JSON.parse(told.out) as Document).verdict]).toEqual([5, 'write_failed']);
    expect((JSON.parse(told.out) as Document).summary).toMatch(/the disk is full/);
    expect(photograph(small)).toEqual(before);
  });
});

it('the server: settings of wrong types, wrong bodies and wrong verbs', async () => {
  const settings = join(
    product.home,
    '.jupyter/lab/user-settings/jupyterlab-codeartifact/plugin.jupyterlab-settings'
  );
  const server = await startServer(product);
  try {
    for (const [values, sentence] of [
      [{ domain: 5, repository: [], durationSeconds: 'long', tools: 'pip' }, /domain.*repository/],
      [{ domain: 'analytics', repository: 'isolatedsm', credentials: { a: 1 } }, /credentials/]
    ] as const) {
      writeFileSync(settings, JSON.stringify(values));
      const before = photograph();
      const { status, text } = await server.post('connect');
      const document = JSON.parse(text) as Document;
      expect([status, document.verdict, document.rungs[0].fix?.who]).toEqual([
        200,
        'invalid_settings',
        'you'
      ]);
      expect(document.summary).toMatch(sentence);
      expect(Object.keys(photograph()).filter(path => /netrc|pip/.test(path))).toEqual(
        Object.keys(before).filter(path => /netrc|pip/.test(path))
      );
    }
    writeFileSync(settings, '{ "domain": "anal');
    const { text } = await server.get('state');
    expect((JSON.parse(text) as Document).notes?.join(' ')).toMatch(/not used: line 1/);
    expect((await server.post('diagnose', { rung: 'nonsense' })).status).toBe(400);
    expect((await server.post('nonsense')).status).toBe(404);
    expect((await server.get('connect')).status).toBe(405);
  } finally {
    await server.close();
  }
});

/** Mounts, works, unmounts; says so where nothing may be mounted. */
async function mounted(args: string[], place: string, work: () => Promise<void>): Promise<void> {
  try {
    execFileSync('mount', [...args, place], { stdio: 'ignore' });
  } catch {
    console.warn('Not run: there is no right to mount here, as in many containers.');
    return;
  }
  try {
    await work();
  } finally {
    execFileSync('umount', [place]);
  }
}

(root ? it : it.skip)(
  'a netrc that is a mount by itself, as containers bring one in (root only)',
  async () => {
    put('.netrc', 'machine other login me password pw\n');
    put('elsewhere', 'machine mounted login me password pw\n');
    await mounted(['--bind', join(product.home, 'elsewhere')], join(product.home, '.netrc'), async () => {
      const { code, document, fix } = await refused(['connect']);
      expect([code, document?.verdict]).toEqual([5, 'write_failed']);
      expect(document?.summary).toMatch(/\.netrc could not be written: the file is mounted by itself/);
      expect(fix?.text).not.toBe('');
    });
  }
);

(root ? it : it.skip)('a home that is mounted read-only (root only)', async () => {
  const home = join(product.home, 'frozen');
  mkdirSync(home);
  await mounted(['-t', 'tmpfs', '-o', 'ro', 'none'], home, async () => {
    const told = await product.command(['connect', '--json'], { HOME: home });
    const document = JSON.parse(told.out) as Document;
    expect([told.code, document.verdict]).toEqual([5, 'write_failed']);
    expect(document.summary).toMatch(/the file system is read-only/);
  });
});

(root ? it : it.skip)(
  'configuration on another device than the home is written, and given back (root only)',
  async () => {
    const folder = join(product.home, '.config');
    mkdirSync(folder);
    await mounted(['-t', 'tmpfs', '-o', 'size=1m', 'none'], folder, async () => {
      expect(await product.command(['connect'])).toMatchObject({ code: 0 });
      expect(readFileSync(join(folder, 'pip/pip.conf'), 'utf8')).toContain('index-url = ');
      expect(await product.command(['disconnect'])).toMatchObject({ code: 0 });
      expect(readdirSync(folder)).toEqual([]);
    });
  }
);
