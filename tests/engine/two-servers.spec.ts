import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Emulator } from '../../testing/emulator/emulator';
import type { Room } from '../../testing/harness/engine-harness';
import { brief, HOUR, sitting } from '../../testing/harness/session-fixture';

/** Two servers on one home, or a server and a terminal: one connection, one renewal, one truth. */
jest.setTimeout(60_000);

let emulator: Emulator;
let room: Room;
const { alsoClose, connect, disconnect, minted, netrc, open, refresh, state, until } = sitting(now => {
  ({ emulator, room } = now);
});

/** Another server on the same home that knows the connection, if there is one. */
async function beside(): Promise<Room> {
  const other = room.another();
  alsoClose(other);
  await state(other);
  return other;
}

const memory = () => join(room.home, '.local/state/jupyterlab-codeartifact');
const record = () => JSON.parse(readFileSync(join(memory(), 'state.json'), 'utf8')) as { expiresAt: number };
/** Wall time passes for both, until each has a timer that is due. */
const pass = (ms: number, ...rooms: Room[]) => rooms.forEach(one => one.shift(ms));
const untilDue = async (of: Room) =>
  Date.parse((await state(of)).connection?.refreshAt ?? '') - of.deps.runtime.clock.now() + 1;

it('a renewal that is due in two servers is made once, and both have its token', async () => {
  await connect();
  const other = await beside();
  const [before, due] = [netrc(), await untilDue(room)];
  const count = await minted(async () => {
    pass(due, room, other);
    await until(() => netrc() !== before);
    await until(async () => (await state()).connection?.state === 'connected');
    await until(async () => (await state(other)).connection?.state === 'connected');
  });
  expect(count).toBe(1);
  const [mine, theirs] = [await state(), await state(other)];
  expect(mine.connection).toEqual(theirs.connection);
  expect(Date.parse(mine.connection?.expiresAt ?? '')).toBe(record().expiresAt);
  expect(theirs.files.map(file => file.tool)).toEqual(['netrc', 'pip']);
  expect(readdirSync(memory()).sort()).toEqual(['before.json', 'state.json']);
});

it('one that slept through it takes over what the other has brought, and asks nobody', async () => {
  await connect();
  const other = await beside();
  const due = await untilDue(room);
  const before = netrc();
  pass(due, room);
  await until(() => netrc() !== before);
  await state();
  emulator.clearLog();
  pass(due, other);
  await until(async () => (await state(other)).connection?.refreshAt !== undefined);
  await until(async () => (await state(other)).connection?.state === 'connected');
  expect(emulator.log).toEqual([]);
  expect((await state(other)).connection).toEqual((await state()).connection);
});

it('a token that has ended is renewed once by two servers that start', async () => {
  await connect();
  const path = join(memory(), 'state.json');
  writeFileSync(path, JSON.stringify({ ...record(), obtainedAt: 1, expiresAt: 2 }));
  const count = await minted(async () => {
    const both = await Promise.all([beside(), beside()]);
    await until(async () => (await state(both[0])).connection?.state === 'connected');
    await until(async () => (await state(both[1])).connection?.state === 'connected');
  });
  expect(count).toBe(1);
});

it('two clicks at once on one home make one token', async () => {
  const other = await beside();
  const count = await minted(async () => {
    const both = await Promise.all([connect(), connect(other)]);
    expect(both.map(brief)).toEqual([
      ['ok', 'connected'],
      ['ok', 'connected']
    ]);
  });
  expect(count).toBe(1);
  expect((await state()).connection?.expiresAt).toBe((await state(other)).connection?.expiresAt);
});

it('a Disconnect in another process ends a renewal under way, and is seen without anybody asking', async () => {
  await connect();
  const other = await beside();
  const due = await untilDue(room);
  await emulator.patchWorld({ faults: { api: { kind: 'slow', delayMs: 1500 } } });
  pass(due, room);
  await until(() => room.events.includes('refreshing'));
  await disconnect(other);
  await until(() => room.events.at(-1) === 'disconnected');
  expect(existsSync(join(room.home, '.netrc'))).toBe(false);
  expect(brief(await state())).toEqual(['ok', null]);
});

it('a Disconnect that was killed half-way is brought to an end by the next renewal, and AWS is not asked', async () => {
  await connect();
  const journal = join(memory(), 'before.json');
  const { generation, ...rest } = JSON.parse(readFileSync(journal, 'utf8')) as { generation: number };
  const later = generation + 1;
  writeFileSync(journal, JSON.stringify({ ...rest, generation: later, disconnectedAt: later }));
  const due = await untilDue(room);
  const count = await minted(async () => {
    pass(due, room);
    await until(() => room.events.at(-1) === 'disconnected');
  });
  expect(count).toBe(0);
  expect(readdirSync(room.home)).toEqual(['.local']);
});

it('a Disconnect in another process ends the retries of a Connect that failed', async () => {
  const other = await beside();
  await emulator.setScenario('no-role-permission');
  expect(brief(await connect())).toEqual(['access_denied', 'failed']);
  await disconnect(other);
  await emulator.setScenario('ok');
  expect(brief(await state())).toEqual(['ok', null]);
  expect(await minted(async () => pass(HOUR, room))).toBe(0);
  expect(brief(await state())).toEqual(['ok', null]);
});

it('an automatic connect that waits for its turn does not come after a Disconnect elsewhere', async () => {
  open({ settings: { fleetSize: 2000 } });
  const other = await beside();
  const waiting = room.session.connect(room.input, true);
  await until(() => room.session.state(room.input));
  await disconnect(other);
  await state();
  pass(HOUR, room);
  expect(brief(await waiting)).toEqual(['ok', null]);
  expect(existsSync(join(room.home, '.netrc'))).toBe(false);
});

it('a renewal goes by what an administrator has pinned since, in whichever server, and says so', async () => {
  await connect();
  const other = await beside();
  const pinned = {
    ...other.input,
    settings: { ...other.input.settings, indexMode: 'extra-index-url' },
    pins: { indexMode: { value: 'extra-index-url', source: '/etc/jupyter/labconfig' } }
  };
  await other.session.state(pinned as never);
  const due = await untilDue(room);
  const before = netrc();
  // The first one knows nothing of it, and is first.
  pass(due, room);
  await until(() => netrc() !== before);
  pass(due, other);
  const pip = () => readFileSync(join(room.home, '.config/pip/pip.conf'), 'utf8');
  await until(() => pip().includes('extra-index-url'));
  await until(async () => (await other.session.state(pinned as never)).connection?.state === 'connected');
  expect((await other.session.state(pinned as never)).notes).toEqual(
    expect.arrayContaining([expect.stringMatching(/fixed indexMode since Connect/)])
  );
  // And the first one follows.
  expect((await state()).connection?.state).toBe('connected');
  await refresh();
  expect(pip()).toContain('extra-index-url');
});

it('a Connect that fails leaves nothing behind but since when it does', async () => {
  await emulator.setScenario('no-role-permission');
  expect(brief(await connect())).toEqual(['access_denied', 'failed']);
  await until(() => existsSync(memory()) && readdirSync(memory()).join() === 'outage.json');
});
