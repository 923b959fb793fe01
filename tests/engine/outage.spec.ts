import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Emulator } from '../../testing/emulator/emulator';
import type { Room } from '../../testing/harness/engine-harness';
import { brief, HOUR, MINUTE, sitting } from '../../testing/harness/session-fixture';

/** An outage outlives the engine: a notebook is stopped while somebody mends its endpoint, and a server is restarted. */
jest.setTimeout(60_000);

let emulator: Emulator;
let room: Room;
const { alsoClose, state, connect, diagnose, disconnect, refresh, cancel, until } = sitting(now => {
  ({ emulator, room } = now);
});

const file = () => join(room.home, '.local/state/jupyterlab-codeartifact/outage.json');
const isThere = () => {
  try {
    return readFileSync(file(), 'utf8') !== '';
  } catch {
    return false;
  }
};

/** The same home, `ms` later, after the engine has ended. */
async function restarted(before: Room, ms: number, settings = {}): Promise<Room> {
  await before.session.close();
  const next = before.another();
  alsoClose(next);
  next.shift(ms);
  return { ...next, input: { ...next.input, settings: { ...next.input.settings, ...settings } } };
}

const span = ({ since, repairedAt = '' }: { since: string; repairedAt?: string }) =>
  Date.parse(repairedAt) - Date.parse(since);

it('an outage of a connection goes on after a restart, which tells of nothing else before its first check', async () => {
  await connect();
  await emulator.setScenario('refused');
  const { since } = (await diagnose()).outage!;
  await until(isThere);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  const second = await restarted(room, HOUR);
  const first = await state(second);
  expect([first.running, first.outage]).toEqual([true, undefined]);
  await until(async () => (await state(second)).verdict === 'refused');
  expect((await state(second)).outage?.since).toBe(since);
  const third = await restarted(second, 2 * HOUR);
  await emulator.setScenario('ok');
  await state(third);
  await until(async () => !(await state(third)).running);
  const repaired = await state(third);
  expect([brief(repaired), repaired.outage?.since]).toEqual([['ok', 'connected'], since]);
  expect(span(repaired.outage!)).toBeGreaterThanOrEqual(2 * HOUR);
  // It stays repaired at that time, whoever asks.
  const fourth = await restarted(third, 3 * HOUR);
  expect((await state(fourth)).outage).toEqual(repaired.outage);
  expect((await diagnose(fourth)).outage).toEqual(repaired.outage);
  // And what fails now is another one.
  await emulator.setScenario('refused');
  expect(Date.parse((await diagnose(fourth)).outage!.since)).toBeGreaterThan(Date.parse(since) + 3 * HOUR);
});

it('whoever asks at once after a restart is told the same', async () => {
  await connect();
  await emulator.setScenario('refused');
  await diagnose();
  const second = await restarted(room, HOUR);
  const first = await Promise.all([1, 2, 3].map(() => state(second)));
  expect(first.map(({ running }) => running)).toEqual([true, true, true]);
  await until(async () => !(await state(second)).running);
  expect((await state(second)).verdict).toBe('refused');
});

it('a token that has ended and is not renewed is no outage, whoever checks', async () => {
  const mine = await restarted(room, 0, { autoRefresh: false });
  await connect(mine);
  mine.shift(13 * HOUR);
  const checked = await diagnose(mine);
  expect([brief(checked), checked.outage]).toEqual([['expired_credentials', 'expired'], undefined]);
});

it('the outage of a first Connect goes on as well, and is over with the Connect that succeeds', async () => {
  await emulator.setScenario('refused');
  const { since } = (await connect()).outage!;
  const second = await restarted(room, HOUR);
  expect((await diagnose(second)).outage?.since).toBe(since);
  await emulator.setScenario('ok');
  const { outage } = await connect(second);
  expect(outage).toEqual({ since, repairedAt: expect.any(String) });
  expect(span(outage!)).toBeGreaterThanOrEqual(HOUR);
});

it('an outage before a repository was chosen is that of the one that is chosen', async () => {
  await emulator.setScenario('refused');
  const nothing = await restarted(room, 0, { domain: '', domainOwner: '', repository: '' });
  const { since } = (await diagnose(nothing)).outage!;
  const second = await restarted(nothing, HOUR);
  expect((await connect(second)).outage?.since).toBe(since);
});

it('another repository or endpoint has an outage of its own', async () => {
  await emulator.setScenario('refused');
  const { since } = (await connect()).outage!;
  const second = await restarted(room, HOUR, { repository: 'other' });
  expect((await state(second)).running).toBeUndefined();
  expect(Date.parse((await connect(second)).outage!.since)).toBeGreaterThanOrEqual(Date.parse(since) + HOUR);
  // In one process too: what was wrong with one repository is not mended by choosing another.
  await emulator.setScenario('ok');
  const third = await restarted(second, 2 * HOUR);
  expect((await connect(third)).outage).toBeUndefined();
  await until(() => !isThere());
});

it('Disconnect forgets it, in whichever process', async () => {
  await emulator.setScenario('refused');
  await connect();
  await until(isThere);
  const beside = room.another();
  alsoClose(beside);
  await disconnect(beside);
  await until(() => !isThere());
  expect((await state()).outage).toBeUndefined();
  const second = await restarted(room, HOUR);
  expect(Date.now() + HOUR - Date.parse((await diagnose(second)).outage!.since)).toBeLessThan(MINUTE);
});

it('a Connect that somebody cancels leaves since when it is broken', async () => {
  await emulator.setScenario('refused');
  const { since } = (await connect()).outage!;
  await emulator.setScenario('api-missing');
  const waiting = connect();
  await until(async () => (await state()).running);
  await cancel();
  expect([(await waiting).verdict, (await state()).outage]).toEqual(['cancelled', undefined]);
  await emulator.setScenario('refused');
  room.shift(HOUR);
  expect((await connect()).outage?.since).toBe(since);
});

it('two engines on a home tell of the same outage', async () => {
  await emulator.setScenario('refused');
  const { since } = (await connect()).outage!;
  await until(isThere);
  const beside = room.another();
  alsoClose(beside);
  beside.shift(HOUR);
  expect((await diagnose(beside)).outage?.since).toBe(since);
  await emulator.setScenario('ok');
  await connect(beside);
  await refresh();
  expect((await state()).outage?.repairedAt).toEqual(expect.any(String));
});

it.each(['{', '[]', '{"version":1,"since":"x","repairedAt":null,"of":{}}', `{"version":1,"since":9e15}`])(
  'a file that says %s is as none',
  async text => {
    await emulator.setScenario('refused');
    await connect();
    await until(isThere);
    writeFileSync(file(), text);
    const second = await restarted(room, HOUR);
    expect((await state(second)).running).toBeUndefined();
    expect(Date.now() + HOUR - Date.parse((await diagnose(second)).outage!.since)).toBeLessThan(MINUTE);
  }
);
