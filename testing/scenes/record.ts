// Records what the real engine answers on the emulator, for the gallery and the tests of the panel.
//   npm run scenes            writes testing/scenes/recorded.json
//   npm run scenes -- --check fails when it is not what the engine answers today; with --quick it leaves most of those
//                             out that wait for a black hole
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withPhrases } from '../../src/engine/core/say';
import { NOW } from '../fixtures/lab/documents';
import { mergePatch } from '../emulator/world/merge-patch';
import type { World } from '../emulator/world/world';
import { type Scenario, SCENARIOS } from './scenarios';
import { openStage, type Stage } from './stage';

const FILE = join('testing', 'scenes', 'recorded.json');
/** What a recording's reader sees in place of a folder of this run. */
const HOME = '/home/ds';

async function play(stage: Stage, { world = 'ok', patch, settings, env, play }: Scenario): Promise<unknown> {
  const { emulator } = stage;
  await emulator.setScenario(world);
  if (typeof patch === 'function') {
    await emulator.setWorld((patch as (now: World) => World)(emulator.world));
  } else if (patch !== undefined) {
    await emulator.setWorld(mergePatch(emulator.world, patch) as World);
  }
  const notebook = stage.enter(settings, env);
  const answer = await play(notebook, stage);
  return anchored(
    withPhrases(answer as object),
    notebook.room.home,
    NOW - notebook.room.deps.runtime.clock.now()
  );
}

/** The same at another moment and in another home: times keep their distance from the moment of the recording. */
function anchored(value: unknown, home: string, shiftMs: number): unknown {
  const moved = (text: string): string =>
    new Date(Math.round((Date.parse(text) + shiftMs) / 1000) * 1000).toISOString();
  const text = (said: string): string =>
    said
      .replaceAll(home, HOME)
      .replaceAll(/\/tmp\/scenes-\w+/g, '/etc/ssl/corporate')
      .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, moved)
      .replaceAll(/(\d{4}-\d\d-\d\d) (\d\d:\d\d) UTC/g, (_, day: string, time: string) => {
        return `${moved(`${day}T${time}:00Z`).slice(0, 16).replace('T', ' ')} UTC`;
      });
  return JSON.parse(JSON.stringify(value), (_, each: unknown) =>
    typeof each === 'string' ? text(each) : each
  ) as unknown;
}

/** What differs from run to run: how long something took, and to the minute when it was. */
const timeless = (text: string): string =>
  text
    .replaceAll(/"(ms|waitedMs|skewSeconds)": ?-?[\d.]+/g, '"$1":0')
    // Which of two calls that fail together was the first.
    .replaceAll(/"because": ?"(?:token|endpoint)"/g, '"because":"token"')
    .replaceAll(/"(validFrom|validTo|serialNumber)": ?"[^"]*"/g, '"$1":""')
    .replaceAll(/"summary": ?"(slow|no answer yet|no answer to two attempts)"/g, '"summary":""')
    .replaceAll(/"node": ?"v[\d.]+"/g, '"node":""')
    .replaceAll(/"summary": /g, '"summary":')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'REQUEST')
    .replaceAll(/\d{4}-\d\d-\d\d[T ][\d:.]+( UTC|Z)/g, 'TIME')
    .replaceAll(/\b\d+(\.\d+)? m?s\b/g, 'SOME s')
    .replaceAll(/\b\d+ h( \d+ min)?\b|\b\d+ min\b/g, 'SOME min');

/** One line a scene and one a rung: a change shows as the lines that it changes. */
const written = (recorded: Readonly<Record<string, unknown>>): string =>
  `{\n${Object.entries(recorded)
    .map(([name, answer]) => `"${name}": ${JSON.stringify(answer).replaceAll('{"id":"', '\n{"id":"')}`)
    .join(',\n')}\n}\n`;

async function main(check: boolean, quick: boolean, only: readonly string[]): Promise<number> {
  const stage = await openStage();
  const recorded: Record<string, unknown> = {};
  try {
    for (const [name, scenario] of Object.entries(SCENARIOS)) {
      if ((only.length === 0 || only.includes(name)) && !(quick && scenario.waits)) {
        recorded[name] = await play(stage, scenario);
      }
    }
  } finally {
    await stage.close();
  }
  if (!check && only.length === 0) {
    writeFileSync(FILE, written(recorded));
    console.log(`scenes: ${Object.keys(recorded).length} in ${FILE}`);
    return 0;
  }
  const known = JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, unknown>;
  const same = (name: string): boolean =>
    timeless(JSON.stringify(known[name] ?? null)) === timeless(JSON.stringify(recorded[name]));
  const gone = Object.keys(known).filter(name => !(name in SCENARIOS));
  const stale = [...Object.keys(recorded).filter(name => !same(name)), ...gone];
  for (const name of stale.slice(0, 5)) {
    const lines = (each: unknown): string[] => timeless(JSON.stringify(each ?? null, null, 1)).split('\n');
    const [was, is] = [lines(known[name]), lines(recorded[name])];
    const at = is.findIndex((line, index) => line !== was[index]);
    console.error(`${name} is another today:\n  recorded: ${was[at]}\n  today:    ${is[at]}`);
  }
  if (stale.length > 0) {
    console.error(`stale: ${stale.join(', ')}. Record them anew: npm run scenes`);
  }
  return stale.length > 0 ? 1 : 0;
}

const words = process.argv.slice(2);
main(
  words.includes('--check'),
  words.includes('--quick'),
  words.filter(word => !word.startsWith('--'))
).then(
  code => process.exit(code),
  (error: Error) => {
    console.error(error.stack);
    process.exit(1);
  }
);
