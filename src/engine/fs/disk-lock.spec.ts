import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import {
  configure,
  createHome,
  type Home,
  impatient,
  restore,
  target
} from '../../../tests/files/home-fixture';
import { createDisk } from './disk';
import { realCalls } from './fs-calls';
import { FILES_LOCK, LOCK_NAME } from './lock';
import { thisProcess } from './this-process';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

const connect = () => configure(home.deps, target());

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

test('a lock of a process that has ended is taken over at once', async () => {
  const lock = `${home.memory}/${LOCK_NAME}`;
  mkdirSync(lock, { recursive: true });
  // Linux has no process of this number: proc_sys_kernel(5), pid_max
  writeFileSync(`${lock}/${'0'.repeat(24)}-${thisProcess().name.replace(/^\d+/, '4194305')}`, '');
  const napped = jest.fn();
  const taken = await createDisk(impatient(home.deps.runtime, napped)).lock(home.memory);
  expect(taken.ok).toBe(true);
  expect(napped).not.toHaveBeenCalledWith(FILES_LOCK.pollMs);
  await (taken.ok ? taken.value.release() : undefined);
  expect(readdirSync(home.memory).filter(name => name.startsWith('lock'))).toEqual([]);
});

test.each([
  ['shows nothing for 5 s is taken over', false],
  ['shows that it lives is waited for', true]
])('a lock of a process that cannot be seen from here and %s', async (_, lives) => {
  const lock = `${home.memory}/${LOCK_NAME}`;
  mkdirSync(lock, { recursive: true });
  const file = `${lock}/${'0'.repeat(24)}-77-0123456789ab`;
  writeFileSync(file, '');
  let touched = 1e9;
  const touch = () => utimesSync(file, ++touched, touched);
  const taken = await createDisk(impatient(home.deps.runtime, lives ? touch : undefined)).lock(home.memory);
  expect(taken).toMatchObject(lives ? { ok: false, failure: { cause: 'locked' } } : { ok: true });
});

test('a lock that was left empty is taken where a file system does not rename over an empty folder', async () => {
  mkdirSync(`${home.memory}/${LOCK_NAME}`, { recursive: true });
  const rename: typeof realCalls.rename = async (from, to) => {
    if (existsSync(String(to)) && statSync(String(to)).isDirectory()) {
      throw Object.assign(new Error('as SMB says it'), { code: 'EEXIST' });
    }
    return realCalls.rename(from, to);
  };
  const disk = createDisk(home.deps.runtime, { ...realCalls, rename });
  expect(await configure({ ...home.deps, disk }, target())).toMatchObject({ ok: true });
});

test('a holder that slept through its time sees that the lock is another’s, and does not take it away again', async () => {
  const first = await home.deps.disk.lock(home.memory);
  const second = await createDisk(impatient(home.deps.runtime)).lock(home.memory);
  expect([first, second].map(lock => lock.ok)).toEqual([true, true]);
  if (first.ok && second.ok) {
    expect([await first.value.held(), await second.value.held()]).toEqual([false, true]);
    await first.value.release();
    expect(await second.value.held()).toBe(true);
    await second.value.release();
  }
});

test('what killed processes made to take a lock with goes with the next use, whichever lock it was', async () => {
  const ended = thisProcess().name.replace(/^\d+/, '4194305');
  const nonce = '0'.repeat(24);
  for (const name of ['token', `lock-${nonce}`, `token-${nonce}`]) {
    mkdirSync(`${home.memory}/${name}`, { recursive: true });
    writeFileSync(`${home.memory}/${name}/${nonce}-${ended}`, '');
  }
  await connect();
  expect(readdirSync(home.memory).sort()).toEqual(['before.json', 'state.json']);
});
