import { existsSync } from 'node:fs';
import {
  configure,
  createHome,
  type Home,
  INDEX,
  restore,
  target,
  TOKEN
} from '../../../../tests/files/home-fixture';
import { inspect } from '../inspect';
import { preview } from '../preview';

const AUTH = '.config/pypoetry/auth.toml';
const BLOCK = `# >>> jupyterlab-codeartifact: written by Connect, removed by Disconnect
# for ${INDEX}
[http-basic.codeartifact]
username = "aws"
password = "${TOKEN}"
# <<< jupyterlab-codeartifact
`;
let home: Home;
afterEach(() => home.remove());

const connect = async (text?: string, env: Record<string, string> = {}) => {
  home = createHome(env);
  if (text !== undefined) {
    home.write(AUTH, text);
  }
  return configure(home.deps, target({ tools: ['poetry'] }));
};

test.each<[string, string | undefined, string]>([
  ['no file', undefined, BLOCK],
  ['another source', '[http-basic.corp]\npassword = "x"', `[http-basic.corp]\npassword = "x"\n\n${BLOCK}`],
  [
    'a source of our name: only its values give way',
    "[ 'http-basic' . codeartifact ] # mine\r\nusername = 'me' # who\r\n[x]\r\ny = 1\r\n",
    `[ 'http-basic' . codeartifact ] # mine\r\npassword = "${TOKEN}"\r\nusername = "aws" # who\r\n[x]\r\ny = 1\r\n`
  ]
])('%s: our table, and every byte back', async (_, before, after) => {
  expect(await connect(before)).toMatchObject({ ok: true, value: { files: [{ mode: '0600' }] } });
  expect(home.read(AUTH)).toBe(after);
  await restore(home.deps);
  expect(existsSync(home.at(AUTH)) ? home.read(AUTH) : undefined).toBe(before);
});

test('what cannot be edited safely is left alone, with its line', async () => {
  const text = 'x = 1\nhttp-basic = { codeartifact = { username = "a" } }\n';
  expect(await connect(text)).toMatchObject({ failure: { cause: 'file_unparsable', evidence: { line: 2 } } });
  expect(home.read(AUTH)).toBe(text);
});

test('the preview shows no password, and what is left to do', async () => {
  home = createHome();
  home.write(
    AUTH,
    '[pypi-token]\npypi = "s3cret"\n[http-basic]\na = { username = "u", password = "s3cret" }\n# s3cret\nb = """\ns3cret"""\n'
  );
  const shown = await preview(home.deps, target({ tools: ['poetry'] }));
  expect(shown.ok && shown.value.diff).toContain('+password = ****');
  expect(JSON.stringify(shown)).not.toMatch(/s3cret|eyJ/);
  expect(shown.ok && shown.value.files[0].next?.text).toBe(
    `poetry source add --priority=primary codeartifact ${INDEX}`
  );
});

test.each([[true], [false]])(
  'with the journal lost, our table is known by its looks (ours: %s)',
  async isOurs => {
    await connect('[x]\ny = 1\n');
    const other = '[http-basic.codeartifact]\nusername = "aws"\npassword = "mine"\n';
    if (!isOurs) {
      home.write(AUTH, other);
    }
    home.write(`${home.memory}/before.json`, 'damaged');
    expect(await restore(home.deps)).toMatchObject({ ok: true });
    expect(home.read(AUTH)).toBe(isOurs ? '[x]\ny = 1\n\n' : other);
  }
);

test('a password that somebody has set since is theirs, and is told', async () => {
  await connect();
  home.write(AUTH, '[http-basic.codeartifact]\nusername = "aws"\npassword = "mine"\n');
  expect(await shadows()).toEqual([
    `http-basic.codeartifact in ~/${AUTH}, line 1, whose password is not the token of the connection`
  ]);
  await restore(home.deps);
  expect(home.read(AUTH)).toContain('"mine"');
});

async function shadows(): Promise<string[]> {
  const deps = { ...home.deps, runtime: { ...home.deps.runtime, cwd: home.at('project/deep') } };
  const { settings } = target({ tools: ['poetry'] });
  const report = await inspect(deps, { settings, indexUrl: INDEX });
  const asked = report.questions?.flatMap(({ logins }) => logins.map(({ shadow }) => `asked: ${shadow.by}`));
  return [...report.shadows.map(({ by }) => by), ...(asked ?? [])].map(by => by.replaceAll(home.home, '~'));
}

const source = (name: string, url: string) => `[[tool.poetry.source]]\nname = "${name}"\nurl = "${url}"\n`;

test.each<[string, Record<string, string>, Record<string, string>, string[]]>([
  ['nothing', {}, { 'project/pyproject.toml': source('codeartifact', INDEX) }, []],
  ['the user as AWS wants it', { POETRY_HTTP_BASIC_CODEARTIFACT_USERNAME: 'aws' }, {}, []],
  [
    'another user',
    { POETRY_HTTP_BASIC_CODEARTIFACT_USERNAME: '' },
    {},
    ['the variable POETRY_HTTP_BASIC_CODEARTIFACT_USERNAME, which is not aws']
  ],
  [
    'another password',
    { POETRY_HTTP_BASIC_CODEARTIFACT_PASSWORD: 's3cret' },
    {},
    ['asked: the variable POETRY_HTTP_BASIC_CODEARTIFACT_PASSWORD']
  ],
  [
    'a file that cannot be read',
    {},
    { 'project/pyproject.toml': '', 'project/poetry.toml': 'x = [\n' },
    ['~/project/poetry.toml, which Poetry cannot read: on line 2, it is not valid TOML']
  ],
  [
    'a source of another name',
    {},
    { 'project/pyproject.toml': source('team', INDEX) },
    [
      `the source team in ~/project/pyproject.toml, line 3 (${INDEX}), which is not named codeartifact, so that Poetry has no token for it`
    ]
  ],
  [
    'a source of another name that the netrc has a password for',
    {},
    {
      'project/pyproject.toml': source('team', INDEX),
      '.netrc': `machine ${new URL(INDEX).host} login aws password x\n`
    },
    ['asked: ~/.netrc']
  ],
  [
    'a source of our name elsewhere',
    {},
    { 'project/pyproject.toml': source('codeartifact', 'https://corp/simple/') },
    [
      'the source codeartifact in ~/project/pyproject.toml, line 3 (https://corp/simple/), which has the name of our source and another address'
    ]
  ],
  [
    'a source with an old token in its address',
    {},
    { 'project/pyproject.toml': source('codeartifact', INDEX.replace('//', '//aws:s3cret@')) },
    [
      `asked: the source codeartifact in ~/project/pyproject.toml, line 3 (${INDEX.replace('//', '//aws:****@')}), whose address holds a password of its own`
    ]
  ]
])('%s', async (_, env, files, told) => {
  await connect(undefined, env);
  for (const [path, text] of Object.entries(files)) {
    home.write(path, text);
  }
  expect(await shadows()).toEqual(told);
});
