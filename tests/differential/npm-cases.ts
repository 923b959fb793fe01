import { applyEdits } from '../../src/engine/tools/text/edit';
import { putRegistry } from '../../src/engine/tools/npm/npmrc-edit';
import { tokenKey } from '../../src/engine/tools/npm/registry-url';
import type { Chance } from '../files/random-file';

export const REGISTRY = 'https://acme-123456789012.d.codeartifact.us-east-1.amazonaws.com/npm/isolatedsm/';
export const TOKEN = 'eyJ2ZXIi.OjEsImlz_dSI6-MTU=+/1';
const KEY = tokenKey(REGISTRY);

/** Everything that npm reads: variables, and files by path; null is a folder. */
export interface NpmCase {
  readonly env: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string | null>>;
  readonly cwd: string;
}

const SPACES = ['', '', '', ' ', '  ', '\t', '\u00a0', '\ufeff', '\v'];
const REGISTRIES = [
  'https://registry.npmjs.org/',
  'https://corp.example/npm',
  REGISTRY,
  REGISTRY.replace(/\/$/, ''),
  '${CORP}',
  'garbage',
  ''
];
const PROXIES = [
  'http://proxy.corp:3128',
  'https://me:word@proxy.corp',
  'proxy.corp:3128',
  'socks5://10.0.0.1:1080',
  'ftp://proxy.corp',
  '${PROXY}',
  '${NONE?}',
  'true',
  'null',
  ''
];
const EXCEPTIONS = [
  '.amazonaws.com',
  'us-east-1.amazonaws.com,corp',
  'corp.example',
  '*',
  ' , ',
  'amazonaws.com:443',
  ''
];
const SWITCHES = ['true', 'false', '0', '1', 'no', 'null', 'undefined', ''];

/** One line of an .npmrc such as people, programs and accidents make them. */
export function npmrcLine({ pick, often, below }: Chance): string {
  const key = pick([
    ...['registry', 'registry', '"registry"', "'registry'", 'registry[]', 'Registry', '${REG}'],
    ...[
      KEY,
      KEY.replace('/:', ':'),
      KEY.replace('_authToken', '_auth'),
      `"${KEY}"`,
      '//corp.example/npm/:_authToken'
    ],
    ...[
      '@acme:registry',
      'always-auth',
      'email',
      'save-exact',
      'omit[]',
      'a b',
      'ünï',
      'constructor',
      '__proto__'
    ],
    ...(often(0.2)
      ? ['offline', 'prefer-offline', 'strict-ssl', 'proxy', 'https-proxy', 'noproxy', 'cafile']
      : []),
    ...(often(0.1)
      ? ['_auth', '_authToken', 'username', '_password', 'userconfig', 'globalconfig', 'prefix']
      : []),
    ...(often(0.02) ? ["'null'", '[registry.x]', '[registry]', "'[1]'"] : [])
  ]);
  const value = /registry|REG/i.test(key)
    ? pick(REGISTRIES)
    : key === 'noproxy'
      ? pick(EXCEPTIONS)
      : /proxy/.test(key)
        ? pick(PROXIES)
        : /offline|ssl|always|exact/.test(key)
          ? pick(SWITCHES)
          : pick([
              'abc',
              'a=b',
              '"q s"',
              "'q'",
              'x ; note',
              'x # note',
              'a\\;b',
              'a\\\\',
              '${TOK}',
              '"',
              "'1'",
              '"{',
              'ä €'
            ]);
  const rest = often(0.05) ? '' : `${pick(SPACES)}=${pick(SPACES)}${value}${pick(SPACES)}`;
  const noise = pick([
    '',
    '; note',
    '# note',
    ' ;x=1',
    '[section]',
    '[a.b]',
    '[',
    '=x',
    '\u2028',
    pick(SPACES)
  ]);
  return often(0.15)
    ? noise
    : `${often(0.1) ? pick(SPACES) : ''}${key}${rest}${below(20) === 0 ? ' ; end' : ''}`;
}

const EOLS = ['\n', '\n', '\n', '\r\n', '\r', '\n\n'];

export function npmrc(chance: Chance, most: number): string {
  const eol = chance.pick(EOLS);
  const text = chance.some(most, () => npmrcLine(chance) + eol).join('');
  return (chance.often(0.02) ? '\ufeff' : '') + (chance.often(0.2) ? text.replace(/[\r\n]+$/, '') : text);
}

/** The user's file after Connect, and sometimes after somebody's hand. */
function userFile(chance: Chance): string {
  const text = npmrc(chance, chance.often(0.5) ? 0 : 4);
  const put = putRegistry(text, REGISTRY, TOKEN);
  const after = put.ok ? applyEdits(text, put.value.edits) : text;
  return chance.often(0.15) ? `${after}\n${npmrcLine(chance)}\n` : after;
}

/** npm_config_userconfig, and the file that npm takes for it. */
const USER_FILES: Readonly<Record<string, string>> = {
  '': 'ROOT/home/.npmrc',
  'ROOT/mine.npmrc': 'ROOT/mine.npmrc',
  '~/.npmrc': 'ROOT/home/.npmrc',
  'ROOT/home/../home//.npmrc': 'ROOT/home/.npmrc',
  'mine/.npmrc': 'CWD/mine/.npmrc'
};

/** A case of everyday and odd configurations around a user's file of ours. */
export function npmCase(chance: Chance): NpmCase {
  const { pick, often } = chance;
  const cwd = pick(['ROOT/work/app', 'ROOT/work/app', 'ROOT/work/app/deep', 'ROOT/work', 'ROOT/home']);
  const files: Record<string, string | null> = { 'ROOT/node/bin/node': '' };
  const maybe = (share: number, path: string, text: () => string | null) => {
    if (often(share)) {
      files[path] = text();
    }
  };
  maybe(0.4, 'ROOT/work/app/package.json', () => pick(['{}', '{"name":"app"}']));
  maybe(0.1, 'ROOT/work/app/node_modules', () => null);
  maybe(0.2, 'ROOT/work/app/deep/package.json', () => '{"name":"deep"}');
  maybe(0.2, 'ROOT/work/package.json', () =>
    pick([
      '{"workspaces":["app"]}',
      '{"workspaces":["./app/", "app/deep"]}',
      '{"workspaces":{"packages":["*"]}}',
      '{"workspaces":["**"]}',
      '{"workspaces":["*", "!app"]}'
    ])
  );
  for (const path of ['ROOT/work/.npmrc', 'ROOT/work/app/.npmrc', 'ROOT/work/app/deep/.npmrc']) {
    maybe(0.25, path, () => npmrc(chance, 2));
  }
  maybe(0.2, 'ROOT/node/etc/npmrc', () => npmrc(chance, 2));
  maybe(0.1, 'ROOT/named.npmrc', () => npmrc(chance, 2));
  const env: Record<string, string> = { HOME: 'ROOT/home', PATH: 'ROOT/none:ROOT/node/bin' };
  const set = (share: number, name: string, values: readonly string[]) => {
    if (often(share)) {
      env[name] = pick(values);
    }
  };
  set(0.2, 'CORP', ['https://corp.example/', REGISTRY]);
  set(0.2, 'REG', ['registry', 'other', KEY]);
  set(0.1, 'TOK', ['from-a-variable']);
  set(0.05, pick(['npm_config_registry', 'NPM_CONFIG_REGISTRY', 'Npm_Config_Registry']), REGISTRIES);
  set(0.03, `npm_config_${KEY}`, ['another', '', '${TOK}']);
  set(0.03, pick(['npm_config_offline', 'NPM_CONFIG_OFFLINE']), SWITCHES);
  set(0.2, pick(['HTTPS_PROXY', 'https_proxy', 'Https_Proxy', 'HTTP_PROXY', 'PROXY', 'ALL_PROXY']), PROXIES);
  set(0.1, pick(['NO_PROXY', 'no_proxy']), EXCEPTIONS);
  set(0.05, pick(['npm_config_https_proxy', 'npm_config_proxy', 'NPM_CONFIG_HTTPS_PROXY']), PROXIES);
  set(0.05, pick(['npm_config_noproxy', 'NPM_CONFIG_NOPROXY']), EXCEPTIONS);
  set(0.02, 'npm_config_globalconfig', ['ROOT/named.npmrc', 'ROOT/absent']);
  set(0.02, 'npm_config_global', ['true', 'false', '']);
  set(0.02, 'npm_config_location', ['global', 'user']);
  set(0.02, 'npm_config_prefix', ['ROOT/node', 'ROOT/absent']);
  // Connect has written into the file that the variable names.
  set(0.05, pick(['npm_config_userconfig', 'NPM_CONFIG_USERCONFIG']), Object.keys(USER_FILES));
  const named = env['npm_config_userconfig'] ?? env['NPM_CONFIG_USERCONFIG'] ?? '';
  files[USER_FILES[named].replace('CWD', cwd)] = userFile(chance);
  return { env, files, cwd };
}
