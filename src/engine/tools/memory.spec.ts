import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
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
import { currentGeneration, readMemory } from './memory';
import { storedToken } from './stored-token';

const PIP = '.config/pip/pip.conf';
const MINE = '[global]\nindex-url = https://corp/simple\ntimeout = 5\n';

let home: Home;
beforeEach(() => {
  home = createHome();
  home.write(PIP, MINE);
});
afterEach(() => home.remove());

const own = (name: string) => `${home.memory}/${name}`;

async function must<T>(
  outcome: Promise<{ ok: true; value: T } | { ok: false; failure: { summary: string } }>
) {
  const done = await outcome;
  if (!done.ok) {
    throw new Error(done.failure.summary);
  }
  return done.value;
}

test('two data folders of Jupyter on one home share one memory', async () => {
  await must(configure(home.deps, target()));
  await must(configure({ ...home.deps, dataDir: `${home.root}/other` }, target({}, 'second')));
  await must(restore(home.deps));
  expect(home.read(PIP)).toBe(MINE);
  expect(existsSync(home.at('.netrc'))).toBe(false);
  expect(existsSync(`${home.root}/other`)).toBe(false);
});

/** What a build before the first release left: in Jupyter's data folder, without the fields of later versions. */
async function asBefore(): Promise<string> {
  await must(configure(home.deps, target()));
  const old = `${home.deps.dataDir}/codeartifact`;
  mkdirSync(old, { recursive: true });
  const { disconnectedAt: _, ...journal } = JSON.parse(readFileSync(own('before.json'), 'utf8'));
  const { token: __, ...record } = JSON.parse(readFileSync(own('state.json'), 'utf8'));
  writeFileSync(`${old}/before.json`, JSON.stringify({ ...journal, generation: 3 }));
  writeFileSync(`${old}/state.json`, JSON.stringify({ ...record, generation: 7 }));
  rmSync(home.memory, { recursive: true });
  return old;
}

test('the memory of an older version is used where it is, and moved by the first writing', async () => {
  const old = await asBefore();
  expect((await storedToken(home.deps, { indexUrl: INDEX }))?.reveal()).toBe(TOKEN);
  expect(await currentGeneration(home.deps)).toBe(7);
  expect(existsSync(home.memory)).toBe(false);
  await must(configure(home.deps, target({}, 'second')));
  expect(readdirSync(old)).toEqual([]);
  await must(restore(home.deps));
  expect(home.read(PIP)).toBe(MINE);
});

test('the lock of an older version is waited for, and that of a dead one is not', async () => {
  const old = await asBefore();
  mkdirSync(`${old}/codeartifact.lock`);
  utimesSync(`${old}/codeartifact.lock`, Date.now() / 1000 - 10, Date.now() / 1000 - 10);
  await must(restore(home.deps));
  expect(home.read(PIP)).toBe(MINE);
  expect(readdirSync(old)).toEqual([]);
});

test.each<[string, (text: string) => string]>([
  ['not JSON', text => text.slice(0, text.length / 2)],
  ['of a newer version', text => text.replace('"version":1', '"version":2')],
  ['with a field of another type', text => text.replace(/"files":\[.*\]/, '"files":[{"tool":"pip"}]')],
  ['empty', () => '']
])(
  'a journal that is %s is kept aside and told; Disconnect leaves no line and no token',
  async (_, damage) => {
    await must(configure(home.deps, target()));
    const damaged = damage(readFileSync(own('before.json'), 'utf8'));
    writeFileSync(own('before.json'), damaged);
    const { notes, isLost } = await must(restore(home.deps));
    expect(isLost).toBe(true);
    expect(notes.join('\n')).toContain('before.json.damaged-1');
    expect(notes.join('\n')).toContain(`What was in ${home.at(PIP)} before Connect is not known any more`);
    expect(readFileSync(own('before.json.damaged-1'), 'utf8')).toBe(damaged);
    expect(home.read(PIP)).toBe('[global]\ntimeout = 5\n');
    expect(existsSync(home.at('.netrc'))).toBe(false);
  }
);

test('a lost journal: the entries of others in the same files stay', async () => {
  home.write('.netrc', 'machine other login me password pw\n');
  home.write(
    '.pypirc',
    '[codeartifact]\nrepository = https://elsewhere/\nusername = aws\npassword = theirs\n'
  );
  await must(configure(home.deps, target()));
  writeFileSync(own('before.json'), '{');
  writeFileSync(own('state.json'), '{');
  await must(restore(home.deps));
  expect(home.read('.netrc')).toBe('machine other login me password pw\n');
  expect(home.read('.pypirc')).toContain('password = theirs');
  expect(home.read(PIP)).not.toContain(HOST);
});

test('Connect over a lost journal does not take our old lines for the user’s', async () => {
  await must(configure(home.deps, target()));
  writeFileSync(own('before.json'), '{');
  await must(configure(home.deps, target({}, 'second')));
  await must(restore(home.deps));
  expect(home.read(PIP)).toBe('[global]\ntimeout = 5\n');
  expect(existsSync(home.at('.netrc'))).toBe(false);
});

test.each<[string, (record: Record<string, unknown>) => unknown]>([
  ['a number as text', record => ({ ...record, expiresAt: 'soon' })],
  ['a time that no Date can have', record => ({ ...record, expiresAt: 1e300 })],
  ['no URL', record => ({ ...record, indexUrl: 'not a URL' })],
  ['settings of a wrong type', record => ({ ...record, settings: { tools: 'pip' } })],
  ['a list', () => []],
  ['null', () => null]
])('a record that is %s keeps no verb from its work', async (_, damage) => {
  await must(configure(home.deps, target()));
  const record = JSON.parse(readFileSync(own('state.json'), 'utf8')) as Record<string, unknown>;
  writeFileSync(own('state.json'), JSON.stringify(damage(record)));
  const memory = await must(readMemory(home.deps));
  expect(memory).toMatchObject({ record: null, isRecordDamaged: true, isLost: false });
  await must(configure(home.deps, target({}, 'second')));
  expect((await must(readMemory(home.deps))).record).toMatchObject({ domain: 'acme' });
  await must(restore(home.deps));
  expect(home.read(PIP)).toBe(MINE);
});

test('what began before a Disconnect does not come back after it, also where nothing was connected', async () => {
  const basedOn = await currentGeneration(home.deps);
  await must(restore(home.deps));
  for (const renews of [false, true]) {
    expect(await configure(home.deps, target(), { basedOn, renews })).toMatchObject({
      ok: false,
      failure: { verdict: 'cancelled', cause: 'superseded' }
    });
  }
  expect(home.read(PIP)).toBe(MINE);
  await must(configure(home.deps, target()));
});

test('a renewal adopts what another process has written since it began', async () => {
  await must(configure(home.deps, target(), { expiresAt: 1000 }));
  const basedOn = await currentGeneration(home.deps);
  await must(configure(home.deps, target({}, 'theirs'), { expiresAt: 2000 }));
  const adopted = await must(
    configure(home.deps, target({}, 'ours'), { basedOn, renews: true, expiresAt: 1500 })
  );
  expect(adopted).toMatchObject({ kind: 'adopted', changed: false, record: { expiresAt: 2000 } });
  expect(adopted.token?.reveal()).toBe('theirs');
  expect(home.read('.netrc')).toContain('password theirs');
});

test('a Connect keeps a token that ends later, and writes what its settings ask for', async () => {
  await must(configure(home.deps, target(), { expiresAt: 1000 }));
  const basedOn = await currentGeneration(home.deps);
  await must(configure(home.deps, target({}, 'theirs'), { expiresAt: 2000 }));
  const wanted = target({ tools: ['pip', 'twine'] }, 'ours');
  const kept = await must(configure(home.deps, wanted, { basedOn, expiresAt: 1500 }));
  expect(kept).toMatchObject({ kind: 'written', record: { expiresAt: 2000 } });
  expect(home.read('.pypirc')).toContain('password = theirs');
});

test('a renewal of a connection that another one has replaced is superseded', async () => {
  await must(configure(home.deps, target()));
  const basedOn = await currentGeneration(home.deps);
  const elsewhere = target({ repository: 'other' }, 'theirs', INDEX.replace('isolatedsm', 'other'));
  await must(configure(home.deps, elsewhere));
  expect(await configure(home.deps, target({}, 'ours'), { basedOn, renews: true })).toMatchObject({
    ok: false,
    failure: { cause: 'superseded' }
  });
});

test('Disconnect sweeps what a killed process left, also beside files that are not written any more', async () => {
  await must(configure(home.deps, target({ tools: ['pip', 'uv'] })));
  await must(configure(home.deps, target({ tools: ['pip'] }, 'second')));
  const left = ['.config/uv', '.config/pip', '.'].map(
    folder => `${folder}/.x.0123.jupyterlab-codeartifact.tmp`
  );
  left.forEach(path => home.write(path, TOKEN));
  await must(restore(home.deps));
  expect(left.filter(path => existsSync(home.at(path)))).toEqual([]);
});
