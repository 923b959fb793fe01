import { spawnSync } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { configure, createHome, type Home, HOST, INDEX, restore, target, TOKEN } from './home-fixture';
import { python } from './reference-parsers';

const BIN = join(__dirname, '../../.venv/bin');
const has = (tool: string) => existsSync(join(BIN, tool));

/** Real tools, in an environment of their own: this machine's variables would decide for them. */
const env = (home: Home, more: Record<string, string> = {}) => ({
  PATH: '/usr/bin:/bin',
  HOME: home.home,
  ...more
});

const pip = (home: Home, ...args: string[]) => {
  const run = spawnSync(python, ['-m', 'pip', '--disable-pip-version-check', ...args], {
    env: env(home),
    encoding: 'utf8'
  });
  return { code: run.status, out: run.stdout, err: run.stderr };
};

// A machine-wide file of this machine may add options of its own.
const indexes = (out: string) =>
  out
    .split('\n')
    .filter(line => /index-url|timeout/.test(line))
    .sort();

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

test('pip reads what we wrote; with netrc it shows no token, and after Disconnect it knows nothing', async () => {
  await configure(home.deps, target());
  const { out, code } = pip(home, 'config', 'list');
  expect(code).toBe(0);
  expect(indexes(out)).toEqual([`global.index-url='${INDEX}'`]);
  expect(out).not.toContain(TOKEN);
  expect(pip(home, 'config', 'debug').out).not.toContain(TOKEN);
  await configure(home.deps, target({ credentials: 'inline' }));
  expect(pip(home, 'config', 'get', 'global.index-url').out.trim()).toBe(
    INDEX.replace('https://', `https://aws:${encodeURIComponent(TOKEN)}@`)
  );
  await restore(home.deps);
  expect(indexes(pip(home, 'config', 'list').out)).toEqual([]);
}, 60_000);

test('after "pip config set" rewrote our file, Disconnect still takes our line out', async () => {
  home.write('.config/pip/pip.conf', '# mine\n[global]\nindex-url = https://corp/simple\n');
  await configure(home.deps, target());
  expect(pip(home, 'config', 'set', 'global.timeout', '30').code).toBe(0);
  expect(await restore(home.deps)).toMatchObject({ ok: true });
  expect(indexes(pip(home, 'config', 'list').out)).toEqual([
    "global.index-url='https://corp/simple'",
    "global.timeout='30'"
  ]);
}, 60_000);

describe('against an index that wants the token', () => {
  let server: Server;
  let asked: (string | undefined)[];
  let index: string;

  beforeEach(async () => {
    asked = [];
    server = createServer((request, response) => {
      const { authorization } = request.headers;
      asked.push(authorization);
      if (authorization === `Basic ${Buffer.from(`aws:${TOKEN}`).toString('base64')}`) {
        response
          .writeHead(200, { 'content-type': 'text/html' })
          .end('<!DOCTYPE html><html><body></body></html>');
      } else {
        response.writeHead(401, { 'www-authenticate': 'Basic' }).end();
      }
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    index = `http://127.0.0.1:${(server.address() as AddressInfo).port}/pypi/r/simple/`;
  });
  afterEach(() => new Promise(resolve => server.close(resolve)));

  const run = (command: string, args: string[], more: Record<string, string> = {}) =>
    new Promise<string>(resolve => {
      const child = spawn(command, args, { env: env(home, more) });
      let out = '';
      child.stdout.on('data', data => (out += String(data)));
      child.stderr.on('data', data => (out += String(data)));
      child.on('close', () => resolve(out));
    });

  // A keyring that was asked would show: this one tells, and breaks.
  const fakeKeyring = () => {
    home.write('keyring/keyring.py', 'raise RuntimeError("the keyring was asked")\n');
    return { PYTHONPATH: home.at('keyring') };
  };

  test.each(['netrc', 'inline'] as const)(
    'pip sends the token at once with %s, and asks no keyring',
    async credentials => {
      await configure(home.deps, target({ credentials }, TOKEN, index));
      const args = [
        '-m',
        'pip',
        '--disable-pip-version-check',
        'download',
        '--no-deps',
        '--no-cache-dir',
        'nothing'
      ];
      const out = await run(python, args, fakeKeyring());
      expect(out).toContain('No matching distribution');
      expect(out).not.toMatch(/keyring|User for/);
      expect(out).not.toContain(TOKEN);
      expect(asked).toHaveLength(1);
      expect(asked[0]).toBeDefined();
    },
    60_000
  );

  (has('uv') ? test : test.skip).each(['netrc', 'inline'] as const)(
    'uv finds the token with %s',
    async credentials => {
      home.write(
        '.config/uv/uv.toml',
        '[[index]]\nname = "corp"\nurl = "http://127.0.0.1:9/simple"\ndefault = true\n'
      );
      await configure(home.deps, target({ credentials, tools: ['uv'] }, TOKEN, index));
      const out = await run(join(BIN, 'uv'), [
        'pip',
        'install',
        '--dry-run',
        '--no-cache',
        '--python',
        python,
        'nothing'
      ]);
      expect(out).not.toMatch(/401|error sending/);
      expect(out).toContain('there are no versions');
      expect(asked.at(-1)).toBeDefined();
    },
    60_000
  );
});

(has('twine') ? test : test.skip)(
  'twine reads the server we wrote, beside the usual ones',
  async () => {
    await configure(home.deps, target({ tools: ['twine'] }));
    const code = 'import json, twine.utils as u; print(json.dumps(u.get_config("~/.pypirc")))';
    const read = spawnSync(python, ['-c', code], { env: env(home), encoding: 'utf8' });
    const config = JSON.parse(read.stdout) as Record<string, Record<string, string>>;
    expect(Object.keys(config).sort()).toEqual(['codeartifact', 'pypi', 'testpypi']);
    expect(config['codeartifact']).toMatchObject({
      repository: `https://${HOST}/pypi/isolatedsm/`,
      username: 'aws',
      password: TOKEN
    });
  },
  60_000
);
