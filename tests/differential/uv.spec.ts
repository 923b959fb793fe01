import { uvEffective, uvIndexShadows } from '../../src/engine/tools/uv/shadows';
import { type Chance, createChance } from '../files/random-file';
import { python } from '../files/reference-parsers';
import { count, emptyTally, report, share, startJudge } from './judges';
import { depsOf } from './pip-model';
import { OURS } from './pip-values';
import { realUv } from './uv-program';

// `uv pip install --show-settings` judges: which index is uv's default, which it asks besides, and what stops it.

interface UvCase {
  readonly env: Record<string, string>;
  readonly files: Record<string, string>;
}

interface Told {
  readonly code: number;
  readonly error: string;
  readonly indexes: readonly { name: string | null; url: string; explicit: boolean; default: boolean }[];
  readonly noIndex: boolean;
  readonly offline: boolean;
}

const USER = 'ROOT/home/.config/uv/uv.toml';
const URLS = ['https://corp/simple', 'https://other/simple/', OURS, OURS.replace(/\/$/, '')];
const block = (header: string, name: string | null, url: string, more: readonly string[] = []) =>
  [header, ...(name ? [`name = "${name}"`] : []), `url = "${url}"`, ...more, ''].join('\n');

function uvCase({ pick, often, some }: Chance): UvCase {
  const ours = block('[[index]]', 'codeartifact', OURS, often(0.9) ? ['default = true'] : []);
  const toml = (prefix: string): string => {
    const header = (table: string) => `[[${prefix}${table}]]`;
    const index = () =>
      block(
        header('index'),
        pick(['codeartifact', 'corp', 'team', null, 'corp', 'team', 'a b']),
        pick(URLS),
        pick([
          [],
          [],
          ['default = true'],
          ['explicit = true'],
          ['default = true'],
          ['authenticate = "always"'],
          ['authenticate = "yes"'],
          ['ignore-error-codes = [401, 403]'],
          ['format = "flat"'],
          ['default = "yes"'],
          ['nonsense = 1']
        ])
      );
    const legacy = () =>
      pick([
        `index-url = "${pick(URLS)}"\n`,
        `extra-index-url = ["${pick(URLS)}"]\n`,
        `no-index = ${pick(['true', 'false'])}\n`,
        `offline = ${pick(['true', 'false'])}\n`,
        pick([
          'nonsense = 1\n',
          'offline = "yes"\n',
          'index-strategy = "first-index"\n',
          'index-strategy = "any"\n',
          'keyring-provider = "disabled"\n',
          'native-tls = true\n',
          'concurrent-downloads = 0\n',
          'concurrent-downloads = 8\n',
          'cache-dir = "ROOT/cache"\n',
          'find-links = ["ROOT/home"]\n',
          'find-links = "ROOT/home"\n',
          'extra-index-url = "https://corp/simple"\n',
          'index-url = 3\n',
          'no-index = "true"\n',
          'managed = true\n',
          'required-version = ">=0.5"\n',
          'no-binary = true\n',
          'no-binary = ["x"]\n',
          'link-mode = "copy"\n',
          'link-mode = "move"\n',
          'python-preference = "system"\n',
          'resolution = "lowest"\n',
          'allow-insecure-host = ["corp"]\n',
          'strict = true\n',
          'no-deps = true\n',
          'verify-hashes = false\n',
          'cache-keys = [{ file = "x" }]\n',
          'environments = ["sys_platform == \'linux\'"]\n',
          'config-settings = { a = "b" }\n',
          'prerelease = "allow"\n',
          'trusted-publishing = "always"\n',
          'https-proxy = "http://corp:3128"\n',
          'upgrade = true\n',
          'preview = "x"\n'
        ])
      ]);
    const once = (lines: string[]) =>
      [...new Map(lines.map(line => [line.split('=')[0], line])).values()].join('');
    const top = once(some(2, legacy));
    const pip = often(0.3)
      ? `[${prefix}pip]\n${once(some(2, legacy).filter(line => !line.startsWith('offline')))}`
      : '';
    const broken = often(0.03) ? 'x = [\n' : '';
    return (prefix ? `[${prefix.slice(0, -1)}]\n` : '') + top + some(2, index).join('') + pip + broken;
  };
  const files: Record<string, string> = {};
  const own = often(0.7) ? toml('') : '';
  // Top-level keys stand before every block.
  const cut = own.search(/^\[/m);
  files[USER] = cut < 0 ? own + ours : own.slice(0, cut) + ours + own.slice(cut);
  for (const path of [
    'ROOT/project/uv.toml',
    'ROOT/project/deep/uv.toml',
    'ROOT/etc/uv/uv.toml',
    'ROOT/named.toml'
  ]) {
    if (often(0.2)) {
      files[path] = toml('');
    }
  }
  for (const path of ['ROOT/project/pyproject.toml', 'ROOT/project/deep/pyproject.toml']) {
    if (often(0.2)) {
      files[path] = often(0.3) ? '[project]\nname = "p"\nversion = "1"\n' : toml('tool.uv.');
    }
  }
  const env: Record<string, string> = {
    HOME: 'ROOT/home',
    PATH: '/usr/bin:/bin',
    XDG_CONFIG_DIRS: 'ROOT/etc'
  };
  const set = (share: number, name: string, values: readonly string[]) => {
    if (often(share)) {
      env[name] = pick(values);
    }
  };
  set(0.08, 'UV_DEFAULT_INDEX', [
    '',
    'https://corp/simple',
    OURS,
    `codeartifact=${OURS}`,
    'corp=https://corp/simple'
  ]);
  set(0.08, 'UV_INDEX_URL', ['', 'https://corp/simple', OURS]);
  set(0.08, 'UV_INDEX', ['', OURS, 'codeartifact=https://corp/simple', `team=${OURS} https://corp/simple`]);
  set(0.05, 'UV_EXTRA_INDEX_URL', ['', OURS, 'https://corp/simple https://other/simple']);
  set(0.05, 'UV_NO_CONFIG', ['1', '0', 'true', 'maybe', '']);
  set(0.05, 'UV_CONFIG_FILE', ['ROOT/named.toml', 'ROOT/absent.toml', '', USER]);
  set(0.05, 'UV_OFFLINE', ['1', '0', 'false', 'x']);
  set(0.05, 'UV_NO_INDEX', ['1']);
  set(0.03, 'UV_INDEX_STRATEGY', ['unsafe-best-match', 'first', '']);
  set(0.03, 'UV_KEYRING_PROVIDER', ['disabled', 'subprocess', 'auto', '']);
  set(0.03, 'UV_HTTP_TIMEOUT', ['60', 'soon', '', '1.5']);
  set(0.03, 'UV_CONCURRENT_DOWNLOADS', ['0', '4', 'x', '']);
  set(0.03, 'UV_NATIVE_TLS', ['1', 'x', '', 'no']);
  set(0.02, 'UV_SYSTEM_PYTHON', ['1', '', 'x']);
  set(0.02, 'UV_NO_CACHE', ['1', '', 'x', 'off']);
  set(0.02, 'UV_LINK_MODE', ['copy', 'move', '']);
  set(0.02, 'UV_PRERELEASE', ['allow', 'x']);
  set(0.02, 'UV_COMPILE_BYTECODE', ['1', 'x', '']);
  set(0.02, 'UV_FIND_LINKS', ['', 'ROOT/home']);
  set(0.02, 'UV_INDEX_CODEARTIFACT_USERNAME', ['aws', '']);
  set(0.02, 'UV_NO_PROGRESS', ['1', '', 'x']);
  set(0.06, 'XDG_CONFIG_HOME', ['ROOT/xdg', '', ' ', 'relative', 'ROOT/home/.config']);
  return { env, files };
}

/** In the order in which uv asks them. */
const unique = (urls: readonly string[]): string[] => [...new Set(urls)];

/** First of each name, as uv-distribution-types' `IndexLocations` does. */
function effective({ indexes, noIndex, offline, code }: Told) {
  const seen = new Set<string>();
  const first = indexes.filter(({ name }) => name === null || (!seen.has(name) && seen.add(name)));
  return code !== 0 || noIndex || offline
    ? 'stopped'
    : {
        default: first.find(index => index.default)?.url ?? null,
        others: unique(first.filter(index => !index.default && !index.explicit).map(({ url }) => url))
      };
}

const VERSIONS = { pip: '26.3', python: '3.11' };
const BATCH = 100;

test('uv takes the indexes that the model says', async () => {
  const judge = startJudge<UvCase, Told[]>(python, 'uv-judge.py', { UV: realUv() });
  const chance = createChance(42);
  const tally = emptyTally();
  const differences: unknown[] = [];
  for (let left = share(500); left > 0; left -= BATCH) {
    const cases = Array.from({ length: Math.min(BATCH, left) }, () => uvCase(chance));
    const told = await judge.ask(cases);
    for (const [i, given] of cases.entries()) {
      const deps = depsOf({ ...given, venv: false, hosts: {}, mode: 'index-url' }, VERSIONS);
      const at = { ...deps, runtime: { ...deps.runtime, cwd: '/judge/project/deep' } };
      const real = effective(told[i]);
      const uvSays = await uvEffective(at);
      const said =
        uvSays.stopped.length > 0
          ? 'stopped'
          : { default: uvSays.default?.url ?? null, others: unique(uvSays.others.map(({ url }) => url)) };
      const works = real !== 'stopped' && real.default?.replace(/\/$/, '') === OURS.replace(/\/$/, '');
      const free =
        (await uvIndexShadows(at, uvSays, 'index-url', OURS)).length === 0 &&
        said !== 'stopped' &&
        said.default !== null;
      // Another index beside ours that we do not know of is missed too.
      const other = JSON.stringify(said) !== JSON.stringify(real);
      count(tally, works, free, other);
      if (free !== works || other) {
        differences.push({ said, real, error: told[i].error, given });
      }
    }
  }
  await judge.stop();
  report('uv --show-settings', tally, differences);
  expect(differences.slice(0, 3).map(one => JSON.stringify(one, null, 1))).toEqual([]);
  expect(tally.working).toBeGreaterThan(tally.configurations / 5);
  expect(tally.working).toBeLessThan(tally.configurations * 0.9);
}, 3_600_000);
