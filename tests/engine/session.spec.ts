import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Emulator } from '../../testing/emulator/emulator';
import { closeClients } from '../../src/engine/aws/sdk-client';
import { watchLeaks } from '../../testing/fixtures/net/leaks';
import type { Document } from '../../src/protocol/document';
import type { Room } from '../../testing/harness/engine-harness';
import { sane } from '../../testing/harness/invariants';
import { brief, HOUR, MINUTE, sitting } from '../../testing/harness/session-fixture';

/** The session behind the server, with the real ladder, sockets, SDK and files, against the emulator. */
jest.setTimeout(60_000);

let emulator: Emulator;
let room: Room;
const { alsoClose, open, state, connect, diagnose, disconnect, cancel, netrc, minted, until } = sitting(
  now => {
    ({ emulator, room } = now);
  }
);

it('a new home is not connected, and says nothing more', async () => {
  const first = await state();
  expect(first).toMatchObject({
    verdict: 'ok',
    summary: 'Not connected.',
    connection: null,
    rungs: [],
    files: []
  });
  expect(existsSync(room.input.dataDir)).toBe(false);
});

it('one Connect mints one token; diagnose with it, state and disconnect mint none', async () => {
  expect(await minted(connect)).toBe(1);
  expect(brief(await state())).toEqual(['ok', 'connected']);
  expect((await state()).files.map(file => [file.tool, file.effective])).toEqual([
    ['netrc', true],
    ['pip', true]
  ]);
  expect(await minted(diagnose)).toBe(0);
  expect(await minted(() => room.session.diagnose(room.input, { check: 'index' }))).toBe(0);
  expect(await minted(state)).toBe(0);
  expect(await minted(disconnect)).toBe(0);
  expect(await state()).toMatchObject({ verdict: 'ok', connection: null, rungs: [], files: [] });
  expect(existsSync(join(room.home, '.netrc'))).toBe(false);
});

it('disconnecting twice, or without ever having connected, says that there was nothing', async () => {
  expect((await disconnect()).summary).toBe('Not connected; nothing to put back.');
  await connect();
  expect((await disconnect()).summary).toMatch(/^Disconnected\./);
  expect((await disconnect()).summary).toBe('Not connected; nothing to put back.');
});

it('two connects at once are one attempt, and both are answered', async () => {
  let both: Document[] = [];
  expect(await minted(async () => (both = await Promise.all([connect(), connect()])))).toBe(1);
  expect(both.map(brief)).toEqual([
    ['ok', 'connected'],
    ['ok', 'connected']
  ]);
});

it('a restart finds the connection, its expiry and its files, and asks nobody', async () => {
  const before = await connect();
  const again = room.another();
  alsoClose(again);
  emulator.clearLog();
  const after = await state(again);
  expect(after.connection).toEqual(before.connection);
  expect(after.files).toEqual((await state(room)).files);
  expect(await minted(() => again.session.connect(again.input, true))).toBe(0);
  expect(emulator.log).toEqual([]);
});

it.each([
  ['more than 30 minutes are left: the token is kept', 11.4 * HOUR, false, 0],
  ['fewer are left: a new one', 11.6 * HOUR, false, 1],
  ['fewer are left and nothing is renewed by itself: a new one all the same', 11.6 * HOUR, false, 1],
  ['none are left and nothing is renewed by itself: a new one', 12.1 * HOUR, false, 1]
])('automatic connect after a restart, %s', async (_, age, autoRefresh, count) => {
  open({ settings: { autoRefresh } });
  await connect();
  const again = room.another();
  alsoClose(again);
  again.shift(age);
  expect(await minted(() => again.session.connect(again.input, true))).toBe(count);
});

it('automatic connect goes where the settings say now', async () => {
  await connect();
  const again = room.another();
  alsoClose(again);
  const input = { ...again.input, settings: { ...again.input.settings, indexMode: 'extra-index-url' } };
  expect(await minted(() => again.session.connect(input, true))).toBe(1);
  expect(readFileSync(join(room.home, '.config/pip/pip.conf'), 'utf8')).toMatch(/extra-index-url/);
});

it('an automatic connect that waits for its turn does not come after a Disconnect', async () => {
  open({ settings: { fleetSize: 2000 } });
  const waiting = room.session.connect(room.input, true);
  await until(() => room.session.state(room.input));
  await disconnect();
  expect(brief(sane(await waiting))).toEqual(['ok', null]);
  expect(existsSync(join(room.home, '.netrc'))).toBe(false);
});

it('what another process connects and disconnects is seen by the next state', async () => {
  await state();
  const other = room.another();
  alsoClose(other);
  const made = await connect(other);
  expect((await state()).connection).toEqual(made.connection);
  expect((await state()).files.length).toBe(2);
  await disconnect(other);
  expect(await state()).toMatchObject({
    verdict: 'ok',
    summary: 'Not connected.',
    connection: null,
    files: []
  });
});

it('another process connects while ours failed: the failure is over', async () => {
  await emulator.setScenario('no-role-permission');
  expect(brief(await connect())).toEqual(['access_denied', 'failed']);
  await emulator.setScenario('ok');
  const other = room.another();
  alsoClose(other);
  await connect(other);
  expect(brief(await state())).toEqual(['ok', 'connected']);
});

it('a damaged state file takes no living connection away, and stops no Connect', async () => {
  await connect();
  const file = join(room.home, '.local/state/jupyterlab-codeartifact/state.json');
  writeFileSync(file, '{"version": 1, "ind');
  expect(brief(await state())).toEqual(['ok', 'connected']);
  const again = room.another();
  alsoClose(again);
  const found = await state(again);
  expect([brief(found), found.notes?.join()]).toEqual([
    ['ok', null],
    expect.stringMatching(/state\.json is damaged/)
  ]);
  expect(brief(await connect(again))).toEqual(['ok', 'connected']);
  expect((await state(again)).notes).toBeUndefined();
});

describe('in a black hole', () => {
  const begun = (of: Room) =>
    until(async () => (await state(of)).rungs.some(r => r.id === 'tcp.api' && r.verdict === 'running'));

  it('shows live rungs, and cancel ends it at once with no socket left', async () => {
    const leaks = watchLeaks();
    await emulator.setScenario('no-endpoints');
    const attempt = room.session.connect(room.input, false);
    await begun(room);
    const live = await state();
    expect([brief(live), live.summary]).toEqual([
      ['ok', 'connecting'],
      expect.stringMatching(/^Connecting to/)
    ]);
    expect(brief(await cancel())).toEqual(['cancelled', 'failed']);
    const answer = sane(await attempt);
    expect([brief(answer), answer.summary]).toEqual([
      ['cancelled', 'failed'],
      'Cancelled. Nothing was changed.'
    ]);
    expect(brief(await state())).toEqual(['cancelled', 'failed']);
    closeClients();
    expect(await leaks()).toEqual([]);
    expect(existsSync(join(room.home, '.netrc'))).toBe(false);
  });

  it('cancel leaves the connection before it, green as it was', async () => {
    const before = await connect();
    await emulator.setScenario('no-endpoints');
    const attempt = room.session.connect(room.input, false);
    await begun(room);
    expect(brief(await cancel())).toEqual(['cancelled', 'connected']);
    expect(brief(sane(await attempt))).toEqual(['cancelled', 'connected']);
    const after = await state();
    expect([after.verdict, after.connection, after.rungs]).toEqual(['ok', before.connection, before.rungs]);
  });

  it('cancel ends a diagnose, and what was known stays', async () => {
    const before = await connect();
    await emulator.setScenario('no-endpoints');
    const looking = diagnose();
    await begun(room);
    expect(brief(await cancel())).toEqual(['cancelled', 'connected']);
    expect(brief(await looking)).toEqual(['cancelled', 'connected']);
    expect((await state()).rungs).toEqual(before.rungs);
  });

  it('a Connect replaces a diagnose under way, which answers with what came of it', async () => {
    await emulator.setScenario('no-endpoints');
    const looking = diagnose();
    await begun(room);
    await emulator.setScenario('ok');
    expect(brief(await connect())).toEqual(['ok', 'connected']);
    expect(brief(await looking)).toEqual(['ok', 'connected']);
    expect((await state()).rungs.every(rung => rung.verdict !== 'cancelled')).toBe(true);
  });

  it('two diagnoses at once are one', async () => {
    emulator.clearLog();
    await emulator.setScenario('no-role-permission');
    const [a, b] = await Promise.all([diagnose(), diagnose()]);
    expect(a.rungs).toEqual(b.rungs);
    expect(emulator.log.filter(entry => JSON.stringify(entry).includes('authorization-token')).length).toBe(
      1
    );
  });

  it('Disconnect ends a Connect under way', async () => {
    await emulator.setScenario('no-endpoints');
    const attempt = room.session.connect(room.input, false);
    await begun(room);
    expect(brief(await disconnect())).toEqual(['ok', null]);
    expect(brief(sane(await attempt))).toEqual(['cancelled', null]);
    expect(brief(await state())).toEqual(['ok', null]);
  });

  it('a diagnose of a broken connection says so; when it is mended the next says that', async () => {
    await connect();
    await emulator.setScenario('repositories-missing');
    expect(brief(await diagnose())).toEqual(['timeout', 'connected']);
    expect(brief(await state())).toEqual(['timeout', 'connected']);
    await emulator.setScenario('ok');
    expect(brief(await diagnose())).toEqual(['ok', 'connected']);
    expect(brief(await state())).toEqual(['ok', 'connected']);
  });
});

it('a failed Connect becomes a connection when a diagnose is green', async () => {
  await emulator.setScenario('no-role-permission');
  expect(brief(await connect())).toEqual(['access_denied', 'failed']);
  expect(brief(await diagnose())).toEqual(['access_denied', 'failed']);
  await emulator.setScenario('ok');
  expect(brief(await diagnose())).toEqual(['ok', 'connected']);
  expect(netrc()).toMatch(/password/);
});

it('a check of a failed connection tells what stands in the way now, not what stood there', async () => {
  await emulator.setScenario('refused');
  expect(brief(await connect())).toEqual(['refused', 'failed']);
  await emulator.setScenario('no-role-permission');
  expect(brief(await diagnose())).toEqual(['access_denied', 'failed']);
  expect(brief(await state())).toEqual(['access_denied', 'failed']);
});

it('a failed Connect tries again by itself, and is connected once the way is free', async () => {
  await emulator.setScenario('refused');
  expect(brief(await connect())).toEqual(['refused', 'failed']);
  await emulator.setScenario('ok');
  room.shift(11_000);
  await until(async () => (await state()).connection?.state === 'connected');
});

it.each([
  [0, 0.5],
  [0.99, 0.8]
])('with hash %s the token is renewed at %s of its life', async (hash, share) => {
  open({ hash });
  const { connection } = await connect();
  const token = netrc();
  const left = Date.parse(connection?.refreshAt ?? '') - room.deps.runtime.clock.now();
  expect(left / (12 * HOUR)).toBeCloseTo(share, 1);
  room.shift(left - MINUTE);
  await state();
  expect(netrc()).toBe(token);
  room.shift(2 * MINUTE);
  await until(() => netrc() !== token);
  await until(async () => (await state()).connection?.state === 'connected');
  expect((await state()).connection?.trouble).toBeUndefined();
});

test('a cancel that comes when the files are written already leaves the connection that they are', async () => {
  const { disk } = room.deps;
  const { replaceAll } = disk;
  let cancelled: Promise<unknown> | null = null;
  Object.assign(disk, {
    replaceAll: async (...given: Parameters<typeof replaceAll>) => {
      const written = await replaceAll(...given);
      cancelled ??= room.session.cancel();
      return written;
    }
  });
  await room.session.connect(room.input);
  await cancelled;
  expect(brief(await state())).toEqual(['ok', 'connected']);
  expect(existsSync(join(room.home, '.netrc'))).toBe(true);
});
