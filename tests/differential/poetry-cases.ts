import { putCredentials } from '../../src/engine/tools/poetry/auth-edit';
import { applyEdits } from '../../src/engine/tools/text/edit';
import type { Chance } from '../files/random-file';
import { OURS, OUR_HOST, TOKEN } from './pip-values';

export interface PoetryCase {
  readonly env: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly index: string;
}

const NAMES = ['codeartifact', 'codeartifact', 'team', 'my-team', 'my.team', 'Codeartifact', 'pypi'];
const PASSWORDS = [TOKEN, 'old', '', '{cache-dir}', '{none}'];
const URLS = [
  ...[OURS, OURS, OURS.replace(/\/$/, ''), OURS.replace('/repo/', '/other/'), OURS.replace('/simple/', '/')],
  ...[OURS.replace('//', '//aws:old@'), OURS.replace('//', `//aws:${TOKEN}@`), OURS.replace('//', '//aws@')],
  ...['https://corp/simple/', OURS.replace(OUR_HOST, OUR_HOST.toUpperCase())]
];
const quoted = (text: string): string => JSON.stringify(text);

/** One table of auth.toml, config.toml or poetry.toml. */
function table({ pick, often }: Chance): string {
  const name = pick(NAMES);
  const credentials = (): string =>
    (often(0.85) ? `username = ${quoted(pick(['aws', 'aws', 'aws', 'me', '']))}\n` : '') +
    (often(0.85) ? `password = ${quoted(pick(PASSWORDS))}\n` : '');
  return pick([
    () => `[http-basic.${name.includes('.') ? quoted(name) : name}]\n${credentials()}`,
    () => `[http-basic.${name.includes('.') ? quoted(name) : name}]\n${credentials()}`,
    () => `[repositories.${quoted(name)}]\nurl = ${quoted(pick([OURS, ...URLS]))}\n`,
    () => `[virtualenvs]\nin-project = true\n`,
    () => `[pypi-token]\npypi = "pypi-x"\n`,
    () => `[http-basic]\n${quoted(name)} = { username = "aws", password = ${quoted(pick(PASSWORDS))} }\n`
  ])();
}

const tables = (chance: Chance, most: number): string => {
  const all = chance.some(most, () => table(chance));
  // TOML has each table once.
  const seen = new Set<string>();
  return all
    .filter(text => {
      const key = text.slice(0, text.indexOf('\n')).replaceAll('"', '');
      const group = key.startsWith('[http-basic') ? key : key;
      return !seen.has(group) && Boolean(seen.add(group));
    })
    .join('\n');
};

function project(chance: Chance): string {
  const { pick, often } = chance;
  const names = new Set<string>();
  const sources = chance.some(3, () => {
    const name = pick(NAMES);
    if (names.has(name.toLowerCase()) || name === 'pypi') {
      return '';
    }
    names.add(name.toLowerCase());
    const priority = pick([
      '',
      'priority = "primary"\n',
      'priority = "supplemental"\n',
      'priority = "explicit"\n'
    ]);
    return `[[tool.poetry.source]]\nname = ${quoted(name)}\nurl = ${quoted(pick(URLS))}\n${priority}\n`;
  });
  const head = pick([
    '[project]\nname = "app"\nversion = "0.1.0"\n\n[tool.poetry]\npackage-mode = false\n\n',
    '[tool.poetry]\npackage-mode = false\n\n'
  ]);
  return (often(0.02) ? 'x = [\n' : '') + head + sources.join('');
}

/** Files and variables around an auth.toml of ours, everyday and odd. */
export function poetryCase(chance: Chance): PoetryCase {
  const { pick, often } = chance;
  const env: Record<string, string> = { HOME: 'ROOT/home', PATH: '/usr/bin:/bin' };
  const set = (share: number, name: string, values: readonly string[]) => {
    if (often(share)) {
      env[name] = pick(values);
    }
  };
  set(0.05, 'POETRY_HTTP_BASIC_CODEARTIFACT_USERNAME', ['aws', 'me', '']);
  set(0.05, 'POETRY_HTTP_BASIC_CODEARTIFACT_PASSWORD', [TOKEN, 'old', '']);
  set(0.05, pick(['POETRY_HTTP_BASIC_TEAM_PASSWORD', 'POETRY_HTTP_BASIC_MY_TEAM_PASSWORD']), [
    TOKEN,
    'old',
    ''
  ]);
  set(0.05, pick(['POETRY_HTTP_BASIC_TEAM_USERNAME', 'POETRY_HTTP_BASIC_MY_TEAM_USERNAME']), ['aws', 'me']);
  set(
    0.15,
    pick([
      'POETRY_REPOSITORIES_TEAM_URL',
      'POETRY_REPOSITORIES_CODEARTIFACT_URL',
      'POETRY_REPOSITORIES_X_URL'
    ]),
    URLS
  );
  set(0.03, 'POETRY_HTTP_BASIC', ['x']);
  set(0.04, 'POETRY_CONFIG_DIR', ['ROOT/mine', '']);
  const folder = env['POETRY_CONFIG_DIR'] || 'ROOT/home/.config/pypoetry';
  const files: Record<string, string> = {};
  const base = often(0.5) ? '' : tables(chance, 2);
  const put = putCredentials(base, OURS, TOKEN);
  files[`${folder}/auth.toml`] = put.ok ? applyEdits(base, put.value.edits) : base;
  if (often(0.3)) {
    files[`${folder}/config.toml`] = (often(0.03) ? 'x = [\n' : '') + tables(chance, 2);
  }
  if (often(0.8)) {
    files['ROOT/work/pyproject.toml'] = project(chance);
  }
  if (often(0.25)) {
    files['ROOT/work/poetry.toml'] = (often(0.03) ? 'x = [\n' : '') + tables(chance, 2);
  }
  if (often(0.2)) {
    const login = pick([`login aws password ${TOKEN}`, 'login aws password old', `password ${TOKEN}`]);
    files['ROOT/home/.netrc'] = `${pick([`machine ${OUR_HOST}`, 'machine corp', 'default'])} ${login}\n`;
  }
  return { env, files, cwd: pick(['ROOT/work', 'ROOT/work', 'ROOT/work/deep', 'ROOT/home']), index: OURS };
}
