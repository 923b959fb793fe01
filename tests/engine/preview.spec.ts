import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Emulator, startEmulator } from '../../testing/emulator/emulator';
import { closeClients } from '../../src/engine/aws/sdk-client';
import { DocumentSchema, type Document } from '../../src/protocol/document';
import { createRoom, type Room } from '../../testing/harness/engine-harness';

/** The panel's Preview beside a running session: it shows, and leaves everything as it is. */
jest.setTimeout(60_000);

let emulator: Emulator;
const rooms: Room[] = [];
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());
beforeEach(() => emulator.setScenario('ok'));
afterEach(async () => {
  await Promise.all(rooms.splice(0).map(each => each.close()));
});

function open(settings = {}): Room {
  const room = createRoom(emulator.env, { settings });
  rooms.push(room);
  return room;
}

const preview = async (room: Room, input = room.input): Promise<Document> =>
  DocumentSchema.parse(await room.session.preview(input));

/** Without the moment, which differs from answer to answer. */
const known = async (room: Room) => ({ ...(await room.session.state(room.input)), at: '' });

it('shows what Connect would write, mints nothing, writes nothing, and the state stays', async () => {
  const room = open();
  const before = await known(room);
  const minted = emulator.tokensMinted();
  const events = room.events.length;
  const shown = await preview(room);
  expect(shown).toMatchObject({ verdict: 'ok', connection: null });
  expect(shown.preview).toMatch(/^\+index-url = \S+\/pypi\/isolatedsm\/simple\/$/m);
  expect(shown.preview).toContain('--- /dev/null');
  expect(shown.preview).not.toContain('token-of-the-next-connect');
  expect(emulator.tokensMinted()).toBe(minted);
  expect(() => readFileSync(join(room.home, '.netrc'))).toThrow();
  expect(room.events).toHaveLength(events);
  expect(await known(room)).toEqual(before);
});

it.each(['netrc', 'inline'])('says that nothing would change once connected, token %s', async credentials => {
  const room = open({ credentials });
  expect(await room.session.connect(room.input, false)).toMatchObject({ verdict: 'ok' });
  const before = await known(room);
  expect((await preview(room)).preview).toBe('');
  expect(await known(room)).toEqual(before);
});

it('holds no token where one is replaced', async () => {
  const room = open({ credentials: 'inline' });
  await room.session.connect(room.input, false);
  const conf = readFileSync(join(room.home, '.config/pip/pip.conf'), 'utf8');
  const token = /aws:([^@]+)@/.exec(conf)?.[1] ?? '';
  expect(token.length).toBeGreaterThan(50);
  const other = { ...room.input, settings: { ...room.input.settings, credentials: 'netrc' } };
  const shown = await preview(room, other);
  expect(shown.preview).toMatch(/^-index-url = /m);
  expect(JSON.stringify(shown)).not.toContain(token);
});

it('a failed Connect stays what it was, and the preview tells its own failure', async () => {
  const room = open();
  await emulator.setScenario('no-role-permission');
  await room.session.connect(room.input, false);
  const before = await known(room);
  expect(before.verdict).toBe('access_denied');
  await emulator.setScenario('no-endpoints');
  const shown = await preview(room);
  expect(shown.verdict).toBe('timeout');
  expect(shown.preview).toBeUndefined();
  expect(await known(room)).toEqual(before);
});

it('settings that name no repository get their sentence', async () => {
  const room = open({ repository: '' });
  expect(await preview(room)).toMatchObject({ verdict: 'invalid_settings' });
});

afterAll(closeClients);
