import type { Chance } from '../files/random-file';
import { oddlyWritten } from './odd-ini';
import { inUrl, ODD, OUR_HOST, OURS, TOKEN, USUAL, WANTED } from './pip-values';

/** One configuration, as the judge and the model see it. Paths begin with ROOT. */
export interface PipCase {
  readonly env: Record<string, string>;
  /** Null makes a folder; U+DC80 to U+DCFF stand for bytes that are no UTF-8, as in Python. */
  readonly files: Record<string, string | null>;
  readonly venv: boolean;
  /** What each host answers: `open`, `silent`, `refused`, `locked`, or the Authorization header it wants. */
  readonly hosts: Record<string, string>;
  readonly mode: 'index-url' | 'extra-index-url';
}

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

const spelled = (chance: Chance, name: string, odd: boolean): string =>
  odd && chance.often(0.3)
    ? chance.pick([name.replaceAll('-', '_'), name.toUpperCase(), `--${name}`, name.replace('-', '_')])
    : name;

/** A variable's name: pip takes them in any case, and in a file's spelling; `pip_...` is nothing to it. */
const variableOf = (chance: Chance, name: string, odd: boolean): string => {
  const variable = spelled(chance, name, odd).replaceAll('-', '_');
  const upper = odd && chance.often(0.15) ? variable : variable.toUpperCase();
  return odd && chance.often(0.04) ? `pip_${upper}` : `PIP_${upper}`;
};

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
    env['HOME'] = odd && often(0.03) ? 'ROOT/home/' : 'ROOT/home';
  }
  const values = odd ? ODD : USUAL;
  for (let left = below(odd ? 6 : 4); left > 0; left--) {
    const name = pick(Object.keys(values));
    const value = pick(values[name]);
    const at = below(10);
    if (at < 4) {
      env[variableOf(chance, name, odd)] = value.replace(/\n\s*/g, ' ');
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
    files[path] = odd ? oddlyWritten(chance, own) : own;
  }
  if (!inline || often(0.5)) {
    files[odd && often(0.04) ? 'ROOT/home/_netrc' : 'ROOT/home/.netrc'] = netrc(chance, odd);
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
        `default login me password x\n${ours}`,
        `${ours}default login me password x\n`,
        `machine ${OUR_HOST.toUpperCase()} login aws password ${TOKEN}\n`,
        `machine "${OUR_HOST}" login "aws" password "${TOKEN}"\n`,
        `macdef m\nls\n\n${ours}`,
        `macdef m\nls\n${ours}`,
        `# of the team\n${ours}`,
        `machine ${OUR_HOST} # ours\n  login aws\n  password ${TOKEN}\n`,
        ours.replaceAll('\n', '\r\n'),
        ours.replaceAll('\n', '\r'),
        `\ufeff${ours}`,
        `${ours}machine open login \udcff password x\n`,
        `machine ${OUR_HOST}:443 login aws password ${TOKEN}\n`,
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
    ...(odd ? ['ROOT/folder', '/dev/./null', '~/named.conf', '../named.conf', ' '] : [])
  ]);
  set(0.04, 'REQUESTS_CA_BUNDLE', ['/missing.pem', 'ROOT/ca.pem', '']);
  set(0.03, 'CURL_CA_BUNDLE', ['/missing.pem', 'ROOT/ca.pem']);
  const oddProxies = odd ? ['open:3128', 'socks5://open:1', 'http://', 'https://refused:9'] : [];
  set(0.06, 'HTTPS_PROXY', ['http://open:3128', 'http://refused:9', ...oddProxies]);
  set(0.03, 'https_proxy', ['http://open:3128', '', ...oddProxies]);
  set(0.03, 'ALL_PROXY', ['http://refused:9', 'http://open:1', ...oddProxies]);
  const oddHosts = odd
    ? ['amazonaws.com', 'x, .amazonaws.com', `${OUR_HOST}:443`, '*.amazonaws.com', 'COM', 'com', ' * ', '']
    : [];
  set(0.05, 'NO_PROXY', ['.amazonaws.com', OUR_HOST, '*', 'elsewhere', ...oddHosts]);
  set(odd ? 0.03 : 0, 'no_proxy', ['.amazonaws.com', '', 'elsewhere']);
  set(odd ? 0.05 : 0.01, 'NETRC', [
    '',
    'ROOT/home/.netrc',
    'ROOT/absent',
    '~/.netrc',
    ...(odd ? ['ROOT/home'] : [])
  ]);
  set(odd ? 0.05 : 0.01, 'XDG_CONFIG_HOME', ['ROOT/xdg', '', ' ', 'ROOT/home/.config', 'ROOT/home/.config/']);
  set(odd ? 0.05 : 0.01, 'XDG_CONFIG_DIRS', ['ROOT/etc/xdg', '', 'ROOT/a:ROOT/etc/xdg']);
  return found;
}
