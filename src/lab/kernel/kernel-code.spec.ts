/** @jest-environment node */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  downloadCode,
  type IWantedIndex,
  pythonValue,
  shadowExpression,
  unsetExpression
} from './kernel-code';

/** What is run in a user's kernel, run by a real Python, and a real pip, in an environment of its own. */
jest.setTimeout(60_000);

const PYTHON = join(__dirname, '../../../.venv/bin/python');
if (!existsSync(PYTHON)) {
  throw new Error(`These tests run real Python: there is no ${PYTHON}. \`make build\` makes it.`);
}
const TOKEN = 'CANARY0123456789abcdefghijklmnopqrstuvwxyz';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'kernel-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const envOf = (more: Record<string, string>) => ({
  PATH: '/usr/bin:/bin',
  HOME: home,
  TMPDIR: home,
  ...more
});

/** Runs code as a kernel would, then says which names it left in the user's namespace. */
function python(code: string, env: Record<string, string> = {}): string {
  const whole = `user = {}\nexec(${JSON.stringify(code)}, user)\nprint(sorted(set(user) - {"__builtins__"}))`;
  const { stdout, stderr } = spawnSync(PYTHON, ['-c', whole], { env: envOf(env), encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout;
}

const value = (expression: string, env: Record<string, string> = {}): string =>
  python(`print(repr(${expression}))`, env).split('\n')[0].replace(/^'|'$/g, '');

describe('variables that win over the files', () => {
  const wanted = (change: Partial<IWantedIndex> = {}): IWantedIndex => ({
    index: 'https://index.example.com/pypi/team/simple/',
    mode: 'index-url',
    netrc: '~/.netrc',
    ...change
  });
  const conf = (text: string): string => {
    writeFileSync(join(home, 'pip.conf'), text);
    return join(home, 'pip.conf');
  };
  const found = (env: Record<string, string>, change: Partial<IWantedIndex> = {}) =>
    value(shadowExpression(wanted(change)), env);

  it.each<[string, Record<string, string>, string, Partial<IWantedIndex>?]>([
    ['nothing is set', {}, ''],
    ['empty ones count for nothing', { PIP_INDEX_URL: ' ', PIP_NO_INDEX: '' }, ''],
    ['another index', { PIP_INDEX_URL: 'https://pypi.org/simple' }, 'PIP_INDEX_URL'],
    ['the same index', { PIP_INDEX_URL: 'https://index.example.com/pypi/team/simple' }, ''],
    [
      'the same index with a token of its own, which ends',
      { PIP_INDEX_URL: `https://aws:${TOKEN}@index.example.com/pypi/team/simple/` },
      'PIP_INDEX_URL'
    ],
    [
      'the same index without the token that stands in pip.conf',
      { PIP_INDEX_URL: 'https://index.example.com/pypi/team/simple/' },
      'PIP_INDEX_URL',
      { netrc: '' }
    ],
    ['an extra index beside ours', { PIP_EXTRA_INDEX_URL: 'https://pypi.org/simple' }, ''],
    [
      'an extra index in place of ours',
      { PIP_EXTRA_INDEX_URL: 'https://pypi.org/simple', PIP_INDEX_URL: 'https://pypi.org/simple' },
      'PIP_EXTRA_INDEX_URL',
      { mode: 'extra-index-url' }
    ],
    ['no index at all', { PIP_NO_INDEX: '1' }, 'PIP_NO_INDEX'],
    ['no-index turned off', { PIP_NO_INDEX: 'false' }, ''],
    ['no files at all', { PIP_CONFIG_FILE: '/dev/null' }, 'PIP_CONFIG_FILE'],
    ['a file that is not there', { PIP_CONFIG_FILE: '/nowhere/pip.conf' }, ''],
    ['another token file', { NETRC: '/nowhere/netrc' }, 'NETRC'],
    ['another token file where none is needed', { NETRC: '/nowhere/netrc' }, '', { netrc: '' }],
    [
      'several',
      { PIP_INDEX_URL: 'https://pypi.org/simple', PIP_NO_INDEX: 'yes' },
      'PIP_INDEX_URL PIP_NO_INDEX'
    ]
  ])('%s', (...[, env, names, change]) => expect(found(env, change)).toBe(names));

  it.each([
    ['[global]\ntimeout = 60\n', ''],
    ['[global]\nindex_url: https://mirror.example.com/simple\n', 'PIP_CONFIG_FILE'],
    ['[global]\nindex-url = https://aws:secret@index.example.com/pypi/team/simple\n', '']
  ])('a configuration file of its own: %j', (text, names) =>
    expect(found({ PIP_CONFIG_FILE: conf(text) })).toBe(names)
  );

  it('the token file named in so many words', () => {
    writeFileSync(join(home, '.netrc'), '');
    expect(found({ NETRC: join(home, '.netrc') })).toBe('');
  });

  it('lets no value out, and leaves no name behind', () => {
    const env = { PIP_INDEX_URL: `https://aws:${TOKEN}@elsewhere.example.com/`, NETRC: TOKEN };
    const out = python(`print(repr(${shadowExpression(wanted())}))`, env);
    expect(out).toBe(`'PIP_INDEX_URL NETRC'\n[]\n`);
  });

  it('unsets what it names, and says no value', () => {
    const env = { PIP_INDEX_URL: TOKEN, PIP_NO_INDEX: '1', PIP_TIMEOUT: '5' };
    const code = `print(repr(${unsetExpression(['PIP_INDEX_URL', 'PIP_NO_INDEX', 'NETRC'])}))\nimport os as o\nprint(sorted(k for k in o.environ if k.startswith("PIP_")))\ndel o`;
    expect(python(code, env)).toBe(`None\n['PIP_TIMEOUT']\n[]\n`);
  });
});

it.each(['download.py', 'shadows.py', 'cancel.py', 'stay.py'])(
  '%s is valid in Python 3.6, the oldest kernel that it may meet',
  name => {
    const check = 'import ast, sys; ast.parse(open(sys.argv[1]).read(), feature_version=(3, 6))';
    const { stderr } = spawnSync(PYTHON, ['-c', check, join(__dirname, name)], { encoding: 'utf8' });
    expect(stderr).toBe('');
  }
);

it('does not depend on what the user has called exec', () => {
  const out = python(
    `exec = None\nx = ${shadowExpression({ index: 'https://i.example.com/', mode: 'index-url', netrc: '' })}\ndel exec\nprint(repr(x))\ndel x`
  );
  expect(out).toBe(`''\n[]\n`);
});

describe('texts become data, never code', () => {
  it.each(['"; import os; os.abort() #', "'''", '\\', 'a\nb', '\u2028', '${x}', '%s', 'é🐍', '\0'])(
    '%j',
    text =>
      expect(Buffer.from(value(`${pythonValue(text)}.encode().hex()`), 'hex').toString('utf8')).toBe(text)
  );
});

describe('the test installation', () => {
  let server: Server;
  let port: number;
  const asked: { url: string; auth: string }[] = [];
  let hang = false;

  beforeAll(async () => {
    const wheel = spawnSync(PYTHON, ['-c', WHEEL], { encoding: 'latin1' }).stdout;
    server = createServer((request, response) => {
      asked.push({ url: request.url ?? '', auth: request.headers.authorization ?? '' });
      if (request.url?.endsWith('.whl')) {
        response.end(Buffer.from(wheel, 'latin1'));
      } else if (request.url?.endsWith('/demo-pack/')) {
        if (!hang) {
          response.setHeader('content-type', 'text/html');
          response.end('<a href="/pypi/team/simple/demo-pack/1.2/demo_pack-1.2-py3-none-any.whl">x</a>');
        }
      } else {
        response.statusCode = 404;
        response.end();
      }
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    asked.length = 0;
    hang = false;
    mkdirSync(join(home, '.config/pip'), { recursive: true });
    // The token in pip.conf itself: what pip prints of it must not get out.
    writeFileSync(
      join(home, '.config/pip/pip.conf'),
      `[global]\nindex-url = http://aws:${TOKEN}@127.0.0.1:${port}/pypi/team/simple/\n`
    );
  });

  /** `WHEEL` without files of its own: name, version, and nothing to run. */
  const WHEEL = `
import io, sys, zipfile
out = io.BytesIO()
with zipfile.ZipFile(out, "w") as z:
    z.writestr("demo_pack-1.2.dist-info/METADATA", "Metadata-Version: 2.1\\nName: demo-pack\\nVersion: 1.2\\n")
    z.writestr("demo_pack-1.2.dist-info/WHEEL", "Wheel-Version: 1.0\\nTag: py3-none-any\\n")
    z.writestr("demo_pack-1.2.dist-info/RECORD", "")
sys.stdout.buffer.write(out.getvalue())
`;

  /** Beside the server in this process, so not by spawnSync. */
  function run(
    requirement: string,
    env: Record<string, string> = {},
    line: (text: string, interrupt: () => void) => void = () => undefined
  ): Promise<{ news: [string, never][]; text: string; names: string }> {
    const whole = `user = {}\nexec(${JSON.stringify(downloadCode(requirement, 'key'))}, user)\nprint(sorted(set(user) - {"__builtins__"}))`;
    const child = spawn(PYTHON, ['-c', whole], { env: envOf(env) });
    let text = '';
    const take = (chunk: Buffer): void => {
      text += chunk.toString();
      line(text, () => child.kill('SIGINT'));
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    return new Promise(done =>
      child.on('close', () => {
        const lines = text.trim().split('\n');
        const names = lines.pop() ?? '';
        done({ news: lines.map(item => JSON.parse(item) as [string, never]), text, names });
      })
    );
  }

  it('says what came from where; the token was sent, and is in nothing that gets out', async () => {
    const { news, text, names } = await run('demo-pack');
    expect(news[0]).toEqual(['began', true]);
    expect(news.at(-1)).toEqual([
      'end',
      {
        ok: true,
        name: 'demo_pack',
        version: '1.2',
        source: `http://127.0.0.1:${port}/pypi/team/simple/`,
        error: '',
        pip: expect.stringMatching(/^\d+\./) as string,
        python: expect.stringMatching(/^3\.\d+$/) as string,
        seconds: expect.any(Number) as number
      }
    ]);
    const sent = Buffer.from(`aws:${TOKEN}`).toString('base64');
    expect(asked.some(({ auth }) => auth === `Basic ${sent}`)).toBe(true);
    expect(text).not.toContain(TOKEN);
    expect(text).not.toContain('aws:');
    expect(names).toBe('[]');
    expect(readdirSync(home)).toEqual(['.config']);
  });

  it('gives pip’s last error in its own words', async () => {
    const { news } = await run('no-such-pack==9');
    expect(news.at(-1)).toMatchObject([
      'end',
      { ok: false, error: 'No matching distribution found for no-such-pack==9' }
    ]);
    expect(readdirSync(home)).toEqual(['.config']);
  });

  it('an interrupt ends pip and takes the folder away', async () => {
    hang = true;
    let stopped = false;
    const { news } = await run('demo-pack', {}, (text, interrupt) => {
      if (!stopped && text.includes('Looking in indexes')) {
        stopped = true;
        interrupt();
      }
    });
    expect(news.at(-1)).toEqual(['cancelled', true]);
    expect(readdirSync(home)).toEqual(['.config']);
  });

  it('a package that is named like a flag stays a name', async () => {
    await run('--version');
    expect(existsSync(join(home, 'pip'))).toBe(false);
  });
});
