import { proxyOf } from '../../src/engine/diagnosis/pip-proxy';
import { refusedLogins } from '../../src/engine/tools/pip/login';
import { uvAnswer } from '../../src/engine/tools/uv/answer';
import { type Chance, createChance } from '../files/random-file';
import { python } from '../files/reference-parsers';
import { count, emptyTally, report, share, startJudge } from './judges';
import { OUR_HOST, OURS as HTTPS, TOKEN, WANTED } from './pip-values';
import { depsOf } from './pip-model';
import { realUv } from './uv-program';

// The real uv installs, and a proxy plays every host: what the model calls working must install from our index, and
// nothing that installs from there may be called stopped.

interface UvCase {
  readonly env: Record<string, string>;
  readonly files: Record<string, string>;
  readonly hosts: Record<string, string>;
}

interface Installed {
  readonly code: number;
  readonly error: string;
  readonly asked: readonly string[];
  readonly taken: readonly string[];
}

const OURS = HTTPS.replace('https:', 'http:');
const inUrl = (login: string): string => OURS.replace('http://', `http://${login}@`);

function uvCase({ pick, often, some }: Chance): UvCase {
  const tops = some(2, () =>
    pick([
      'no-index = false\n',
      'offline = false\n',
      'exclude-newer = "2030-01-01"\n',
      'index-strategy = "unsafe-best-match"\n',
      'index-strategy = "first-index"\n',
      'find-links = ["/missing"]\n',
      'find-links = ["http://locked/links"]\n',
      'find-links = ["ROOT/home"]\n',
      'http-proxy = "http://127.0.0.1:9"\n',
      'keyring-provider = "disabled"\n',
      'offline = true\n',
      'nonsense = 1\n'
    ])
  );
  const other = () => {
    const host = pick(['empty', 'empty', 'locked', 'gone', 'empty', 'late', 'twin', 'sister']);
    const more = pick([
      '',
      '',
      'explicit = true\n',
      'ignore-error-codes = [401]\n',
      'authenticate = "never"\n'
    ]);
    // The same index once more, or another repository of the domain: uv keeps their logins as well.
    if (host === 'twin' || host === 'sister') {
      const own = pick(['', '', `aws:${TOKEN}@`, 'aws:old@']);
      const url = OURS.replace('http://', `http://${own}`);
      const at = host === 'twin' ? url : url.replace('/repo/', '/other/');
      return `[[index]]\nname = "${host}"\nurl = "${at}"\n${often(0.6) ? 'explicit = true\n' : ''}`;
    }
    const login = often(0.1) ? 'me:pw@' : '';
    return `[[index]]\nname = "${host}"\nurl = "http://${login}${host}/simple/"\n${more}`;
  };
  const url = often(0.75)
    ? OURS
    : pick([inUrl(`aws:${TOKEN}`), inUrl('aws:old'), inUrl('aws'), inUrl('me'), OURS.replace(/\/$/, '')]);
  const more = often(0.1) ? `authenticate = "${pick(['always', 'auto', 'never'])}"\n` : '';
  const ours = `[[index]]\nname = "codeartifact"\nurl = "${url}"\ndefault = true\n${more}`;
  const pip = often(0.08) ? '[pip]\nrequire-hashes = true\n' : often(0.05) ? '[pip]\nno-deps = true\n' : '';
  const blocks = some(2, other);
  const before = often(0.7) ? [...blocks, ours] : [ours, ...blocks];
  const once = [...new Map(tops.map(line => [line.split('=')[0], line])).values()].join('');
  const files: Record<string, string> = {
    'ROOT/home/.config/uv/uv.toml': (often(0.4) ? once : '') + before.join('') + pip
  };
  files['ROOT/home/constraints.txt'] = '';
  const line = `machine ${OUR_HOST} login aws password ${TOKEN}\n`;
  if (often(0.93)) {
    files[often(0.95) ? 'ROOT/home/.netrc' : 'ROOT/home/_netrc'] = often(0.7)
      ? line
      : pick([
          `${line}machine ${OUR_HOST} login aws password old\n`,
          `machine ${OUR_HOST} login aws password old\n${line}`,
          `machine ${OUR_HOST} login aws password "${TOKEN}"\n`,
          `machine lonely\n${line}`,
          `default login aws password ${TOKEN}\n`,
          `machine ${OUR_HOST} login aws\n`,
          `machine ${OUR_HOST} password ${TOKEN}\n`,
          `machine ${OUR_HOST} account aws password ${TOKEN}\n`,
          `machine ${OUR_HOST} user aws password ${TOKEN}\n`,
          `garbage\n${line}`,
          `# words\n${line}`,
          `macdef m\nls\n\n${line}`,
          `${line}machine locked login me password pw\n`,
          `machine ${OUR_HOST}\n  login aws\n  password ${TOKEN}\n`,
          ''
        ]);
  }
  const env: Record<string, string> = { HOME: 'ROOT/home', PATH: '/usr/bin:/bin' };
  const set = (part: number, name: string, values: readonly string[]) => {
    if (often(part)) {
      env[name] = pick(values);
    }
  };
  // Half a login of one index beside the login of another is not judged.
  const alone = !/twin|sister/.test(files['ROOT/home/.config/uv/uv.toml']);
  set(alone ? 0.05 : 0, 'UV_INDEX_CODEARTIFACT_PASSWORD', [TOKEN, 'old', '']);
  set(alone ? 0.06 : 0, 'UV_INDEX_CODEARTIFACT_USERNAME', ['aws', 'me', '']);
  set(0.03, 'UV_EXCLUDE_NEWER', ['2030-01-01', 'P3D']);
  set(0.03, 'UV_REQUIRE_HASHES', ['1', '0', 'x']);
  set(0.03, 'UV_INDEX_STRATEGY', ['unsafe-best-match', 'unsafe-first-match', 'first-index']);
  set(0.03, 'UV_FIND_LINKS', ['/missing', 'ROOT/home', 'http://gone/links', '']);
  set(0.02, 'UV_CONSTRAINT', ['/missing', 'ROOT/home/constraints.txt', '']);
  set(0.02, 'UV_OVERRIDE', ['/missing']);
  set(0.02, 'UV_BUILD_CONSTRAINT', ['/missing', '']);
  set(0.04, 'UV_INDEX', [
    'http://empty/simple/',
    'http://locked/simple/',
    `team=${OURS}`,
    `team=${inUrl(`aws:${TOKEN}`)}`,
    `codeartifact=${inUrl('aws:old')}`,
    `team=${OURS} other=http://empty/simple/`,
    'http://gone/simple/'
  ]);
  set(0.02, 'UV_EXTRA_INDEX_URL', ['http://empty/simple/', OURS, inUrl('aws:old')]);
  set(0.02, 'UV_INDEX_URL', [OURS, inUrl(`aws:${TOKEN}`), 'http://empty/simple/']);
  set(0.03, 'UV_DEFAULT_INDEX', [OURS, inUrl(`aws:${TOKEN}`), inUrl('aws:old'), 'http://empty/simple/']);
  set(0.03, 'NETRC', ['', 'ROOT/absent', 'ROOT/home/.netrc', 'ROOT/home/_netrc']);
  set(0.02, 'UV_OFFLINE', ['1', '0']);
  set(0.02, 'UV_KEYRING_PROVIDER', ['disabled', 'subprocess']);
  set(0.02, 'UV_PYTHON', ['/missing']);
  const hosts = { empty: 'empty', late: 'empty', locked: 'no' };
  return { env, files, hosts: { ...hosts, [OUR_HOST]: WANTED } };
}

/** What the model says, with the case's hosts in the place of what the diagnosis asks the network. */
async function whyNot(given: UvCase): Promise<string[]> {
  const deps = depsOf({ ...given, venv: false, mode: 'index-url' }, { pip: '26.3', python: '3.11' });
  const at = { ...deps, runtime: { ...deps.runtime, cwd: '/judge/project/deep' } };
  const answer = await uvAnswer(at, 'index-url', OURS);
  const refused = refusedLogins(
    answer.logins,
    ({ user, password }) => user !== 'aws' || password.reveal() !== TOKEN
  );
  const proxy = answer.networks.some(network => proxyOf(network, {}, OURS) !== null);
  const others = answer.others.filter(({ url, prompts, hasLogin }) => {
    const says = given.hosts[new URL(url).hostname] ?? 'gone';
    return says === 'gone' || ((says === 'no' || (says === WANTED && !hasLogin)) && prompts);
  });
  return [
    ...(answer.uses ? [] : ['nothing names our index']),
    ...answer.shadows.map(({ by }) => by),
    ...refused.map(({ shadow }) => `refused: ${shadow.by}`),
    ...(proxy ? ['a proxy that does not answer'] : []),
    ...others.map(({ url }) => `${url} stops uv`)
  ];
}

/** Told though uv installs. */
const MEANT = [
  // Where the same URL stands twice, which `authenticate` holds is chance: the worst is told.
  /authenticate = "never"/,
  // Our index was made uv's default, and is now asked beside another one.
  /^nothing names our index$/,
  /^the variable UV_(?:DEFAULT_INDEX|INDEX_URL) \(http:\/\/empty/
];
const BATCH = 40;

test('uv installs from our index exactly where the model says so', async () => {
  const judge = startJudge<UvCase, Installed[]>(python, 'uv-install-judge.py', { UV: realUv() });
  const chance = createChance(7);
  const tally = emptyTally();
  const differences: unknown[] = [];
  for (let left = share(200); left > 0; left -= BATCH) {
    const cases = Array.from({ length: Math.min(BATCH, left) }, () => uvCase(chance));
    const installed = await judge.ask(cases);
    for (const [i, given] of cases.entries()) {
      const why = await whyNot(given);
      const { code, taken } = installed[i];
      const works = code === 0 && taken.includes(OUR_HOST);
      const isException = works && why.length > 0 && why.every(one => MEANT.some(meant => meant.test(one)));
      tally.exceptions += Number(isException);
      count(tally, works, why.length === 0 || isException);
      if ((why.length === 0) !== works && !isException) {
        differences.push({ why, real: installed[i], given });
      }
    }
  }
  await judge.stop();
  report('uv pip install', tally, differences);
  expect(differences.slice(0, 3).map(one => JSON.stringify(one, null, 1))).toEqual([]);
  expect(tally.working).toBeGreaterThan(tally.configurations / 10);
  expect(tally.working).toBeLessThan(tally.configurations * 0.9);
}, 3_600_000);
