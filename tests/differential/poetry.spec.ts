import { poetryLook } from '../../src/engine/tools/poetry/shadows';
import { createChance } from '../files/random-file';
import { count, emptyTally, pythonWith, report, share, startJudge } from './judges';
import { depsOf } from './pip-model';
import { OURS, TOKEN, WANTED } from './pip-values';
import { type PoetryCase, poetryCase } from './poetry-cases';

// Poetry's own code judges (poetry-judge.py): what each source that is our repository would be sent.

interface Told {
  readonly sent: readonly (string | null)[];
  readonly error: string;
}

let judge: ReturnType<typeof startJudge<PoetryCase, Told[]>>;
beforeAll(() => {
  judge = startJudge(pythonWith("environment('poetry-2.5.1', 'poetry==2.5.1')"), 'poetry-judge.py');
}, 300_000);
afterAll(() => judge.stop());

const BATCH = 100;

test('Poetry sends the token of the connection where the model says so, and nowhere else', async () => {
  const chance = createChance(21);
  const tally = emptyTally();
  const differences: unknown[] = [];
  for (let left = share(300); left > 0; left -= BATCH) {
    const cases = Array.from({ length: Math.min(BATCH, left) }, () => poetryCase(chance));
    for (const [i, { sent, error }] of (await judge.ask(cases)).entries()) {
      const given = cases[i];
      const deps = depsOf({ ...given, files: { ...given.files } } as never, { pip: '26.3', python: '3.11' });
      Object.assign(deps.runtime, { cwd: given.cwd.replace('ROOT', '/judge') });
      const look = await poetryLook(deps, { indexUrl: OURS, isOurs: password => password === TOKEN });
      const works = error === '' && sent.every(header => header === WANTED);
      // What our index would say of the passwords that are not ours.
      const refused = (look.asks?.logins ?? []).filter(({ password }) => password.reveal() !== TOKEN);
      const free = look.uses && look.shadows.length + refused.length === 0;
      count(tally, works, free);
      if (free !== works) {
        differences.push({
          sent,
          error,
          said: [...look.shadows, ...refused.map(({ shadow }) => shadow)].map(({ by }) => by),
          uses: look.uses,
          given
        });
      }
    }
  }
  report('Poetry', tally, differences);
  expect(differences.slice(0, 3).map(one => JSON.stringify(one, null, 1))).toEqual([]);
  expect(tally.working).toBeGreaterThan(tally.configurations / 5);
  expect(tally.working).toBeLessThan(tally.configurations * 0.9);
}, 3_600_000);
