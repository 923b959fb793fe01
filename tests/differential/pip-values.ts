/** The index of every case, its host, its token and the header that it wants. */
export const OURS = 'https://acme-123456789012.d.codeartifact.us-east-1.amazonaws.com/pypi/repo/simple/';
export const OUR_HOST = 'acme-123456789012.d.codeartifact.us-east-1.amazonaws.com';
export const TOKEN = 'tok.EN_1-2';
export const WANTED = `Basic ${Buffer.from(`aws:${TOKEN}`).toString('base64')}`;

export const inUrl = (login: string) => OURS.replace('https://', `https://${login}@`);

/** Another repository of the domain, which takes the same token. */
const sister = (login: string) => OURS.replace('/repo/', '/other/').replace('https://', `https://${login}`);

/** What people write for a switch. */
const TRUTHS = ['1', '0', 'on', 'off', 'T', 'f', 'Yes', 'n', ' true', 'true ', '-1', '1.0', 'none', ''];

/** Values that people have, by option. */
export const USUAL: Record<string, readonly string[]> = {
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
    `https://open/simple\n    ${OURS}`,
    ...['', 'aws:old@', `aws:${TOKEN}@`, 'aws@'].map(sister)
  ],
  'no-index': ['true', 'yes', '0', 'no'],
  'trusted-host': ['silent', 'open', OUR_HOST, 'silent open'],
  proxy: ['http://open:3128', 'http://refused:9', 'open:3128', 'http://me:pw@silent:9'],
  cert: ['/missing.pem', 'ROOT/ca.pem', '~/ca.pem'],
  'client-cert': ['/missing.pem', 'ROOT/ca.pem'],
  'find-links': [
    '/opt/wheels',
    'https://open/links',
    'https://locked/links',
    'ROOT/home',
    sister('aws:old@')
  ],
  timeout: ['60', '5.5', '15'],
  retries: ['3', '0'],
  'no-input': ['1', 'true', 'no'],
  'require-virtualenv': ['true', 'false'],
  'disable-pip-version-check': ['1'],
  user: ['true', 'no'],
  constraint: ['/missing.txt', 'ROOT/constraints.txt'],
  'progress-bar': ['off', 'on']
};

export const ODD: Record<string, readonly string[]> = {
  ...USUAL,
  'index-url': [
    ...[...USUAL['index-url'], '', ` ${OURS}`, inUrl('aws'), inUrl('aws:'), 'x', `${OURS}\n ${OURS}`],
    ...[
      OURS.replace('https', 'HTTPS'),
      OURS.replace('.com/', '.com:443/'),
      `${OURS}/`,
      `${OURS}#x`,
      `"${OURS}"`
    ],
    ...[
      OURS.replace('acme', 'ACME'),
      inUrl('AWS:x'),
      inUrl('aws:p%40'),
      OURS.replace('https', 'http'),
      `${OURS} ; ours`
    ]
  ],
  'extra-index-url': [
    ...[
      ...USUAL['extra-index-url'],
      '',
      'x',
      'ftp://open/x',
      'file:///tmp',
      '  ',
      `\n  ${OURS}\n  https://open/simple`
    ],
    ...['https://me:pw@locked/simple', 'https://me@locked/simple', `https://open/simple,${OURS}`]
  ],
  'pypi-url': [OURS, 'https://open/simple', ''],
  'no-index': [...USUAL['no-index'], ...TRUTHS, 'maybe', 'Y', 'TRUE', '2'],
  'no-input': TRUTHS,
  'require-virtualenv': TRUTHS,
  user: TRUTHS,
  proxy: [...USUAL['proxy'], '', 'socks5://open:1', 'http://', 'https://open:443', 'open'],
  'trusted-host': [...USUAL['trusted-host'], 'silent:443', `${OUR_HOST}:443`, '*', ''],
  cert: [...USUAL['cert'], '', 'ROOT/home', 'ca.pem', '$HOME/ca.pem'],
  timeout: ['60', 'soon', '', '1e2', '-', '1_0', ' 5'],
  'default-timeout': ['10', 'x'],
  retries: ['3', 'many', '1.5', '0x2', '08', ''],
  'progress-bar': ['off', 'pretty', 'auto', 'raw'],
  'use-feature': ['fast-deps', '2020-resolver', 'truststore', 'in-tree-build', 'fast-deps truststore'],
  'use-deprecated': ['legacy-resolver', 'out-of-tree-build', 'legacy-certs'],
  'keyring-provider': ['disabled', 'auto', 'chain', 'import', 'subprocess', ''],
  'exists-action': ['w', 'w s', 'x'],
  'no-cache-dir': ['1', 'off', 'some'],
  'require-venv': ['yes', ''],
  isolated: TRUTHS,
  version: ['0', 'no'],
  python: ['/missing/python'],
  verbose: ['1', '2', 'x', 'true'],
  quiet: ['0', 'no', '3'],
  requirement: ['/missing.txt', 'ROOT/constraints.txt'],
  constraint: ['/missing.txt', 'ROOT/constraints.txt', '~/constraints.txt', ''],
  platform: ['any'],
  'no-deps': TRUTHS,
  'dry-run': ['1'],
  target: ['ROOT/target'],
  prefix: ['ROOT/other'],
  'no-user': ['1', '0'],
  'config-settings': ['a=b', 'x'],
  'upgrade-strategy': ['eager', 'lazy'],
  pre: ['1', 'x', 'On'],
  'no-compile': ['1'],
  nonsense: ['1'],
  'no-proxy-env': ['1', '0'],
  'require-hashes': TRUTHS,
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
