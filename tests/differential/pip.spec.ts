import { isDeepStrictEqual } from 'node:util';
import { createChance } from '../files/random-file';
import { pipCase, type PipCase } from './pip-cases';
import { OURS } from './pip-values';
import { expectation } from './pip-model';
import { count, emptyTally, interpreters, pythonWith, report, share, startJudge, versionsOf } from './judges';
import { sameIndex } from '../../src/engine/tools/text/url-credentials';

// pip's own code judges (pip-judge.py): what the model calls working must install, and nothing that installs may be
// called shadowed.

interface Asked {
  readonly code: number;
  readonly exit?: unknown;
  readonly index?: string;
  readonly extra?: readonly string[];
  readonly found?: readonly string[];
  readonly asked: readonly string[];
}
type Answer = Record<'install' | 'download' | 'wheel', Asked>;

const COMMANDS = ['install', 'download', 'wheel'] as const;
const BATCH = 50;
const OUR_PLACE = OURS.replace('https:', '').replace('simple/', '');
const HOUR = 3_600_000;

/** Whether all three commands take packages from our index, in the way that the settings want. */
const works = (given: PipCase, answer: Answer): boolean =>
  COMMANDS.every(name => {
    const { code, index = '', extra = [], found = [] } = answer[name];
    const used =
      given.mode === 'index-url' ? sameIndex(index, OURS) : extra.some(url => sameIndex(url, OURS));
    return code === 0 && used && found.some(url => url.includes(OUR_PLACE));
  });

const silentOf = (answer: Answer): string[] =>
  [
    ...new Set(
      COMMANDS.flatMap(name =>
        answer[name].asked.filter(one => one.endsWith(' silent')).map(one => one.split(' ')[0])
      )
    )
  ].sort();

// The last pip of each old Python, whose kernels are still about, where this machine has them.
const LAST = new Map([
  [6, '21.3.1'],
  [8, '25.0.1'],
  [9, '25.3']
]);
const old = interpreters().flatMap(({ minor }) =>
  LAST.has(minor)
    ? [[`${LAST.get(minor)} under Python 3.${minor}`, `under(${minor}, "${LAST.get(minor)}")`, 100, 0.25]]
    : []
) as [string, string, number, number][];

describe.each([
  ['newest', 'with_pip("newest")', 150, 1],
  ['24.0', 'with_pip("24.0")', 100, 1],
  ['the oldest', 'with_pip(e.OLD)', 100, 1],
  ...old
])('pip %s', (_, call, usual, part) => {
  test.each([
    ['usual', false],
    ['odd', true]
  ] as const)(
    'installs with %s configurations exactly where the model says so',
    async (kind, odd) => {
      const interpreter = pythonWith(call);
      const versions = versionsOf(interpreter);
      const judge = startJudge<PipCase & { commands: readonly string[] }, { answers: Answer[] }>(
        interpreter,
        'pip-judge.py'
      );
      const chance = createChance(odd ? 20260 : 11);
      const tally = emptyTally();
      const differences: unknown[] = [];
      for (let left = share(usual, part); left > 0; left -= BATCH) {
        const cases = Array.from({ length: Math.min(BATCH, left) }, () => pipCase(chance, odd));
        const [{ answers }, expected] = await Promise.all([
          judge.ask(cases.map(one => ({ ...one, commands: COMMANDS }))),
          Promise.all(cases.map(one => expectation(one, versions)))
        ]);
        cases.forEach((given, i) => {
          const real = works(given, answers[i]);
          const said = expected[i];
          // What pip waits for in vain is told with its cost, or it is missed.
          const unlike =
            real && said.works && !isDeepStrictEqual(silentOf(answers[i]), [...said.silent].sort());
          count(tally, real, said.works, unlike);
          if (said.works !== real || unlike) {
            differences.push({ said, real: answers[i], given });
          }
        });
      }
      await judge.stop();
      report(`pip ${versions.pip}, Python ${versions.python}, ${kind}`, tally, differences);
      expect(differences.slice(0, 3).map(one => JSON.stringify(one, null, 1))).toEqual([]);
      // A generator whose configurations all fail, or all work, would prove nothing.
      expect(tally.working).toBeGreaterThan(tally.configurations / 10);
      expect(tally.working).toBeLessThan(tally.configurations * 0.9);
    },
    HOUR
  );
});
