import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync
} from 'node:fs';
import {
  configure,
  createHome,
  type Home,
  impatient,
  INDEX,
  restore,
  target
} from '../../../tests/files/home-fixture';
import { currentGeneration, readMemory, RECORD_NAME } from '../tools/memory';
import { createDisk } from './disk';

const PIP = '.config/pip/pip.conf';
let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

const connect = () => configure(home.deps, target());

test('a symbolic link stays one, and the file it leads to is written', async () => {
  home.write('dotfiles/pip.conf', '[global]\ntimeout = 5\n');
  mkdirSync(home.at('.config/pip'), { recursive: true });
  symlinkSync('../../dotfiles/pip.conf', home.at(PIP));
  expect(await connect()).toMatchObject({ ok: true });
  expect(readlinkSync(home.at(PIP))).toBe('../../dotfiles/pip.conf');
  expect(home.read('dotfiles/pip.conf')).toContain(INDEX);
  await restore(home.deps);
  expect(home.read('dotfiles/pip.conf')).toBe('[global]\ntimeout = 5\n');
});

test('a dangling link stays, and what it leads to is made and removed again, with its folder', async () => {
  symlinkSync('secrets/netrc', home.at('.netrc'));
  expect(await connect()).toMatchObject({ ok: true });
  expect(lstatSync(home.at('.netrc')).isSymbolicLink()).toBe(true);
  expect(home.mode('secrets')).toBe(0o700);
  await restore(home.deps);
  expect(lstatSync(home.at('.netrc')).isSymbolicLink()).toBe(true);
  expect(() => statSync(home.at('secrets'))).toThrow();
});

test.each([
  ['links in a circle', () => symlinkSync('.netrc', home.at('.netrc')), 'circle'],
  ['a folder', () => mkdirSync(home.at('.netrc')), 'a folder stands'],
  [
    'a read-only file',
    () => {
      home.write('.netrc', 'machine a login b password c\n');
      chmodSync(home.at('.netrc'), 0o400);
    },
    'read-only'
  ],
  ['a huge file', () => home.write('.netrc', '#'.repeat(5 * 1024 * 1024)), 'larger than allowed'],
  ['a file where a folder belongs', () => home.write('.config', 'x'), 'a file stands where a folder']
])('%s in the way is told in one sentence, and nothing is changed', async (_, arrange, words) => {
  arrange();
  const outcome = await connect();
  expect(outcome).toMatchObject({ ok: false, failure: { verdict: 'write_failed' } });
  expect(!outcome.ok && outcome.failure.summary).toContain(words);
  expect(() => home.read(PIP)).toThrow();
});

test('other names of a file (hard links) keep the old content, and that is told', async () => {
  home.write(PIP, '[global]\ntimeout = 5\n');
  linkSync(home.at(PIP), home.at('other'));
  const outcome = await connect();
  expect(outcome.ok && outcome.value.notes.join()).toContain('2 names (hard links)');
  expect(home.read('other')).toBe('[global]\ntimeout = 5\n');
});

test('without a home nothing is written', async () => {
  const runtime = { ...home.deps.runtime, home: '', env: {} };
  const outcome = await configure({ ...home.deps, runtime, disk: createDisk(runtime) }, target());
  expect(outcome).toMatchObject({ ok: false, failure: { verdict: 'write_failed', cause: 'no_home' } });
});

test('temporaries of a killed process are swept, those of others are not', async () => {
  home.write('.netrc.abc.tmp', 'x');
  home.write('..netrc.0123.jupyterlab-codeartifact.tmp', 'machine h password t');
  await connect();
  expect(() => home.read('..netrc.0123.jupyterlab-codeartifact.tmp')).toThrow();
  expect(home.read('.netrc.abc.tmp')).toBe('x');
});

test('a writer that slept while another wrote does not write', async () => {
  await connect();
  const { disk } = home.deps;
  const late = createHome({}, undefined, home.root);
  let once = true;
  const sleepy: typeof disk = {
    ...disk,
    replaceAll: async replacement => {
      if (once) {
        once = false;
        // Its lock is taken over, because it has shown no sign of life, and the other one writes.
        const runtime = impatient(home.deps.runtime);
        const other = { ...late.deps, runtime, disk: createDisk(runtime) };
        expect(await configure(other, target({}, 'other'), { expiresAt: 2e12 })).toMatchObject({ ok: true });
      }
      return disk.replaceAll(replacement);
    }
  };
  const based = { basedOn: await currentGeneration(home.deps), expiresAt: 1e12 };
  const outcome = await configure({ ...home.deps, disk: sleepy }, target({}, 'late'), based);
  // It looks again, and finds a token that ends later than its own.
  expect(outcome.ok && outcome.value.token?.reveal()).toBe('other');
  expect(home.read('.netrc')).toContain('password other');
});

test('a file that somebody writes between our reading and our writing is read again', async () => {
  home.write(PIP, '[global]\ntimeout = 5\n');
  let once = true;
  const disk = home.deps.disk;
  const racing: typeof disk = {
    ...disk,
    replaceAll: replacement => {
      if (once) {
        once = false;
        writeFileSync(home.at(PIP), '[global]\ntimeout = 60\n');
      }
      return disk.replaceAll(replacement);
    }
  };
  expect(await configure({ ...home.deps, disk: racing }, target())).toMatchObject({ ok: true });
  expect(home.read(PIP)).toBe(`[global]\ntimeout = 60\nindex-url = ${INDEX}\n`);
  await restore(home.deps);
  expect(home.read(PIP)).toBe('[global]\ntimeout = 60\n');
});

test('what another process of ours does before we hold the lock is seen', async () => {
  await connect();
  const disk = home.deps.disk;
  let once = true;
  const late: typeof disk = {
    ...disk,
    lock: async (...args) => {
      if (once) {
        once = false;
        await restore(home.deps);
      }
      return disk.lock(...args);
    }
  };
  expect(await configure({ ...home.deps, disk: late }, target())).toMatchObject({
    ok: false,
    failure: { verdict: 'cancelled', cause: 'superseded' }
  });
  expect(existsSync(home.at(PIP))).toBe(false);
  expect(existsSync(home.at('.netrc'))).toBe(false);
});

test('the record of the connection is 0600, and comes and goes with the files', async () => {
  const path = `${home.memory}/${RECORD_NAME}`;
  const before = Date.now();
  for (const token of ['one', 'two']) {
    expect(await configure(home.deps, target({}, token))).toMatchObject({
      ok: true,
      value: { changed: true }
    });
    expect(home.mode(path)).toBe(0o600);
    const memory = await readMemory(home.deps);
    expect(memory.ok && memory.value.record).toMatchObject({ indexUrl: INDEX, domain: 'acme' });
    expect(memory.ok && memory.value.record!.generation).toBeGreaterThanOrEqual(before);
    expect(home.read(path)).not.toContain(token);
  }
  await restore(home.deps);
  expect(existsSync(path)).toBe(false);
});

test('a record that cannot be replaced leaves the files as they were', async () => {
  mkdirSync(`${home.memory}/${RECORD_NAME}`, { recursive: true });
  expect(await connect()).toMatchObject({ ok: false, failure: { verdict: 'write_failed' } });
  expect(existsSync(home.at('.netrc'))).toBe(false);
});

describe('root, for another user', () => {
  const USER = 54321;
  const asRoot = process.geteuid?.() === 0 ? test : test.skip;

  const theirs = () => {
    chownSync(home.home, USER, USER);
    return home.deps;
  };
  const ownersOf = (...paths: string[]) => paths.map(path => lstatSync(home.at(path)).uid);

  asRoot('every file and folder belongs to the user, and all of it goes again', async () => {
    const deps = theirs();
    expect(await configure(deps, target({ tools: ['pip', 'twine'] }))).toMatchObject({ ok: true });
    const data = '.local/state/jupyterlab-codeartifact';
    const made = ['.netrc', '.pypirc', '.config', '.config/pip', PIP, '.local', data, `${data}/before.json`];
    expect(ownersOf(...made)).toEqual(made.map(() => USER));
    await restore(deps);
    expect(() => statSync(home.at('.config'))).toThrow();
  });

  asRoot('a file that somebody else has in there keeps its owner', async () => {
    const deps = theirs();
    home.write('.netrc', 'machine a login b password c\n', 0o600);
    chownSync(home.at('.netrc'), USER, 77);
    await configure(deps, target());
    expect(statSync(home.at('.netrc'))).toMatchObject({ uid: USER, gid: 77 });
  });

  asRoot.each(['.netrc', '.config', '.local', '.local/state/jupyterlab-codeartifact/before.json'])(
    'a link at %s that leads out of what the user owns is refused',
    async link => {
      const deps = theirs();
      mkdirSync(`${home.root}/system`);
      const isFolder = ['.config', '.local'].includes(link);
      for (const folder of ['.local', '.local/state', home.memory].slice(0, link.includes('state') ? 3 : 0)) {
        mkdirSync(home.at(folder));
        chownSync(home.at(folder), USER, USER);
      }
      symlinkSync(isFolder ? `${home.root}/system` : `${home.root}/system/file`, home.at(link));
      expect(await configure(deps, target())).toMatchObject({
        ok: false,
        failure: { verdict: 'write_failed' }
      });
      expect(readdirSync(`${home.root}/system`)).toEqual([]);
    }
  );
});
