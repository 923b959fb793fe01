import { type Emulator, startEmulator } from '../../../emulator/emulator';
import { scenarios } from '../../../emulator/scenarios';
import { climbWith, depsWith, shape, worldWith } from './testing/bench';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
}, 30_000);
afterAll(() => emulator.close());

const deps = () => depsWith(worldWith(emulator.env));

test.each(Object.keys(scenarios))('look %s', async scenario => {
  await emulator.setScenario(scenario);
  const t = performance.now();
  const climbed = await climbWith(deps(), { mode: 'diagnose' });
  console.log(
    scenario,
    Math.round(performance.now() - t),
    climbed.verdict,
    climbed.root,
    climbed.summary,
    JSON.stringify(shape(climbed)),
    climbed.failure?.cause,
    climbed.rungs.flatMap(r => (r.warning ? [r.id, r.warning] : [])),
    climbed.rungs.flatMap(r => (r.fix ? [r.id, r.fix.who] : []))
  );
});
test('time', async () => {
  await emulator.setScenario('ok');
  for (const mode of ['connect', 'connect', 'connect', 'diagnose'] as const) {
    const t = performance.now();
    const { verdict, rungs } = await climbWith(deps(), { mode });
    console.log(mode, performance.now() - t, verdict, rungs.map(r => r.id + ' ' + r.ms).join(', '));
  }
});
