import { sameIndex } from '../../src/engine/tools/text/url-credentials';
import { twineAnswer } from '../../src/engine/tools/twine/shadows';
import { type Chance, createChance } from '../files/random-file';
import { python } from '../files/reference-parsers';
import { count, emptyTally, report, share, startJudge } from './judges';
import { OURS, TOKEN, WANTED } from './pip-values';
import { depsOf } from './pip-model';

// twine's own settings judge (twine-judge.py): where it uploads, and with what Authorization.

interface TwineCase {
  readonly env: Record<string, string>;
  readonly files: Record<string, string>;
}

interface Told {
  readonly url: string;
  readonly authorization: string | null;
  readonly error: string;
}

const REPOSITORY = OURS.replace('simple/', '');
const inUrl = (login: string): string => REPOSITORY.replace('https://', `https://${login}@`);

function twineCase({ pick, often }: Chance): TwineCase {
  const maybe = (part: number, line: string): string => (often(part) ? line : '');
  const repository = pick([
    ...Array<string>(6).fill(REPOSITORY),
    REPOSITORY.replace(/\/$/, ''),
    'https://corp/',
    OURS,
    '',
    'x'
  ]);
  const server =
    '[codeartifact]\n' +
    maybe(0.96, `repository = ${repository}\n`) +
    maybe(0.93, `username = ${pick(['aws', 'aws', 'aws', 'aws', 'me', ''])}\n`) +
    maybe(0.93, `password = ${pick([TOKEN, TOKEN, TOKEN, TOKEN, 'old', '', '%(x)s'])}\n`) +
    maybe(0.06, `ca_cert = ${pick(['/missing.pem', 'ROOT/ca.pem', ''])}\n`) +
    maybe(0.04, `client_cert = ${pick(['/missing.pem', 'ROOT/ca.pem'])}\n`) +
    maybe(0.03, 'repository = https://twice/\n');
  const list = pick([
    ...Array<string>(5).fill('index-servers =\n    pypi\n    codeartifact\n'),
    'index-servers = codeartifact\n',
    'index-servers = pypi\n',
    'Index-Servers = codeartifact corp\n',
    'index-servers =\n',
    ''
  ]);
  const parts = [
    maybe(0.97, `[distutils]\n${list}`),
    maybe(0.96, server),
    maybe(0.1, '[pypi]\nusername = __token__\npassword = pypi-x\n'),
    maybe(0.06, `[server-login]\nusername = ${pick(['aws', 'me'])}\npassword = ${pick([TOKEN, 'old'])}\n`),
    maybe(
      0.04,
      `[DEFAULT]\n${pick(['username = me\n', 'password = old\n', 'index-servers = codeartifact\n'])}`
    )
  ];
  const broken = maybe(0.03, pick(['stray\n', 'username = aws\n', '[distutils\n']));
  const files: Record<string, string> = { 'ROOT/ca.pem': 'certificates' };
  if (often(0.97)) {
    files['ROOT/home/.pypirc'] = broken + (often(0.2) ? parts.reverse() : parts).join('\n');
  }
  const env: Record<string, string> = { PATH: '/usr/bin:/bin', HOME: 'ROOT/home' };
  const set = (part: number, name: string, values: readonly string[]) => {
    if (often(part)) {
      env[name] = pick(values);
    }
  };
  set(0.1, 'TWINE_REPOSITORY_URL', [
    '',
    REPOSITORY,
    inUrl(`aws:${TOKEN}`),
    inUrl('aws'),
    inUrl('me:x'),
    'https://corp/',
    'corp',
    'ftp://corp/'
  ]);
  set(0.06, 'TWINE_USERNAME', ['aws', 'me', '']);
  set(0.05, 'TWINE_PASSWORD', ['old', '', TOKEN]);
  set(0.05, 'TWINE_REPOSITORY', ['pypi', 'codeartifact', '']);
  set(0.05, 'TWINE_CERT', ['/missing.pem', 'ROOT/ca.pem', '']);
  set(0.04, 'TWINE_NON_INTERACTIVE', ['1', '']);
  return { env, files };
}

const BATCH = 200;

test('twine uploads to our repository exactly where the model says so', async () => {
  const judge = startJudge<TwineCase, Told[]>(python, 'twine-judge.py');
  const chance = createChance(70);
  const tally = emptyTally();
  const differences: unknown[] = [];
  for (let left = share(1000); left > 0; left -= BATCH) {
    const cases = Array.from({ length: Math.min(BATCH, left) }, () => twineCase(chance));
    const told = await judge.ask(cases);
    for (const [i, given] of cases.entries()) {
      const deps = depsOf(
        { ...given, venv: false, hosts: {}, mode: 'index-url' },
        { pip: '26.3', python: '3.11' }
      );
      const { shadows, login } = await twineAnswer(deps, OURS);
      const { url, authorization, error } = told[i];
      const works = error === '' && sameIndex(url, REPOSITORY) && authorization === WANTED;
      const free = shadows.length === 0 && login?.user === 'aws' && login.password.reveal() === TOKEN;
      // A password of the environment is ours to name whatever it is: it does not change when the token does.
      const isException = works && !free && given.env['TWINE_PASSWORD'] === TOKEN;
      count(tally, works, free || isException);
      tally.exceptions += Number(isException);
      if (free !== works && !isException) {
        differences.push({ shadows, real: told[i], given });
      }
    }
  }
  await judge.stop();
  report('twine', tally, differences);
  expect(differences.slice(0, 3).map(one => JSON.stringify(one, null, 1))).toEqual([]);
  expect(tally.working).toBeGreaterThan(tally.configurations / 10);
  expect(tally.working).toBeLessThan(tally.configurations * 0.9);
}, 3_600_000);
