import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Emulator, startEmulator } from '../emulator/emulator';
import type { Document } from '../../src/protocol/document';
import { createRoom, type Room } from './engine-harness';
import { sane } from './invariants';

export const HOUR = 3_600_000;
export const MINUTE = 60_000;

/** What a suite of sessions works with: one emulator, put right before each test, and a new room in each. */
export interface Sitting {
  readonly emulator: Emulator;
  /** The newest one. */
  readonly room: Room;
}

export const brief = ({ verdict, connection }: Document) => [verdict, connection?.state ?? null];

/** @param seated called before each test, and whenever another room is opened */
export function sitting(seated: (now: Sitting) => void) {
  let emulator: Emulator;
  let room: Room;
  const rooms: Room[] = [];
  const open = (options = {}): Room => {
    room = createRoom(emulator.env, options);
    rooms.push(room);
    seated({ emulator, room });
    return room;
  };
  beforeAll(async () => {
    emulator = await startEmulator();
  });
  afterAll(() => emulator.close());
  beforeEach(async () => {
    await emulator.setScenario('ok');
    open();
  });
  afterEach(async () => {
    await Promise.all(rooms.splice(0).map(each => each.close()));
  });
  return {
    open,
    /** One more room, to be closed after the test. */
    alsoClose: (other: Room) => void rooms.push(other),
    state: async (of: Room = room) => sane(await of.session.state(of.input)),
    connect: async (of: Room = room) => sane(await of.session.connect(of.input, false), 'connect'),
    diagnose: async (of: Room = room) => sane(await of.session.diagnose(of.input)),
    refresh: async (of: Room = room) => sane(await of.session.refresh(of.input)),
    disconnect: async (of: Room = room) => sane(await of.session.disconnect(of.input)),
    cancel: async (of: Room = room) => sane(await of.session.cancel()),
    netrc: () => readFileSync(join(room.home, '.netrc'), 'utf8'),
    minted: async (work: () => Promise<unknown>): Promise<number> => {
      const before = emulator.tokensMinted();
      await work();
      return emulator.tokensMinted() - before;
    },
    until: async (what: () => unknown, ms = 8000): Promise<void> => {
      const end = performance.now() + ms;
      while (!(await what())) {
        if (performance.now() > end) {
          throw new Error(`waited in vain: ${JSON.stringify(await room.session.state(room.input))}`);
        }
        await new Promise(resolve => setTimeout(resolve, 5));
      }
    }
  };
}
