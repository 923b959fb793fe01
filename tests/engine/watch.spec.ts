import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Emulator } from '../../testing/emulator/emulator';
import type { Document } from '../../src/protocol/document';
import type { Room } from '../../testing/harness/engine-harness';
import { sane } from '../../testing/harness/invariants';
import { brief, HOUR, MINUTE, sitting } from '../../testing/harness/session-fixture';

/** What the engine does while nobody clicks: with the real ladder and sockets, the emulator and a clock put forward. */
jest.setTimeout(60_000);

let emulator: Emulator;
let room: Room;
const { open, state, connect, diagnose, disconnect, cancel, minted, until } = sitting(now => {
  ({ emulator, room } = now);
});

/** A sleeper's time is up some milliseconds after what it waits for, on a busy machine. */
const LATE_MS = 500;

/** An open panel reads the state. */
const seen = async (): Promise<Document> => sane(await room.session.state(room.input, true));
/** What was asked of AWS and of the index. */
const asked = (): readonly unknown[] => emulator.log;
const quiet = () => new Promise(resolve => setTimeout(resolve, 100));
/** As the server's handler does: what it leaves out of the answer's ETag (jupyterlab_codeartifact/handlers.py). */
const unchanging = ({ at: _at, outage, ...rest }: Document): unknown => ({
  ...rest,
  outage: outage && { ...outage, nextCheckAt: undefined }
});

/** Puts the clock forward to when the next look is due; resolves when what it found is told, or the next one is due. */
async function nextLook(): Promise<Document> {
  const { nextCheckAt } = (await state()).outage ?? {};
  room.shift(Date.parse(nextCheckAt ?? '') - room.deps.runtime.clock.now() + LATE_MS);
  let now = await state();
  await until(async () => (now = await state()).outage?.nextCheckAt !== nextCheckAt && !isRunning(now));
  return now;
}

const isRunning = ({ connection, rungs }: Document) =>
  connection?.state === 'connecting' || rungs.some(rung => ['running', 'waiting'].includes(rung.verdict));

describe('while a connect fails', () => {
  it('it looks after 10, 30 and each 60 s at the hop that failed, and asks for nothing behind it', async () => {
    await emulator.setScenario('refused');
    const failed = await connect();
    expect(failed.verdict).toBe('refused');
    const since = failed.outage!.since;
    const started = room.deps.runtime.clock.now();
    const waits: number[] = [];
    emulator.clearLog();
    for (let look = 0; look < 4; look++) {
      const { outage } = await state();
      waits.push(Math.round((Date.parse(outage!.nextCheckAt!) - started) / 1000));
      const now = await nextLook();
      expect([brief(now), now.outage!.since]).toEqual([['refused', 'failed'], since]);
    }
    expect(waits).toEqual([10, 40, 100, 160]);
    expect(asked()).toEqual([]);
  });

  it('nothing that is shown changes as long as nothing changes', async () => {
    await emulator.setScenario('refused');
    await connect();
    await nextLook();
    await nextLook();
    const before = unchanging(await seen());
    const told = room.events.length;
    await nextLook();
    await nextLook();
    expect(unchanging(await seen())).toEqual(before);
    expect(room.events.length).toBe(told);
  });

  it('it connects once the hop answers, and tells from when to when it was broken', async () => {
    await emulator.setScenario('refused');
    const { since } = (await connect()).outage!;
    await nextLook();
    await emulator.setScenario('ok');
    room.shift(2 * HOUR);
    expect(await minted(() => until(async () => (await state()).connection?.state === 'connected'))).toBe(1);
    const repaired = await state();
    expect(brief(repaired)).toEqual(['ok', 'connected']);
    expect(repaired.outage).toEqual({ since, repairedAt: expect.any(String) });
    expect(Date.parse(repaired.outage!.repairedAt!) - Date.parse(since)).toBeGreaterThan(2 * HOUR);
    await disconnect();
    expect((await state()).outage).toBeUndefined();
  });

  it('another failure is told at the next look, and it is the same outage', async () => {
    await emulator.setScenario('refused');
    const { since } = (await connect()).outage!;
    await emulator.setScenario('no-role-permission');
    const now = await nextLook();
    await until(async () => (await state()).verdict === 'access_denied');
    expect((await state()).outage?.since).toBe(since);
    expect(now.outage?.repairedAt).toBeUndefined();
  });

  it('a denial is asked about each 60 s while somebody sees it, else each 5 minutes', async () => {
    await emulator.setScenario('no-role-permission');
    expect((await connect()).verdict).toBe('access_denied');
    expect((await state()).outage?.checkSeconds).toBe(300);
    expect((await seen()).outage?.checkSeconds).toBeLessThan(61);
    await nextLook();
    await nextLook();
    expect((await state()).outage?.checkSeconds).toBe(60);
    await emulator.setScenario('ok');
    await nextLook();
    await until(async () => (await state()).connection?.state === 'connected');
  });
});

describe('while a check has failed and there is no connection', () => {
  it('it looks on, and shows the way as it is when it is mended; it does not connect', async () => {
    await emulator.setScenario('refused');
    const { since } = (await diagnose()).outage!;
    emulator.clearLog();
    expect(brief(await nextLook())).toEqual(['refused', null]);
    expect(asked()).toEqual([]);
    await emulator.setScenario('ok');
    expect(await minted(nextLook)).toBeLessThan(2);
    const repaired = await state();
    expect([brief(repaired), repaired.outage?.since]).toEqual([['ok', null], since]);
    expect(repaired.rungs.every(rung => ['ok', 'skipped'].includes(rung.verdict))).toBe(true);
  });

  it('what only a person can mend is not looked at', async () => {
    open({ settings: { domain: 'not a domain' } });
    const refused = await diagnose();
    expect([refused.verdict, refused.outage]).toEqual(['invalid_settings', undefined]);
  });

  it('what only a click shows as mended is not looked at either, but told from when to when', async () => {
    const pip = join(room.home, '.config/pip/pip.conf');
    mkdirSync(dirname(pip), { recursive: true });
    writeFileSync(pip, 'timeout = 5\n');
    const broken = await connect();
    expect([broken.verdict, broken.outage]).toEqual(['write_failed', { since: expect.any(String) }]);
    room.shift(HOUR);
    rmSync(pip);
    const { outage } = await connect();
    expect(outage?.since).toBe(broken.outage!.since);
    expect(Date.parse(outage!.repairedAt!) - Date.parse(outage!.since)).toBeGreaterThanOrEqual(HOUR);
  });

  it('AWS is not asked again before it wants to be', async () => {
    await emulator.patchWorld({ faults: { api: { kind: 'throttled', retryAfterSeconds: 120 } } });
    const { verdict, outage } = await diagnose();
    expect([verdict, outage?.checkSeconds]).toEqual(['throttled', 120]);
    expect(Date.parse(outage!.nextCheckAt!) - Date.parse(outage!.since)).toBe(120_000);
  });

  it('a click interrupts a look, and its answer is the one that is shown', async () => {
    await emulator.setScenario('refused');
    const { outage } = await diagnose();
    room.shift(Date.parse(outage!.nextCheckAt!) - room.deps.runtime.clock.now() + LATE_MS);
    await emulator.setScenario('ok');
    expect(brief(await connect())).toEqual(['ok', 'connected']);
    expect(brief(await state())).toEqual(['ok', 'connected']);
    await cancel();
  });
});

describe('a connection that works', () => {
  it('is not looked at while nobody sees it', async () => {
    await connect();
    emulator.clearLog();
    for (let minute = 0; minute < 5; minute++) {
      room.shift(MINUTE);
      await quiet();
    }
    expect(asked()).toEqual([]);
  });

  it('is checked each minute while somebody does, and nothing changes by it', async () => {
    await connect();
    await seen();
    const before = unchanging(await seen());
    const told = room.events.length;
    for (let minute = 0; minute < 3; minute++) {
      emulator.clearLog();
      room.shift(MINUTE);
      await until(() => asked().length > 0);
      await quiet();
    }
    expect(unchanging(await seen())).toEqual(before);
    expect(room.events.length).toBe(told);
  });

  it('is told to be broken when a second look, 10 s later, says so as well', async () => {
    await connect();
    await seen();
    await emulator.patchWorld({ faults: { index: { kind: 'refused' } } });
    room.shift(MINUTE);
    await until(async () => {
      room.shift(1000);
      await quiet();
      expect(room.events.filter(event => event !== 'connected' && event !== 'connecting')).toEqual([]);
      return (await seen()).verdict === 'refused';
    }, 20_000);
    const broken = await seen();
    expect([brief(broken), broken.outage?.checkSeconds]).toEqual([['refused', 'connected'], 30]);
    await emulator.setScenario('ok');
    const repaired = await nextLook();
    expect([brief(repaired), repaired.outage?.repairedAt]).toEqual([['ok', 'connected'], expect.any(String)]);
  });

  it('that one look alone found broken is not told', async () => {
    await connect();
    await seen();
    emulator.clearLog();
    await emulator.patchWorld({ faults: { index: { kind: 'refused' } } });
    room.shift(MINUTE);
    await until(() => asked().length > 0);
    await quiet();
    await emulator.setScenario('ok');
    expect(brief(await seen())).toEqual(['ok', 'connected']);
    emulator.clearLog();
    room.shift(11_000);
    await until(() => asked().length > 0);
    await quiet();
    expect([brief(await seen()), (await seen()).outage]).toEqual([['ok', 'connected'], undefined]);
  });
});

it('a renewal that fails is tried again when the hop that failed answers, and pip keeps working meanwhile', async () => {
  const { connection } = await connect();
  await emulator.setScenario('api-missing');
  room.shift(Date.parse(connection?.refreshAt ?? '') - room.deps.runtime.clock.now() + LATE_MS);
  await until(async () => (await state()).connection?.trouble, 20_000);
  expect(brief(await state())).toEqual(['timeout', 'connected']);
  expect(await minted(nextLook)).toBe(0);
  expect((await state()).connection?.state).toBe('connected');
  await emulator.setScenario('ok');
  expect(await minted(() => until(async () => (await nextOrNow()).outage?.repairedAt))).toBe(1);
});

async function nextOrNow(): Promise<Document> {
  const now = await state();
  return now.outage?.nextCheckAt ? nextLook() : now;
}
