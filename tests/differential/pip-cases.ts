import type { Chance } from '../files/random-file';

/** One configuration, as the judge and the model see it. Paths begin with ROOT. */
export interface PipCase {
  readonly env: Record<string, string>;
  /** Null makes a folder. */
  readonly files: Record<string, string | null>;
  readonly venv: boolean;
  /** What each host answers: `open`, `silent`, `refused`, `locked`, or the Authorization header it wants. */
  readonly hosts: Record<string, string>;
  readonly mode: 'index-url' | 'extra-index-url';
}

export const OURS = 'https://acme-123456789012.d.codeartifact.us-east-1.amazonaws.com/pypi/repo/simple/';
export const OUR_HOST = 'acme-123456789012.d.codeartifact.us-east-1.amazonaws.com';
export const TOKEN = 'tok.EN_1-2';
export const WANTED = `Basic ${Buffer.from(`aws:${TOKEN}`).toString('base64')}`;

const USER = 'ROOT/home/.config/pip/pip.conf';
const FILES = [
  USER,
  USER,
  'ROOT/home/.pip/pip.conf',
  'ROOT/prefix/pip.conf',
  'ROOT/prefix/pip.conf',
  'ROOT/etc/pip.conf',
  'ROOT/etc/xdg/pip/pip.conf',
  'ROOT/named.conf'
];
const SECTIONS = ['global', 'global', 'global', 'install', 'download', 'wheel', 'list', ':env:', 'DEFAULT'];

const inUrl = (login: string) => OURS.replace('https://', `https://${login}@`);

/** Values that people have, by option. */
const USUAL: Record<string, readonly string[]> = {
  'index-url': [
    OURS,
    OURS.replace(/\/$/, ''),
    inUrl(`aws:${TOKEN}`),
    inUrl('aws:old'),
    'https://open/simple',
    'https://silent/simple/',
    'https://locked/simple/',
    inUrl('aws:to%6b.EN_1-2'),
    inUrl('aws:%(home)s')
  ],
  'extra-index-url': [
    OURS,
    inUrl('aws:old'),
    inUrl(`aws:${TOKEN}`),
    'https://open/simple',
    'https://open/simple http://silent/simple',
    'https://silent/simple',
    'http://silent/simple',
    'https://locked/simple',
    'https://refused/simple/',
    `https://open/simple\n    ${OURS}`
  ],
  'no-index': ['true', 'yes', '0', 'no'],
  'trusted-host': ['silent', 'open', OUR_HOST, 'silent open'],
  proxy: ['http://open:3128', 'http://refused:9', 'open:3128', 'http://me:pw@silent:9'],
  cert: ['/missing.pem', 'ROOT/ca.pem', '~/ca.pem'],
  'client-cert': ['/missing.pem', 'ROOT/ca.pem'],
  'find-links': ['/opt/wheels', 'https://open/links', 'https://locked/links', 'ROOT/home'],
  timeout: ['60', '5.5', '15'],
  retries: ['3', '0'],
  'no-input': ['1', 'true', 'no'],
  'require-virtualenv': ['true', 'false'],
  'disable-pip-version-check': ['1'],
  user: ['true', 'no'],
  constraint: ['/missing.txt', 'ROOT/constraints.txt'],
  'progress-bar': ['off', 'on']
};

const ODD: Record<string, readonly string[]> = {
  ...USUAL,
  'index-url': [...USUAL['index-url'], '', ` ${OURS}`, inUrl('aws'), inUrl('aws:'), 'x', `${OURS}\n ${OURS}`],
  'extra-index-url': [...USUAL['extra-index-url'], '', 'x', 'ftp://open/x', 'file:///tmp'],
  'pypi-url': [OURS, 'https://open/simple', ''],
  'no-index': [...USUAL['no-index'], 'maybe', '', 'Y', 'TRUE', '2'],
  proxy: [...USUAL['proxy'], ''],
  cert: [...USUAL['cert'], ''],
  timeout: ['60', 'soon', '', '1e2', '-', '1_0', ' 5'],
  'default-timeout': ['10', 'x'],
  retries: ['3', 'many', '1.5', '0x2', '08', ''],
  'progress-bar': ['off', 'pretty', 'auto', 'raw'],
  'use-feature': ['fast-deps', '2020-resolver', 'truststore', 'in-tree-build', 'fast-deps truststore'],
  'use-deprecated': ['legacy-resolver', 'out-of-tree-build', 'legacy-certs'],
  'keyring-provider': ['disabled', 'auto', 'chain'],
  'exists-action': ['w', 'w s', 'x'],
  'no-cache-dir': ['1', 'off', 'some'],
  'require-venv': ['yes', ''],
  isolated: ['1', 'yes'],
  version: ['0', 'no'],
  python: ['/missing/python'],
  verbose: ['1', '2', 'x', 'true'],
  quiet: ['0', 'no', '3'],
  requirement: ['/missing.txt'],
  platform: ['any'],
  'no-deps': ['1', 'no'],
  'dry-run': ['1'],
  target: ['ROOT/target'],
  prefix: ['ROOT/other'],
  'no-user': ['1', '0'],
  'config-settings': ['a=b', 'x'],
  'upgrade-strategy': ['eager', 'lazy'],
  pre: ['1', 'x'],
  'no-compile': ['1'],
  nonsense: ['1'],
  'no-proxy-env': ['1', '0'],
  'require-hashes': ['1', 'no', 'x'],
  'no-require-hashes': ['1', 'no'],
  'only-binary': [':all:', 'six', ':none:', '-x', 'numpy,six', ':all:,numpy'],
  'no-binary': [':all:', 'six', ':none:', '', 'numpy'],
  'python-version': ['3.9', '3', '39', '3.9.1.2', 'x', ''],
  abi: ['none', ''],
  implementation: ['py', 'cp'],
  editable: ['/missing', 'git+https://open/x.git', '/missing[dev]'],
  'build-constraint': ['/missing.txt', 'ROOT/constraints.txt'],
  group: ['test', '/missing/pyproject.toml:test'],
  'requirements-from-script': ['/missing.py'],
  'all-releases': [':all:', 'six', ':none:', '-x'],
  'only-final': ['six', ':all:'],
  'uploaded-prior-to': ['P7D', '2026-01-01', 'soon', ''],
  root: ['ROOT/elsewhere', ''],
  'no-build-isolation': ['1', '0', 'x'],
  'only-deps': ['1', '0'],
  'use-pep517': ['1', 'no'],
  'no-use-pep517': ['1', '0'],
  'break-system-packages': ['1', 'no', 'x'],
  'check-build-dependencies': ['1', 'x'],
  'root-user-action': ['ignore', 'stop'],
  'ignore-installed': ['1', 'x'],
  'force-reinstall': ['1'],
  upgrade: ['1', 'true'],
  'no-clean': ['1'],
  'prefer-binary': ['1'],
  help: ['1'],
  log: ['ROOT/pip.log'],
  'cache-dir': ['ROOT/cache', ''],
  'no-color': ['1', 'x'],
  debug: ['1'],
  'resume-retries': ['3', 'x'],
  'no-dependencies': ['1'],
  'no-warn-script-location': ['0'],
  'no-verify': ['1', 'x'],
  'no-python-version-warning': ['1'],
  source: ['ROOT/src'],
  'global-option': ['--x'],
  'build-option': ['--x']
};

const spelled = (chance: Chance, name: string, odd: boolean): string =>
  odd && chance.often(0.3)
    ? chance.pick([name.replaceAll('-', '_'), name.toUpperCase(), `--${name}`, name.replace('-', '_')])
    : name;

/** A home that Connect has written, and then what else people have. */
export function pipCase(chance: Chance, odd: boolean): PipCase {
  const { pick, often, below } = chance;
  const mode = often(0.8) ? 'index-url' : 'extra-index-url';
  const inline = often(0.15);
  const lines = new Map<string, Map<string, string[]>>();
  const say = (file: string, section: string, line: string) => {
    const sections = lines.get(file) ?? new Map<string, string[]>();
    lines.set(file, sections.set(section, [...(sections.get(section) ?? []), line]));
  };
  const writes = often(0.9) ? USER : 'ROOT/prefix/pip.conf';
  say(writes, 'global', `${mode} = ${inline ? inUrl(`aws:${TOKEN}`) : OURS}`);
  const env: Record<string, string> = { PATH: '/usr/bin:/bin' };
  if (!odd || often(0.98)) {
    env['HOME'] = 'ROOT/home';
  }
  const values = odd ? ODD : USUAL;
  for (let left = below(odd ? 6 : 4); left > 0; left--) {
    const name = pick(Object.keys(values));
    const value = pick(values[name]);
    const at = below(10);
    if (at < 4) {
      const variable = spelled(chance, name, odd).replaceAll('-', '_');
      env[`PIP_${odd && often(0.15) ? variable : variable.toUpperCase()}`] = value.replace(/\n\s*/g, ' ');
    } else {
      const section = pick(odd ? SECTIONS : SECTIONS.slice(0, 7));
      say(pick(odd ? FILES : FILES.slice(0, 7)), section, `${spelled(chance, name, odd)} = ${value}`);
    }
  }
  const files: Record<string, string | null> = {
    'ROOT/ca.pem': 'certificates',
    'ROOT/home/ca.pem': 'certificates',
    'ROOT/constraints.txt': '\n'
  };
  for (const [path, sections] of lines) {
    const own = [...sections]
      .map(([section, all]) => `[${section}]\n${unique(all, odd).join('\n')}\n`)
      .join('\n');
    files[path] = (odd && often(0.04) ? 'stray = 1\n' : '') + own;
  }
  if (!inline || often(0.5)) {
    files['ROOT/home/.netrc'] = netrc(chance, odd);
  }
  const venv = often(0.4);
  if (often(0.03)) {
    files['ROOT/prefix/lib/pythonX/EXTERNALLY-MANAGED'] = '[externally-managed]\nError=no\n';
  }
  if (venv) {
    const site = often(0.8) ? 'false' : 'true';
    files['ROOT/prefix/pyvenv.cfg'] = `home = /usr/bin\ninclude-system-site-packages = ${site}\n`;
  }
  Object.assign(env, variables(chance, odd));
  if (env['PIP_CONFIG_FILE'] === 'ROOT/folder') {
    files['ROOT/folder'] = null;
  }
  const hosts = {
    open: 'open',
    silent: 'silent',
    locked: 'locked',
    'pypi.org': often(0.5) ? 'silent' : 'open'
  };
  return { env, files, venv, hosts: { ...hosts, [OUR_HOST]: WANTED }, mode };
}

/** Files in which a name stands twice are broken for every pip; they are rare. */
const unique = (all: readonly string[], odd: boolean): string[] => {
  const seen = new Set<string>();
  return all.filter(line => {
    const name = line.split('=')[0].trim().toLowerCase();
    const again = seen.has(odd ? name : name.replaceAll('_', '-'));
    seen.add(odd ? name : name.replaceAll('_', '-'));
    return !again;
  });
};

function netrc({ pick, often }: Chance, odd: boolean): string {
  const ours = `machine ${OUR_HOST} login aws password ${TOKEN}\n`;
  return odd && often(0.3)
    ? pick([
        `machine ${OUR_HOST} login aws\n`,
        `machine ${OUR_HOST} login aws password old\n`,
        `machine ${OUR_HOST} login aws password "${TOKEN}"\n`,
        `machine other login x\n${ours}`,
        `machine\n`,
        `default login aws password ${TOKEN}\n`,
        `${ours}machine ${OUR_HOST} login aws password old\n`,
        `machine locked login me password x\n${ours}`,
        `machine ${OUR_HOST} password ${TOKEN}\n`,
        `machine ${OUR_HOST} login me password ${TOKEN}\n`,
        `machine ${OUR_HOST} account aws password ${TOKEN}\n`,
        ''
      ])
    : ours;
}

function variables({ pick, often }: Chance, odd: boolean): Record<string, string> {
  const found: Record<string, string> = {};
  const set = (share: number, name: string, values: readonly string[]) => {
    if (often(share)) {
      found[name] = pick(values);
    }
  };
  set(odd ? 0.15 : 0.06, 'PIP_CONFIG_FILE', [
    'ROOT/named.conf',
    '/dev/null',
    '',
    'ROOT/absent.conf',
    USER,
    'ROOT/etc/pip.conf',
    ...(odd ? ['ROOT/folder', '/dev/./null'] : [])
  ]);
  set(0.04, 'REQUESTS_CA_BUNDLE', ['/missing.pem', 'ROOT/ca.pem', '']);
  set(0.03, 'CURL_CA_BUNDLE', ['/missing.pem', 'ROOT/ca.pem']);
  set(0.06, 'HTTPS_PROXY', ['http://open:3128', 'http://refused:9']);
  set(0.03, 'https_proxy', ['http://open:3128', '']);
  set(0.03, 'ALL_PROXY', ['http://refused:9', 'http://open:1']);
  set(0.05, 'NO_PROXY', ['.amazonaws.com', OUR_HOST, '*', 'elsewhere']);
  set(odd ? 0.05 : 0.01, 'NETRC', ['', 'ROOT/home/.netrc', 'ROOT/absent', '~/.netrc']);
  set(odd ? 0.05 : 0.01, 'XDG_CONFIG_HOME', ['ROOT/xdg', '', ' ', 'ROOT/home/.config']);
  set(odd ? 0.05 : 0.01, 'XDG_CONFIG_DIRS', ['ROOT/etc/xdg', '', 'ROOT/a:ROOT/etc/xdg']);
  return found;
}
