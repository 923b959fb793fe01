import { configure, createHome, type Home, INDEX, restore, target } from '../../../tests/files/home-fixture';
import type { Settings } from '../../protocol/settings';

const PIP = '.config/pip/pip.conf';
const UV = '.config/uv/uv.toml';
const TEAM = 'https://team/simple/';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

async function written(settings: Partial<Settings>, token: string, renews = false) {
  const outcome = await configure(home.deps, target(settings, token), { renews });
  if (!outcome.ok) {
    throw new Error(outcome.failure.summary);
  }
  return outcome.value;
}

const note = (path: string) => `${home.at(path)} was changed by hand since Connect; the renewal left it.`;

/** Each row: how somebody has changed the index in a file of ours meanwhile. */
const rows: { name: string; path: string; settings?: Partial<Settings>; change: (text: string) => string }[] =
  [
    {
      name: 'another index',
      path: PIP,
      change: text => text.replace(INDEX, TEAM)
    },
    {
      name: 'another index where the line held the token',
      path: PIP,
      settings: { credentials: 'inline' },
      change: text => text.replace(/https:.*/, TEAM)
    },
    { name: 'no index at all', path: PIP, change: () => '[global]\ntimeout = 5\n' },
    {
      name: 'another default index of uv',
      path: UV,
      settings: { tools: ['pip', 'uv'] },
      change: text => text.replace(INDEX, TEAM)
    }
  ];

test.each(rows)(
  'a renewal leaves $name, says so, and renews the token',
  async ({ path, settings = {}, change }) => {
    await written(settings, 'first');
    const theirs = change(home.read(path));
    home.write(path, theirs);
    const { notes, files } = await written(settings, 'second', true);
    expect(notes).toEqual([note(path)]);
    expect(home.read(path)).toBe(theirs);
    expect(files.find(file => file.path === home.at(path))).toMatchObject({
      effective: false,
      note: note(path)
    });
    if (settings.credentials !== 'inline') {
      expect(home.read('.netrc')).toContain('password second');
    }
    // And the next one too: it is still theirs.
    expect((await written(settings, 'third', true)).notes).toEqual([note(path)]);
    // Disconnect has nothing to take out of it.
    await restore(home.deps);
    expect(home.read(path)).toBe(theirs);
  }
);

test.each(rows)(
  'Connect, which somebody has clicked, writes over $name',
  async ({ path, settings = {}, change }) => {
    await written(settings, 'first');
    const theirs = change(home.read(path));
    home.write(path, theirs);
    await written(settings, 'second', true);
    expect((await written(settings, 'third')).notes).toEqual([]);
    expect(home.read(path)).not.toBe(theirs);
    expect(home.read(path)).toContain('isolatedsm');
    await restore(home.deps);
    expect(home.read(path)).toBe(theirs);
  }
);

test('a renewal goes on where our line still stands, whatever else was changed', async () => {
  await written({ credentials: 'inline' }, 'first');
  home.write(PIP, `# mine\n${home.read(PIP)}timeout = 5\n`);
  expect((await written({ credentials: 'inline' }, 'second', true)).notes).toEqual([]);
  expect(home.read(PIP)).toContain('# mine\n');
  expect(home.read(PIP)).toContain('aws:second@');
});

test('a netrc with another password is given ours: without it pip asks nobody', async () => {
  await written({}, 'first');
  home.write('.netrc', home.read('.netrc').replace('first', 'foreign'));
  await written({}, 'second', true);
  expect(home.read('.netrc')).toContain('password second');
});
