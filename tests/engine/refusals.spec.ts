import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Emulator } from '../../testing/emulator/emulator';
import type { Room } from '../../testing/harness/engine-harness';
import { brief, sitting } from '../../testing/harness/session-fixture';

/** Requests that cannot be carried out: told at once, with nothing asked of AWS and nothing lost. */
jest.setTimeout(60_000);

let emulator: Emulator;
let room: Room;
const { open, state, connect, diagnose, refresh } = sitting(now => {
  ({ emulator, room } = now);
});

it('refresh without a connection says so; while one is made it waits for it', async () => {
  expect((await refresh()).summary).toMatch(/no connection to renew/);
  const making = connect();
  expect((await refresh()).verdict).toBe('ok');
  expect(brief(await making)).toEqual(['ok', 'connected']);
  expect(brief(await state())).toEqual(['ok', 'connected']);
});

it('without a repository nobody is asked anything', async () => {
  open({ settings: { repository: '' } });
  emulator.clearLog();
  const told = await connect();
  expect([brief(told), told.summary]).toEqual([
    ['invalid_settings', null],
    expect.stringMatching(/repository is not set/)
  ]);
  expect(emulator.log).toEqual([]);
});

it.each(['expired-credentials', 'clock-skew', 'garbage', 'service-error'])(
  'without a repository it is told all the same that AWS takes no call: %s',
  async scenario => {
    open({ settings: { domain: '', domainOwner: '', repository: '' } });
    await emulator.setScenario(scenario);
    const { verdict, rungs, outage } = await diagnose();
    const failed = rungs.filter(rung => rung.verdict === verdict);
    expect([verdict, failed.length > 0, failed[0]?.fix?.who]).toEqual([
      expect.not.stringMatching(/^ok$/),
      true,
      expect.any(String)
    ]);
    expect(outage).toBeDefined();
    await emulator.setScenario('ok');
    expect((await diagnose()).verdict).toBe('ok');
  }
);

it('without a repository a role that may not list is no failure', async () => {
  open({ settings: { domain: '', domainOwner: '', repository: '' } });
  await emulator.setScenario('no-repository-permission');
  const { verdict, rungs } = await diagnose();
  expect([verdict, rungs.map(({ id }) => id).at(-1)]).toEqual(['ok', 'http.api']);
});

it('without a repository a diagnosis goes as far as no name is needed, and asks for no token', async () => {
  open({ settings: { repository: '' } });
  emulator.clearLog();
  const told = await diagnose();
  expect([brief(told), told.summary]).toEqual([['ok', null], expect.stringMatching(/Choose a repository/)]);
  expect(told.rungs.map(({ id }) => id)).toEqual([
    'environment',
    'credentials',
    'dns.api',
    'tcp.api',
    'tls.api',
    'http.api'
  ]);
  const calls = ['GetAuthorizationToken', 'GetRepositoryEndpoint'];
  expect(emulator.log.filter(({ operation }) => calls.includes(operation))).toEqual([]);
  await emulator.setScenario('no-endpoints');
  const broken = await diagnose();
  expect([brief(broken), broken.rungs.find(({ verdict }) => verdict === 'timeout')?.id]).toEqual([
    ['timeout', null],
    'tcp.api'
  ]);
  expect(brief(await state())).toEqual(['timeout', null]);
});

it('settings that are wrong are told with who can mend them, and the connection stays', async () => {
  await connect();
  const settings = { ...room.input.settings, domainOwner: '123' };
  for (const verb of ['state', 'diagnose', 'refresh'] as const) {
    const told = await room.session[verb]({ ...room.input, settings });
    expect([brief(told), told.rungs[0].fix?.who]).toEqual([['invalid_settings', 'connected'], 'you']);
  }
  const told = await room.session.connect({ ...room.input, settings }, false);
  expect(brief(told)).toEqual(['invalid_settings', 'connected']);
  expect(brief(await state())).toEqual(['ok', 'connected']);
});

it('an index of the user’s own that Connect would replace is told before', async () => {
  const conf = `${room.home}/.config/pip/pip.conf`;
  await mkdir(dirname(conf), { recursive: true });
  await writeFile(conf, '[global]\nindex-url = https://me:secret@pypi.example/simple/\n');
  const told = await state();
  expect(told.notes).toEqual([expect.stringContaining('names another index, https://')]);
  expect(JSON.stringify(told)).not.toContain('secret');
  await connect();
  expect((await state()).notes).toBeUndefined();
});
