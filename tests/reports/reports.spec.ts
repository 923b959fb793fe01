import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createRoom, type Room } from '../../testing/harness/engine-harness';
import { HOUR, sitting } from '../../testing/harness/session-fixture';
import { page } from './page';
import { REPORTS, type Scene } from './reports';

const PAGE = join(__dirname, '../../docs/public-reports.md');
const readText = (path: string) => readFile(path, 'utf8').catch(() => null);

let room: Room;
let emulator: Parameters<Parameters<typeof sitting>[0]>[0]['emulator'];
const { open, connect, diagnose, alsoClose } = sitting(now => ({ room, emulator } = now));

function put(files: Scene['before'] = {}, adds = false): void {
  for (const [name, text] of Object.entries(files)) {
    const path = join(room.home, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, adds ? { flag: 'a' } : {});
  }
}

async function play({ settings = {}, before, after, env = {}, hours, fresh }: Scene) {
  open({ settings, readText });
  put(before);
  const connected = fresh ? null : await connect();
  const index = connected?.connection?.indexUrl ?? '';
  put(after, true);
  if (hours) {
    emulator.ageTokens(hours * HOUR);
  }
  const given = Object.fromEntries(
    Object.entries(env).map(([name, value]) => [
      name,
      value.replace('LOGIN:old@INDEX', index.replace('://', '://aws:old@'))
    ])
  );
  const later = createRoom({ ...emulator.env, ...given }, { settings, readText }, dirname(room.home));
  alsoClose(later);
  return fresh ? connect(later) : diagnose(later);
}

const played = REPORTS.flatMap(({ title, scene }) => (scene ? [[title, scene] as const] : []));

it.each(played)('%s', async (_, scene) => {
  const { verdict, summary, rungs, kernels } = await play(scene);
  const said = [summary, ...rungs.map(rung => rung.summary)].join('\n');
  expect([verdict, said]).toEqual([scene.verdict, expect.stringMatching(scene.words)]);
  expect(kernels ?? []).toEqual([]);
  if (scene.file) {
    const [name, words, says] = scene.file;
    const text = readFileSync(join(room.home, name), 'utf8');
    expect([words.test(text), text]).toEqual([says === 'says', text]);
  }
});

it('every row that another test shows names one that is there', () => {
  expect(REPORTS.flatMap(({ shownBy }) => shownBy ?? []).filter(path => !existsSync(path))).toEqual([]);
});

it('the page is what the rows say', () => {
  if (process.env.UPDATE_REPORTS) {
    writeFileSync(PAGE, page());
  }
  expect(readFileSync(PAGE, 'utf8')).toBe(page());
});
