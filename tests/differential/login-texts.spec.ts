import { commentedOut } from '../../src/lab/login/comment-out';
import { awsCall } from '../../src/lab/login/aws-words';
import { readCell } from '../../src/lab/login/cell';
import { loginOf } from '../../src/lab/login/read-login';
import { readShell } from '../../src/lab/login/shell-reader';
import type { IWord } from '../../src/lab/login/shell-words';
import { python } from '../files/reference-parsers';
import { randomFrom } from './aws-configuration';
import { count, emptyTally, report, share, startJudge } from './judges';
import { type LoginText, someText } from './login-texts';

/**
 * bash and IPython judge our reading of scripts and cells, with a program in place of the AWS CLI that notes its words;
 * and what is commented out is run once more. More by DIFFERENTIAL=10000, others by LOGIN_SEED.
 */
const COUNT = share(160);
const SEED = Number(process.env.LOGIN_SEED ?? 20261126);
const AT_ONCE = 20;

interface Judged {
  readonly calls: readonly (readonly string[])[];
  readonly printed: string;
  readonly good: boolean;
  readonly said: string;
}

interface Difference {
  readonly what: 'forgotten' | 'missed' | 'broken' | 'other output' | 'logs in still';
  readonly text: string;
  readonly ours?: unknown;
  readonly theirs?: unknown;
}

/** The words of each login behind `aws`, of those that the text itself gives in full. */
function ours({ kind, text }: LoginText) {
  const commands = kind === 'bash' ? readShell(text) : readCell(text);
  return commands.filter(({ words }) => awsCall(words)?.operation === 'login').map(({ words }) => words);
}

const behind = (words: readonly IWord[]): string[] =>
  words.slice(words.findIndex(({ text }) => text === 'aws') + 1).map(({ text }) => text);

function compare(one: LoginText, judged: Judged): Difference[] {
  const mine = ours(one);
  const full = new Set(
    mine
      .filter(words => words.every(word => word.missing.length === 0))
      .map(words => JSON.stringify(behind(words)))
  );
  const partly = mine.filter(words => words.some(word => word.missing.length > 0)).length;
  // What the text gives is known; X is given in a branch now and then.
  const forgotten = mine
    .flatMap(words => words.flatMap(word => word.missing))
    .filter(name => !['$NOT_SET', '$(…)', '$X'].includes(name));
  const missed = judged.calls.filter(call => !full.has(JSON.stringify(call)));
  // Those with a value that only the shell knows cannot be compared word by word.
  return forgotten.length > 0
    ? [{ what: 'forgotten', text: one.text, ours: forgotten }]
    : new Set(missed.map(call => JSON.stringify(call))).size > partly
      ? [{ what: 'missed', text: one.text, ours: [...full], theirs: missed }]
      : [];
}

/** What is wrong with a text whose logins were commented out. */
function compareAgain(one: LoginText, again: LoginText, before: Judged, after: Judged): Difference[] {
  const text = `${one.text}\n--->\n${again.text}`;
  return before.good && !after.good
    ? [{ what: 'broken', text, theirs: after.said }]
    : before.printed !== after.printed
      ? [{ what: 'other output', text, ours: after, theirs: before }]
      : after.calls.length > 0 || loginOf(asCell(again)) !== null
        ? [{ what: 'logs in still', text, theirs: after.calls }]
        : [];
}

/** As bash and a cell of bash see it: the commented text is a cell, so that a script gets the cell's first line. */
const asCell = ({ kind, text }: LoginText): string => (kind === 'bash' ? `%%bash\n${text}` : text);
const fromCell = ({ kind }: LoginText, cell: string): string =>
  kind === 'bash' ? cell.slice('%%bash\n'.length) : cell;

it(`reads ${COUNT} scripts and cells as bash and IPython do, and none breaks when its logins are commented out`, async () => {
  const judge = startJudge<LoginText, Judged[]>(python, 'login-judge.py');
  const random = randomFrom(SEED);
  const differences: Difference[] = [];
  let commented = 0;
  let refused = 0;
  let logins = 0;
  const tally = emptyTally();
  for (let done = 0; done < COUNT; done += AT_ONCE) {
    const texts = Array.from({ length: AT_ONCE }, () => someText(random));
    const without = texts.map(one => commentedOut(asCell(one)));
    const again = texts.map((one, i): LoginText => ({
      ...one,
      text: fromCell(one, without[i] ?? asCell(one))
    }));
    const answers = await judge.ask([...texts, ...again]);
    texts.forEach((one, i) => {
      const [before, after] = [answers[i], answers[AT_ONCE + i]];
      logins += before.calls.length;
      const found = compare(one, before);
      if (without[i] === null) {
        refused += 1;
      } else {
        commented += 1;
        found.push(...compareAgain(one, again[i], before, after));
      }
      // Broken by what we make of it: it worked, and does no more.
      const breaks = found.some(({ what }) => what === 'broken' || what === 'other output');
      count(tally, before.calls.length > 0, before.calls.length > 0 && !breaks, found.length > 0);
      differences.push(...found);
    });
  }
  await judge.stop();
  report('bash and IPython: texts with logins', tally, differences);
  if (process.env.LOGIN_REPORT) {
    console.log(JSON.stringify({ COUNT, SEED, logins, commented, refused, differences: differences.length }));
    differences
      .slice(0, 12)
      .forEach(one =>
        console.log(`${one.what}\n${one.text}\n${JSON.stringify(one.ours)}\n${JSON.stringify(one.theirs)}`)
      );
  }
  expect(differences.slice(0, 3)).toEqual([]);
  // Each kind was tried.
  expect({ logins: logins > COUNT / 2, commented: commented > COUNT / 2, refused: refused > 0 }).toEqual({
    logins: true,
    commented: true,
    refused: true
  });
}, 3_600_000);
