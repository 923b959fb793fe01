import { existsSync, statSync } from 'node:fs';
import {
  configure,
  createHome,
  type Home,
  HOST,
  INDEX,
  restore,
  target,
  TOKEN
} from '../../../tests/files/home-fixture';
import { storedToken } from './stored-token';

const PIP = '.config/pip/pip.conf';
let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

const written = async (...args: Parameters<typeof target>) => {
  const outcome = await configure(home.deps, target(...args));
  if (!outcome.ok) {
    throw new Error(outcome.failure.summary);
  }
  return outcome.value;
};

const restored = async () => {
  const outcome = await restore(home.deps);
  if (!outcome.ok) {
    throw new Error(outcome.failure.summary);
  }
  return outcome.value;
};

test('an empty home gets a pip.conf without a secret and a netrc of mode 0600, and loses both again', async () => {
  const { files, changed } = await written();
  expect(changed).toBe(true);
  expect(home.read(PIP)).toBe(`[global]\nindex-url = ${INDEX}\n`);
  expect(home.read('.netrc')).toBe(`machine ${HOST} login aws password ${TOKEN}\n`);
  expect(home.mode('.netrc')).toBe(0o600);
  expect(files.map(f => [f.tool, f.path, f.mode])).toEqual([
    ['netrc', home.at('.netrc'), '0600'],
    ['pip', home.at(PIP), '0600']
  ]);
  await restored();
  expect(existsSync(home.at('.netrc'))).toBe(false);
  expect(existsSync(home.at('.config'))).toBe(false);
});

test('comments, order, CRLF and other keys stay; Disconnect gives every byte back, and the mode', async () => {
  const pip =
    '# mine\r\n[global]\r\ntimeout: 60\r\nIndex_URL=https://corp/simple\r\n\r\n[install]\r\nno-deps = no';
  const netrc = 'machine other login me password "p w"\ndefault login x password y\n';
  home.write(PIP, pip, 0o644);
  home.write('.netrc', netrc, 0o644);
  const { notes } = await written();
  expect(home.read(PIP)).toBe(pip.replace('https://corp/simple', INDEX));
  expect(home.mode(PIP)).toBe(0o644);
  expect(home.read('.netrc')).toBe(
    netrc.replace('default', `machine ${HOST} login aws password ${TOKEN}\ndefault`)
  );
  expect(home.mode('.netrc')).toBe(0o600);
  expect(notes.join()).toContain('0644 to 0600');
  await restored();
  expect([home.read(PIP), home.read('.netrc')]).toEqual([pip, netrc]);
  expect([home.mode(PIP), home.mode('.netrc')]).toEqual([0o644, 0o644]);
});

test('a renewal writes the netrc alone and does not forget what was there first', async () => {
  home.write(PIP, '[global]\nindex-url = https://corp/simple\n');
  await written();
  const before = statSync(home.at(PIP), { bigint: true }).mtimeNs;
  await written({}, 'second');
  expect(statSync(home.at(PIP), { bigint: true }).mtimeNs).toBe(before);
  expect(home.read('.netrc')).toContain('password second');
  await restored();
  expect(home.read(PIP)).toBe('[global]\nindex-url = https://corp/simple\n');
});

test('nothing is written when nothing changes', async () => {
  await written();
  const before = statSync(home.at('.netrc'), { bigint: true });
  expect((await written()).changed).toBe(false);
  expect(statSync(home.at('.netrc'), { bigint: true }).ino).toBe(before.ino);
});

test('the token we wrote is found again, in the netrc and inline, and nobody else’s is', async () => {
  expect(await storedToken(home.deps, { indexUrl: INDEX })).toBeNull();
  for (const tool of ['uv', 'twine', 'pip'] as const) {
    for (const credentials of ['netrc', 'inline'] as const) {
      await written({ tools: [tool], credentials });
      expect((await storedToken(home.deps, { indexUrl: INDEX }))?.reveal()).toBe(TOKEN);
    }
  }
  expect(existsSync(home.at('.netrc'))).toBe(false);
  expect(home.mode(PIP)).toBe(0o600);
  await written();
  home.write('.netrc', `machine ${HOST} login aws password foreign\n`);
  expect(await storedToken(home.deps, { indexUrl: INDEX })).toBeNull();
  await restored();
  expect(home.read('.netrc')).toBe(`machine ${HOST} login aws password foreign\n`);
  expect(await storedToken(home.deps, { indexUrl: INDEX })).toBeNull();
});

test('the lines around the one that is wrong are shown, without the secrets in them', async () => {
  const lines = [
    '[global]',
    'extra-index-url = https://me:s3cret@corp/simple',
    'what is this',
    '',
    '[install]'
  ];
  home.write(PIP, lines.join('\r\n'));
  const outcome = await configure(home.deps, target());
  expect(!outcome.ok && outcome.failure.evidence?.excerpt).toBe(
    '1  [global]\n2  extra-index-url = https://me:****@corp/simple\n3  what is this\n4\n5  [install]'
  );
});

test('nothing of a netrc that cannot be read is shown', async () => {
  home.write('.netrc', 'machine h login me password "s3cret\nwords');
  const outcome = await configure(home.deps, target());
  expect(JSON.stringify(outcome)).not.toContain('s3cret');
});

test('a file that pip cannot read is left alone, with its line and what to change', async () => {
  home.write(PIP, '\ufeff[global]\ntimeout = 5\n');
  const outcome = await configure(home.deps, target());
  expect(outcome).toMatchObject({
    ok: false,
    failure: { verdict: 'write_failed', cause: 'file_unparsable', evidence: { path: home.at(PIP), line: 1 } }
  });
  expect(home.read(PIP)).toBe('\ufeff[global]\ntimeout = 5\n');
  expect(existsSync(home.at('.netrc'))).toBe(false);
});

test('a file edited since Connect loses only our line, and what that replaced comes back', async () => {
  home.write(PIP, '[global]\nindex-url = https://corp/simple\n');
  await written();
  home.write(PIP, `${home.read(PIP)}timeout = 7\n`);
  const { notes } = await restored();
  expect(home.read(PIP)).toBe('[global]\nindex-url = https://corp/simple\ntimeout = 7\n');
  expect(notes.join()).toContain('was edited since Connect');
});

test('a file edited beyond reading loses our lines all the same, and the token with them', async () => {
  home.write('.netrc', 'machine other login me password pw\n');
  await written({ credentials: 'inline', tools: ['pip', 'twine'] });
  await written({ tools: ['pip', 'twine'] });
  for (const path of [PIP, '.netrc', '.pypirc']) {
    home.write(path, Buffer.concat([Buffer.from('odd \xff line\n', 'latin1'), Buffer.from(home.read(path))]));
  }
  const { notes } = await restored();
  expect(notes).toHaveLength(3);
  expect(home.read('.netrc')).toMatch(/^odd .* line\nmachine other login me password pw\n$/);
  expect(home.read(PIP)).toMatch(/^odd .* line\n\[global\]\n$/);
  expect(home.read('.pypirc')).not.toContain(TOKEN);
});
