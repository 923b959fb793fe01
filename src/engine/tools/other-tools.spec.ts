import { configure, createHome, type Home, INDEX, target } from '../../../tests/files/home-fixture';
import { inspect } from './inspect';

// What keeps uv and twine from the connection, each told with the variable or the file and line.
// The real tools judge the same cases in tests/tools/test_shadows.py.

const UV = '.config/uv/uv.toml';
let home: Home;
afterEach(() => home.remove());

/** The shadows of one tool once everything is configured and `arrange` has happened. */
async function shadowsOf(
  tool: 'uv' | 'twine',
  env: Record<string, string> = {},
  arrange: (home: Home) => void = () => undefined,
  settings: Parameters<typeof target>[0] = {}
): Promise<readonly string[]> {
  home = createHome(env);
  const { settings: chosen, ...rest } = target({ ...settings, tools: [tool] });
  expect(await configure(home.deps, { settings: chosen, ...rest })).toMatchObject({ ok: true });
  arrange(home);
  const deps = { ...home.deps, runtime: { ...home.deps.runtime, cwd: home.at('project/deep') } };
  return (await inspect(deps, { settings: chosen, indexUrl: INDEX })).shadows.map(shadow => shadow.by);
}

test.each<[string, 'uv' | 'twine', Record<string, string>]>([
  ['nothing', 'uv', {}],
  ['nothing', 'twine', {}],
  ['a variable that names our index', 'uv', { UV_DEFAULT_INDEX: `ours=${INDEX}` }],
  ['a variable that is off', 'uv', { UV_NO_CONFIG: '0' }],
  ["the user as uv's own variable", 'uv', { UV_INDEX_CODEARTIFACT_USERNAME: 'aws' }],
  ['the user as AWS wants it', 'twine', { TWINE_USERNAME: 'aws' }]
])('%s: %s uses the connection', async (_, tool, env) => {
  expect(await shadowsOf(tool, env)).toEqual([]);
});

test.each<['uv' | 'twine', Record<string, string>, RegExp]>([
  [
    'uv',
    { UV_DEFAULT_INDEX: 'https://me:s3cret@corp/simple' },
    /^the variable UV_DEFAULT_INDEX \(.*\*\*\*\*@corp/
  ],
  ['uv', { UV_INDEX_URL: 'https://corp/simple' }, /^the variable UV_INDEX_URL/],
  ['uv', { UV_NO_CONFIG: '1' }, /^the variable UV_NO_CONFIG, which keeps uv from every configuration file/],
  ['uv', { UV_CONFIG_FILE: '/etc/other.toml' }, /^the variable UV_CONFIG_FILE \(\/etc\/other\.toml\)/],
  ['twine', { TWINE_REPOSITORY_URL: 'https://corp/' }, /^the variable TWINE_REPOSITORY_URL/],
  ['uv', { UV_OFFLINE: '1' }, /^the variable UV_OFFLINE, which keeps uv from every index/],
  [
    'uv',
    {
      UV_INDEX: `codeartifact=${INDEX}`,
      UV_INDEX_CODEARTIFACT_USERNAME: 'aws'
    },
    /^the variable UV_INDEX \(.*\), which has the name codeartifact of our index and comes before it/
  ],
  ['uv', { UV_INDEX_CODEARTIFACT_PASSWORD: 's3cret' }, /^the variable UV_INDEX_CODEARTIFACT_PASSWORD/],
  [
    'twine',
    { TWINE_REPOSITORY_URL: INDEX.replace('simple/', '') },
    /^the variable TWINE_REPOSITORY_URL .* reads no user and no token/
  ],
  ['twine', { TWINE_PASSWORD: '' }, /^the variable TWINE_PASSWORD/],
  ['twine', { TWINE_USERNAME: '' }, /^the variable TWINE_USERNAME/],
  ['twine', { TWINE_USERNAME: 'me' }, /^the variable TWINE_USERNAME, which is not aws/],
  [
    'twine',
    { TWINE_PASSWORD: 's3cret' },
    /^the variable TWINE_PASSWORD, which twine takes in place of our token/
  ]
])('%s is kept from the connection by %j', async (tool, env, told) => {
  const shadows = await shadowsOf(tool, env);
  expect(shadows).toEqual([expect.stringMatching(told)]);
  expect(shadows.join()).not.toContain('s3cret');
});

test.each<[string, string, string, string]>([
  [
    'uv.toml',
    'project/uv.toml',
    '\nno-index = true\n',
    'no-index in PATH, line 2, which keeps uv from every index'
  ],
  [
    'pyproject.toml',
    'project/pyproject.toml',
    '[tool.uv]\noffline = true\n',
    'offline in PATH, line 2, which keeps uv from every index'
  ],
  [
    'another index of the name of ours',
    'project/pyproject.toml',
    '[[tool.uv.index]]\nname = "codeartifact"\nurl = "https://corp/simple"\n',
    'index in PATH, line 3 (https://corp/simple), which has the name codeartifact of our index and comes before it'
  ],
  [
    'a file that uv cannot read',
    'project/uv.toml',
    'x = [\n',
    'PATH, which uv cannot read: on line 2, it is not valid TOML'
  ],
  [
    'a default index',
    'project/deep/uv.toml',
    '[[index]]\nurl = "https://corp/simple"\ndefault = true\n',
    'index in PATH, line 2 (https://corp/simple)'
  ]
])('a project above the folder wins over the user: %s', async (_, path, text, told) => {
  const shadows = await shadowsOf('uv', {}, at => at.write(path, text));
  expect(shadows).toEqual([told.replace('PATH', home.at(path))]);
});

test("pip's names for an index come behind every [[index]] of uv's", async () => {
  const project = (at: Home) => at.write('project/uv.toml', 'index-url = "https://corp/simple"\n');
  expect(await shadowsOf('uv', {}, project)).toEqual([]);
});

test('an index beside others is asked whatever the default is', async () => {
  const project = (at: Home) => at.write('project/uv.toml', 'index-url = "https://corp/simple"\n');
  expect(
    await shadowsOf('uv', { UV_INDEX_URL: 'https://corp/simple' }, project, { indexMode: 'extra-index-url' })
  ).toEqual([]);
});

test("a default of the user's own that stands before ours is told with its line", async () => {
  const before = (at: Home) =>
    at.write(UV, `[[index]]\nurl = "https://corp/simple"\ndefault = true\n${at.read(UV)}`);
  expect(await shadowsOf('uv', {}, before)).toEqual([
    `index in ${home.at(UV)}, line 2 (https://corp/simple)`
  ]);
});
