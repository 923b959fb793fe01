import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Emulator } from '../../testing/emulator/emulator';
import type { Document } from '../../src/protocol/document';
import type { Session } from '../../src/engine/connection/session';
import type { Room } from '../../testing/harness/engine-harness';
import { brief, HOUR, MINUTE, sitting } from '../../testing/harness/session-fixture';

/** The token's life in the session behind the server: renewed, refused, ended; a fake clock and everything else real. */
jest.setTimeout(60_000);

let emulator: Emulator;
let room: Room;
const { open, state, connect, diagnose, disconnect, refresh, netrc, until } = sitting(now => {
  ({ emulator, room } = now);
});

it('a renewal leaves an index that somebody changed by hand since, and Connect takes it over again', async () => {
  await connect();
  const pip = join(room.home, '.config/pip/pip.conf');
  writeFileSync(pip, '[global]\nindex-url = https://team.example/simple\n');
  const renewed = await refresh();
  expect(renewed.notes).toEqual([`${pip} was changed by hand since Connect; the renewal left it.`]);
  expect(readFileSync(pip, 'utf8')).toContain('team.example');
  expect(await state()).toMatchObject({ connection: { state: 'connected' } });
  expect((await connect()).notes).toBeUndefined();
  expect(readFileSync(pip, 'utf8')).not.toContain('team.example');
});

it('a renewal that fails keeps the old token, says since when, and lasts until it has ended', async () => {
  const { connection } = await connect();
  const token = netrc();
  await emulator.setScenario('no-role-permission');
  room.shift(Date.parse(connection?.refreshAt ?? '') - room.deps.runtime.clock.now() + 1);
  await until(async () => (await state()).connection?.trouble);
  const failing = await state();
  expect(brief(failing)).toEqual(['access_denied', 'connected']);
  expect(failing.connection?.trouble).toMatchObject({ verdict: 'access_denied', since: expect.any(String) });
  expect(failing.summary).toMatch(/^Connected to .* could not be renewed: AccessDenied/);
  expect(netrc()).toBe(token);
  const { since } = failing.connection?.trouble ?? {};
  expect((await refresh()).connection?.trouble).toMatchObject({ since });
  room.shift(6 * HOUR);
  await until(async () => (await state()).connection?.state === 'expired');
  await until(async () => (await state()).verdict === 'access_denied');
  // Our lines are on the disk: the connection is there, with its files, and can be disconnected.
  const ended = await state();
  expect([brief(ended), ended.files.map(file => file.tool)]).toEqual([
    ['access_denied', 'expired'],
    ['netrc', 'pip']
  ]);
  expect(brief(await disconnect())).toEqual(['ok', null]);
  expect(existsSync(join(room.home, '.netrc'))).toBe(false);
});

it('a check that is green with the old token does not take away what mends the renewal', async () => {
  await connect();
  await emulator.setScenario('no-role-permission');
  expect((await refresh()).connection?.trouble).toMatchObject({ verdict: 'access_denied' });
  const fixes = async (ask: () => Promise<Document>) =>
    (await ask()).rungs.flatMap(rung => (rung.verdict === 'access_denied' && rung.fix ? [rung.fix.who] : []));
  expect(await fixes(diagnose)).toEqual(['identity administrator']);
  expect(await fixes(state)).toEqual(['identity administrator']);
  // One rung alone says nothing of the renewal, and takes nothing away either.
  await room.session.diagnose(room.input, { check: 'dns.api' });
  expect(await fixes(state)).toEqual(['identity administrator']);
});

it('a renewal that comes by itself goes by what an administrator has pinned since, and says so', async () => {
  let pins = {};
  open({
    // As the server does: the settings of this moment (jupyterlab_codeartifact/app.py).
    served: (told: string, session: Session) => {
      if (told === 'refreshing') {
        const settings = { ...room.input.settings, indexMode: 'extra-index-url' };
        void session.state({ ...room.input, settings, pins });
      }
    }
  });
  const { connection } = await connect();
  const pip = () => readFileSync(join(room.home, '.config/pip/pip.conf'), 'utf8');
  pins = { indexMode: { value: 'extra-index-url', source: '/etc/jupyter/labconfig' } };
  // The last request was hours ago by this clock too.
  const { clock } = room.deps.runtime;
  const ticks = clock.ticks();
  jest.spyOn(clock, 'ticks').mockImplementation(() => ticks + 6 * HOUR);
  room.shift(Date.parse(connection?.refreshAt ?? '') - clock.now() + 1);
  await until(() => pip().includes('extra-index-url'));
  await until(async () => (await state()).connection?.state === 'connected');
  expect((await state()).notes).toEqual([expect.stringMatching(/fixed indexMode since Connect/)]);
});

it('without renewal the token ends, and every state says so', async () => {
  open({ settings: { autoRefresh: false } });
  await connect();
  room.shift(12 * HOUR + MINUTE);
  const over = await state();
  expect([brief(over), over.summary]).toEqual([
    ['expired_credentials', 'expired'],
    expect.stringMatching(/ended at .* pip cannot install until it is renewed/)
  ]);
  // AWS's clock has not gone on with ours: what comes is over at once, and must not pass for a connection.
  expect(brief(await refresh())).toEqual(['clock_skew', 'expired']);
});

it('a refresh that AWS throttles waits as long as AWS asks', async () => {
  await connect();
  await emulator.patchWorld({ faults: { api: { kind: 'throttled', retryAfterSeconds: 120 } } });
  const failed = await refresh();
  expect(brief(failed)).toEqual(['throttled', 'connected']);
  await emulator.setScenario('ok');
  const token = netrc();
  room.shift(100_000);
  await state();
  await state();
  expect(netrc()).toBe(token);
  room.shift(25_000);
  await until(() => netrc() !== token);
});
