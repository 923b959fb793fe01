import {
  configure,
  createHome,
  type Home,
  INDEX,
  restore,
  target,
  TOKEN
} from '../../../tests/files/home-fixture';

const UV = '.config/uv/uv.toml';
let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

const connect = async (settings: Parameters<typeof target>[0], token = TOKEN) => {
  const outcome = await configure(home.deps, target(settings, token));
  return outcome.ok ? outcome.value.notes : outcome.failure;
};

test('uv gets one marked block, before its other indexes, and loses it again', async () => {
  const before =
    '# mine\r\nnative-tls = true\r\n\r\n[[index]]\r\nname = "corp"\r\nurl = "https://corp/simple"\r\ndefault = true';
  home.write(UV, before);
  expect(await connect({ tools: ['uv'] })).toEqual([]);
  expect(home.read(UV)).toBe(
    before.replace(
      '[[index]]',
      [
        '# >>> jupyterlab-codeartifact: written by Connect, removed by Disconnect',
        '[[index]]',
        'name = "codeartifact"',
        `url = "${INDEX}"`,
        'default = true',
        '# <<< jupyterlab-codeartifact',
        '',
        '[[index]]'
      ].join('\r\n')
    )
  );
  expect(home.read('.netrc')).toContain(TOKEN);
  await restore(home.deps);
  expect(home.read(UV)).toBe(before);
});

test('uv takes the first of two indexes with one name, so ours gets a name that is free', async () => {
  home.write(UV, '[[index]]\nname = "codeartifact"\nurl = "https://old/simple"\n');
  await connect({ tools: ['uv'], indexMode: 'extra-index-url' });
  expect(home.read(UV)).toContain('name = "jupyterlab-codeartifact"');
});

test('an inline list of uv indexes is refused with its line, and nothing is written', async () => {
  home.write(UV, 'offline = false\nindex = [{ name = "corp", url = "https://corp/simple" }]\n');
  expect(await connect({ tools: ['pip', 'uv'] })).toMatchObject({
    cause: 'file_unparsable',
    evidence: { path: home.at(UV), line: 2 }
  });
  expect(() => home.read('.netrc')).toThrow();
});

test('a uv.toml edited since loses only our block, also without our marks', async () => {
  await connect({ tools: ['uv'] });
  const lines = home
    .read(UV)
    .split('\n')
    .filter(line => !line.startsWith('#'));
  home.write(UV, ['# mine', 'offline = true', ...lines, '[pip]', 'strict = true', ''].join('\n'));
  await restore(home.deps);
  expect(home.read(UV)).toBe('# mine\noffline = true\n\n[pip]\nstrict = true\n');
});

test('twine gets a server beside the usual ones, 0600, and loses it again', async () => {
  expect(await connect({ tools: ['twine'] })).toEqual([]);
  expect(home.read('.pypirc')).toBe(
    [
      '[distutils]',
      'index-servers =',
      '    pypi',
      '    testpypi',
      '    codeartifact',
      '[codeartifact]',
      `repository = ${INDEX.replace('simple/', '')}`,
      'username = aws',
      `password = ${TOKEN}`,
      ''
    ].join('\n')
  );
  expect(home.mode('.pypirc')).toBe(0o600);
  await restore(home.deps);
  expect(() => home.read('.pypirc')).toThrow();
});

test('what "aws codeartifact login --tool twine" left is replaced, and comes back', async () => {
  const before =
    '[distutils]\nindex-servers = \n\tpypi\n\tcodeartifact\n\n[codeartifact]\nrepository = https://old/\nusername = aws\npassword = old\n\n';
  home.write('.pypirc', before, 0o600);
  await connect({ tools: ['twine'] });
  await connect({ tools: ['twine'] }, 'renewed');
  expect(home.read('.pypirc')).toBe(
    before
      .replace('https://old/', INDEX.replace('simple/', ''))
      .replace('password = old', 'password = renewed')
  );
  home.write('.pypirc', `${home.read('.pypirc')}# seen\n`, 0o600);
  await restore(home.deps);
  expect(home.read('.pypirc')).toBe(`${before}# seen\n`);
});

test('files of tools no longer chosen are given back', async () => {
  home.write(UV, 'offline = true\n');
  await connect({ tools: ['pip', 'uv', 'twine'] });
  await connect({ tools: ['pip'], credentials: 'inline' });
  expect(home.read(UV)).toBe('offline = true\n');
  expect(() => home.read('.pypirc')).toThrow();
  expect(() => home.read('.netrc')).toThrow();
  expect(home.read('.config/pip/pip.conf')).toContain(`aws:${encodeURIComponent(TOKEN)}@`);
});
