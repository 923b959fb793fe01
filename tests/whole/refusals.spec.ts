import { type Emulator, startEmulator } from '../../src/emulator/emulator';
import type { Document } from '../../src/protocol/document';
import { createRoom, type Room } from './bench';

/** Requests that cannot be carried out: told at once, with nothing asked of AWS and nothing lost. */
jest.setTimeout(60_000);

let emulator: Emulator;
let room: Room;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());
beforeEach(() => {
  room = createRoom(emulator.env);
});
afterEach(() => room.close());

const brief = ({ verdict, connection }: Document) => [verdict, connection?.state ?? null];
const state = () => room.session.state(room.input);
const connect = () => room.session.connect(room.input, false);
const diagnose = () => room.session.diagnose(room.input);
const refresh = () => room.session.refresh(room.input);

it('refresh without a connection says so; while one is made it waits for it', async () => {
  expect((await refresh()).summary).toMatch(/no connection to renew/);
  const making = connect();
  expect((await refresh()).verdict).toBe('ok');
  expect(brief(await making)).toEqual(['ok', 'connected']);
  expect(brief(await state())).toEqual(['ok', 'connected']);
});

it('without a repository nobody is asked anything', async () => {
  await room.close();
  room = createRoom(emulator.env, { settings: { repository: '' } });
  emulator.clearLog();
  const told = await connect();
  expect([brief(told), told.summary]).toEqual([
    ['invalid_settings', null],
    expect.stringMatching(/repository is not set/)
  ]);
  expect(brief(await diagnose())).toEqual(['invalid_settings', null]);
  expect(brief(await state())).toEqual(['ok', null]);
  expect(emulator.log).toEqual([]);
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
