import { fakeRuntime, REPOSITORY } from '../../../../testing/fixtures/diagnosis/fake-deps';
import { find, run } from '../../../../testing/fixtures/diagnosis/run-checks';
import { SETTINGS } from '../../../../testing/fixtures/diagnosis/emulator-harness';
import { configure, createHome, type Home } from '../../../../tests/files/home-fixture';
import { Secret } from '../../core/secret/secret';
import { done } from '../../core/failure';
import { inspect } from '../../tools/inspect';
import { pipNetwork } from '../../tools/pip/network';
import type { Settings } from '../../../protocol/settings';

// The check of the tools on real files, with hosts that answer as the rows say: `ok` is said only where pip can install.

const INDEX = `https://${REPOSITORY}/pypi/isolatedsm/simple/`;
const TOKEN = 't0ken';
const HOUR_MS = 3600_000;

let home: Home;
afterEach(() => home.remove());

interface Given {
  readonly env?: Record<string, string>;
  readonly files?: Record<string, string>;
  readonly settings?: Partial<Settings>;
  /** Milliseconds that the connection's token still lives. */
  readonly left?: number;
  readonly python?: string;
}

/** Connects, then lays other files beside, and diagnoses. */
async function diagnose({ env = {}, files = {}, settings = {}, left = HOUR_MS, python }: Given) {
  home = createHome();
  if (python) {
    home.write(`${home.root}/venv/pyvenv.cfg`, `home = /usr/bin\nversion = ${python}\n`);
  }
  const chosen = { ...SETTINGS, ...settings };
  const token = new Secret(TOKEN);
  expect((await configure(home.deps, { settings: chosen, indexUrl: INDEX, token })).ok).toBe(true);
  for (const [path, text] of Object.entries(files)) {
    home.write(path, text.replaceAll('NOW', path === '.config/pip/pip.conf' ? home.read(path) : ''));
  }
  const fake = fakeRuntime(env);
  fake.hosts['corp'] = { addresses: ['10.1.0.1'] };
  fake.hosts['locked'] = { addresses: ['10.1.0.2'], status: 401 };
  fake.hosts['black-hole'] = { addresses: ['10.1.0.3'], silent: ['10.1.0.3'] };
  const tools = {
    ...home.deps,
    runtime: { ...home.deps.runtime, env: { ...home.deps.runtime.env, ...env } }
  };
  const right = `Basic ${Buffer.from(`aws:${TOKEN}`).toString('base64')}`;
  const network: typeof fake.deps.network = {
    ...fake.deps.network,
    get: async (asked, signal) => {
      const login = asked.headers?.['Authorization'];
      return asked.url === INDEX && login !== undefined && login !== right
        ? done({ status: 401, headers: {}, body: '', cut: false })
        : fake.deps.network.get(asked, signal);
    }
  };
  // The clock stands still only for sockets: the disk is a real one, so it is read before.
  const [report, read] = await Promise.all([
    inspect(tools, { settings: chosen, indexUrl: INDEX }),
    pipNetwork(tools)
  ]);
  const deps = {
    ...fake.deps,
    network,
    inspectTools: async () => report,
    pipNetwork: async () => read
  };
  const expiresAt = fake.clock.now() + left;
  const diagnosed = await run(
    { ...fake, deps },
    {
      mode: 'diagnose',
      settings: chosen,
      connection: { indexUrl: INDEX, expiresAt },
      cached: left > 0 ? { token, expiresAt, indexUrl: INDEX } : null
    }
  );
  const check = find(diagnosed.rungs, 'tools')!;
  expect(JSON.stringify(diagnosed)).not.toMatch(/hunter2|undefined|\[object/);
  // One answer never says both.
  expect(/can install from/.test(diagnosed.summary)).toBe(diagnosed.verdict === 'ok');
  return { diagnosed, check, text: (check.fix?.snippets ?? []).map(snippet => snippet.text).join('\n') };
}

const AT = '.config/pip/pip.conf';
const pypirc = (password: string) =>
  `[distutils]\nindex-servers = codeartifact\n[codeartifact]\nrepository = ${INDEX.replace('simple/', '')}\nusername = aws\npassword = ${password}\n`;
const REGISTRY = INDEX.replace('/pypi/', '/npm/').replace('simple/', '');
const npmrc = (token: string) => `registry=${REGISTRY}\n${REGISTRY.slice(6)}:_authToken=${token}\n`;
const poetryAuth = (password: string) =>
  `[http-basic.codeartifact]\nusername = "aws"\npassword = "${password}"\n`;
const OLD = INDEX.replace('https://', 'https://aws:hunter2@');

test.each<[string, Given, { verdict: string; summary: RegExp; text?: RegExp }]>([
  [
    'an old token in a variable',
    { env: { PIP_EXTRA_INDEX_URL: OLD } },
    {
      verdict: 'expired_credentials',
      summary:
        /pip cannot install because of the variable PIP_EXTRA_INDEX_URL .*whose password the index refuses/,
      text: /unset PIP_EXTRA_INDEX_URL/
    }
  ],
  [
    'an old token written by hand',
    { files: { [AT]: `[global]\nindex-url = ${OLD}\n` } },
    {
      verdict: 'expired_credentials',
      summary: /index-url in .*pip\.conf, line 2/,
      text: /^jupyter codeartifact connect$/
    }
  ],
  [
    'an old token in the netrc',
    { files: { '.netrc': `machine ${REPOSITORY} login aws password hunter2\n` } },
    {
      verdict: 'expired_credentials',
      summary: /pip cannot install because of .*\.netrc, whose password the index refuses/,
      text: /^jupyter codeartifact connect$/
    }
  ],
  [
    'an old token in .pypirc',
    { settings: { tools: ['pip', 'twine'] }, files: { '.pypirc': pypirc('hunter2') } },
    {
      verdict: 'expired_credentials',
      summary:
        /twine cannot upload because of password in .*\.pypirc, line \d, whose password the index refuses/,
      text: /^jupyter codeartifact connect$/
    }
  ],
  [
    'a uv.toml without our index',
    { settings: { tools: ['uv'] }, files: { '.config/uv/uv.toml': 'compile-bytecode = true\n' } },
    { verdict: 'write_failed', summary: /^No file of uv names this connection\.$/, text: /^$/ }
  ],
  [
    'a folder of settings that uv was not connected in',
    { settings: { tools: ['uv'] }, env: { XDG_CONFIG_HOME: '/elsewhere' } },
    { verdict: 'write_failed', summary: /^No file of uv names this connection\.$/, text: /^$/ }
  ],
  [
    "another token in npm's own place",
    { settings: { tools: ['npm'] }, files: { '.npmrc': npmrc('hunter2') } },
    {
      verdict: 'write_failed',
      summary: /another token for the registry in .*\.npmrc, line 2/,
      text: /^jupyter codeartifact connect$/
    }
  ],
  [
    "another token in Poetry's own place",
    { settings: { tools: ['poetry'] }, files: { '.config/pypoetry/auth.toml': poetryAuth('hunter2') } },
    {
      verdict: 'write_failed',
      summary: /whose password is not the token of the connection/,
      text: /^jupyter codeartifact connect$/
    }
  ],
  [
    'an index that wants a password',
    { files: { [AT]: 'NOWextra-index-url = https://locked/simple\n' } },
    { verdict: 'write_failed', summary: /extra-index-url in .*which wants a password that pip does not have/ }
  ],
  [
    'a certificate file that is not there',
    { files: { [AT]: 'NOWcert = /missing.pem\n' } },
    {
      verdict: 'write_failed',
      summary: /cert in .*line \d.*there is no such file/,
      text: /unset global\.cert/
    }
  ],
  [
    'a section of a command',
    { files: { [AT]: 'NOW\n[install]\nindex-url = https://corp/simple\n' } },
    {
      verdict: 'write_failed',
      summary: /index-url in \[install\] in/,
      text: /pip config --user unset install\.index-url/
    }
  ],
  [
    'a netrc that this Python cannot read',
    {
      python: '3.10.13',
      files: { '.netrc': `machine other login x\nmachine ${REPOSITORY} login aws password ${TOKEN}\n` }
    },
    { verdict: 'write_failed', summary: /\.netrc, which pip under Python 3\.10 cannot read: on line 1/ }
  ],
  [
    'NETRC that is set but empty',
    { env: { NETRC: '' } },
    { verdict: 'write_failed', summary: /the variable NETRC, which is set but empty/, text: /unset NETRC/ }
  ],
  [
    'a token that has ended, though a new one can be had',
    { left: -1 },
    {
      verdict: 'expired_credentials',
      summary: /The token in the package tools' files .*ended at/,
      text: /codeartifact refresh/
    }
  ]
])('%s keeps pip from installing', async (_, given, { verdict, summary, text }) => {
  const found = await diagnose(given);
  expect(found.diagnosed).toMatchObject({ verdict, root: 'tools' });
  expect(found.check.summary).toMatch(summary);
  expect(found.text).toMatch(text ?? /./);
});

test('a proxy in a file is the way that is probed', async () => {
  const { diagnosed } = await diagnose({ files: { [AT]: 'NOWproxy = http://black-hole:3128\n' } });
  expect(diagnosed).toMatchObject({ verdict: 'timeout', root: 'tcp.repository' });
  expect(diagnosed.summary).toMatch(/black-hole:3128.*line 3 of .*pip\.conf/);
  // NO_PROXY, which other proxies want, does nothing against this one.
  const fix = find(diagnosed.rungs, 'tcp.repository')!.fix!;
  expect(fix).toMatchObject({
    who: 'you',
    snippets: [{ language: 'bash', text: 'pip config --user unset global.proxy' }]
  });
});

test.each<[string, Given, RegExp | undefined]>([
  ['nothing else', {}, undefined],
  ['an index that answers', { files: { [AT]: 'NOWextra-index-url = https://corp/simple\n' } }, undefined],
  [
    'the same netrc under a newer Python',
    {
      python: '3.12.1',
      files: { '.netrc': `machine other login x\nmachine ${REPOSITORY} login aws password ${TOKEN}\n` }
    },
    undefined
  ],
  [
    'an index that does not answer',
    { files: { [AT]: 'NOWextra-index-url = https://black-hole/simple\n' } },
    /pip also asks https:\/\/black-hole\/simple .*line 3\), which does not answer: each package takes it about 98 s longer/
  ],
  [
    'an index of plain http, which pip passes over',
    { files: { [AT]: 'NOWextra-index-url = http://black-hole/simple\n' } },
    undefined
  ],
  [
    'the mode that asks two indexes',
    { settings: { indexMode: 'extra-index-url' }, env: { PIP_INDEX_URL: 'https://corp/simple' } },
    /^With the index mode "extra-index-url" .*dependency confusion/
  ]
])('pip installs beside %s', async (_, given, warning) => {
  const { diagnosed, check } = await diagnose(given);
  expect([diagnosed.verdict, check.summary]).toEqual(['ok', expect.stringContaining('pip uses')]);
  if (warning) {
    expect(check.warning).toMatch(warning);
  } else {
    expect(check.warning).toBeUndefined();
  }
});

test.each<[Settings['tools'], RegExp]>([
  [['uv'], /^Every check passed, and uv can install from isolatedsm\.$/],
  [['pip', 'uv'], /and pip and uv can install from/],
  [['twine'], /^Every check passed, and twine can upload to isolatedsm\.$/]
])('with %j nothing is said of other tools', async (tools, summary) => {
  home = createHome();
  home.remove();
  const fake = fakeRuntime();
  const inspectTools = async () => ({ files: [], ok: true, summary: '', evidence: {}, shadows: [] });
  const { diagnosed } = {
    diagnosed: await run(
      { ...fake, deps: { ...fake.deps, inspectTools } },
      { settings: { ...SETTINGS, tools } }
    )
  };
  expect(diagnosed.summary).toMatch(summary);
});
