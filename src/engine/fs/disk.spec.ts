import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync
} from 'node:fs';
import { createHome, type Home, INDEX, target } from '../../../tests/files/home-fixture';
import { configure } from '../tools/configure';
import { restore } from '../tools/restore';
import { createDisk } from './disk';
import { nextRecord, readRecord, recordPath } from '../connection/record';

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

test('one process writes at a time: the other waits, and nothing is lost', async () => {
  const many = await Promise.all(
    Array.from({ length: 8 }, (_, i) =>
      configure({ ...home.deps, disk: createDisk(home.deps.runtime) }, target({}, `token${i}`))
    )
  );
  expect(many.filter(outcome => !outcome.ok)).toEqual([]);
  expect(home.read('.netrc').match(/machine/g)).toHaveLength(1);
  await restore(home.deps);
  expect(() => home.read('.netrc')).toThrow();
});

test('a lock of a dead process is taken over; one that is renewed is waited for', async () => {
  const lock = `${home.deps.dataDir}/codeartifact/codeartifact.lock`;
  mkdirSync(lock, { recursive: true });
  const past = Date.now() / 1000 - 6;
  utimesSync(lock, past, past);
  expect(await connect()).toMatchObject({ ok: true });
  const held = await home.deps.disk.lock(home.deps.dataDir);
  let slept = 0;
  const clock = { ...home.deps.runtime.clock, ticks: () => slept, sleep: async () => void (slept += 1000) };
  const waiting = await createDisk({ ...home.deps.runtime, clock }).lock(home.deps.dataDir);
  expect(waiting).toMatchObject({ ok: false, failure: { cause: 'locked' } });
  expect(held.ok && held.value.held()).toBe(true);
  await (held.ok ? held.value.release() : undefined);
});

test('a writer that slept while another wrote does not write', async () => {
  await connect();
  const path = `${home.deps.dataDir}/codeartifact/before.json`;
  const disk = { ...home.deps.disk };
  const sleepy: typeof disk = {
    ...disk,
    replaceAll: (changes, ahead) => {
      const memory = JSON.parse(readFileSync(path, 'utf8')) as { generation: number };
      writeFileSync(path, JSON.stringify({ ...memory, generation: memory.generation + 1 }));
      return disk.replaceAll(changes, ahead);
    }
  };
  const before = home.read('.netrc');
  expect(await configure({ ...home.deps, disk: sleepy }, target({}, 'late'))).toMatchObject({
    ok: false,
    failure: { verdict: 'write_failed', cause: 'file_changed' }
  });
  expect(home.read('.netrc')).toBe(before);
});

test('a file that somebody writes between our reading and our writing is read again', async () => {
  home.write(PIP, '[global]\ntimeout = 5\n');
  let once = true;
  const disk = home.deps.disk;
  const racing: typeof disk = {
    ...disk,
    replaceAll: (changes, ahead) => {
      if (once) {
        once = false;
        writeFileSync(home.at(PIP), '[global]\ntimeout = 60\n');
      }
      return disk.replaceAll(changes, ahead);
    }
  };
  expect(await configure({ ...home.deps, disk: racing }, target())).toMatchObject({ ok: true });
  expect(home.read(PIP)).toBe(`[global]\ntimeout = 60\nindex-url = ${INDEX}\n`);
  await restore(home.deps);
  expect(home.read(PIP)).toBe('[global]\ntimeout = 60\n');
});

test('what another process of ours does before we hold the lock is seen, though we have read already', async () => {
  await connect();
  const disk = home.deps.disk;
  let once = true;
  const late: typeof disk = {
    ...disk,
    lock: async (...args) => {
      if (once) {
        once = false;
        // We have seen by now that nothing is to be done.
        await new Promise(resolve => setTimeout(resolve, 50));
        await restore(home.deps);
      }
      return disk.lock(...args);
    }
  };
  expect(await configure({ ...home.deps, disk: late }, target())).toMatchObject({
    ok: true,
    value: { changed: true }
  });
  expect(home.read(PIP)).toContain(INDEX);
  await restore(home.deps);
  expect(existsSync(home.at(PIP))).toBe(false);
});

test('the record of the connection is 0600, comes and goes with the files, and a damaged one is none', async () => {
  const { disk, dataDir } = home.deps;
  const path = recordPath(dataDir);
  expect(await readRecord(disk, dataDir)).toEqual({ ok: true, value: null });
  const { settings, indexUrl } = target();
  const named = { domain: 'acme', domainOwner: '123456789012', repository: 'r', region: 'us-east-1' };
  const record = { ...named, indexUrl, expiresAt: 2, obtainedAt: 1, settings };
  const connected = () =>
    configure(home.deps, target(), { record: { path, next: was => nextRecord(was, record) } });
  for (const generation of [1, 2]) {
    expect(await connected()).toMatchObject({ ok: true, value: { changed: generation === 1 } });
    expect(home.mode(path)).toBe(0o600);
    expect(await readRecord(disk, dataDir)).toEqual({
      ok: true,
      value: { ...record, version: 1, generation }
    });
  }
  home.write(path, '{"version": 1');
  expect(await readRecord(disk, dataDir)).toEqual({ ok: true, value: null });
  await restore(home.deps, { record: { path, next: () => null } });
  expect(existsSync(path)).toBe(false);
});

test('a record that cannot be replaced leaves the files as they were', async () => {
  const path = recordPath(home.deps.dataDir);
  mkdirSync(path, { recursive: true });
  const outcome = await configure(home.deps, target(), { record: { path, next: () => ({}) } });
  expect(outcome).toMatchObject({ ok: false, failure: { verdict: 'write_failed' } });
  expect(existsSync(home.at('.netrc'))).toBe(false);
});

describe('root, for another user', () => {
  const USER = 54321;
  const asRoot = process.geteuid?.() === 0 ? test : test.skip;

  const theirs = () => {
    chownSync(home.home, USER, USER);
    return { ...home.deps, dataDir: home.at('.local/share/jupyter') };
  };
  const ownersOf = (...paths: string[]) => paths.map(path => lstatSync(home.at(path)).uid);

  asRoot('every file and folder belongs to the user, and all of it goes again', async () => {
    const deps = theirs();
    expect(await configure(deps, target({ tools: ['pip', 'twine'] }))).toMatchObject({ ok: true });
    const data = '.local/share/jupyter/codeartifact';
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

  asRoot.each(['.netrc', '.config'])(
    'a link at %s that leads out of what the user owns is refused',
    async link => {
      const deps = theirs();
      mkdirSync(`${home.root}/system`);
      symlinkSync(link === '.netrc' ? `${home.root}/system/netrc` : `${home.root}/system`, home.at(link));
      expect(await configure(deps, target())).toMatchObject({
        ok: false,
        failure: { verdict: 'write_failed' }
      });
      expect(readdirSync(`${home.root}/system`)).toEqual([]);
    }
  );
});
