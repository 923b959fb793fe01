// What is said when one resource of a stack is taken away or changed, and the rest left standing.
import type { Document } from '../../src/protocol/document';
import type { CheckId } from '../../src/protocol/rung';
import type { PolicyDocument } from '../emulator/policies/document';
import { many } from '../emulator/policies/document';
import type { Row } from './admin-tables';
import { printed, rungOf, type Bench } from './harness';

/** Resource, what was done to it, how, and what must be named. */
export type Removal = readonly [
  resource: string,
  what: string,
  act: (bench: Bench) => Promise<unknown>,
  names: RegExp,
  /** Title of the fix's text that brings it back, run as it is printed. */
  heals?: string
];

export const HEAD = ['resource', 'what was done', 'verdict', 'rung', 'whose fix'];

export const takeAway =
  (stack: string, resources: readonly string[], account?: string) =>
  (bench: Bench): Promise<void> =>
    bench.emulator.takeAway(stack, resources, account);

export function without({ Statement, ...rest }: PolicyDocument, sid: string): PolicyDocument {
  const kept = many(Statement).filter(each => each.Sid !== sid);
  expect(kept).toHaveLength(many(Statement).length - 1);
  return { ...rest, Statement: kept };
}

/** What was said: the verdict, where, and to whom. A warning is what an `ok` has to say. */
export function told({ verdict, rungs }: Document): {
  verdict: string;
  rung: string;
  who: string;
  said: string;
} {
  const broken = rungs.find(each => !['ok', 'skipped'].includes(each.verdict));
  const rung = broken ?? rungs.find(each => each.warning !== undefined);
  return {
    verdict: broken === undefined && rung !== undefined ? `${verdict}, with a warning` : verdict,
    rung: rung?.id ?? '',
    who: rung?.fix?.who ?? '',
    said: [rung?.summary, rung?.warning, rung?.fix?.text].join(' ')
  };
}

type Diagnosed = () => Promise<Document>;

/** Takes it away, asks, and puts it back. What changes nothing is a resource that nobody needs, and fails here. */
async function one(
  bench: Bench,
  [resource, what, act, names, heals]: Removal,
  notebooks: readonly (readonly [kind: string, diagnosed: Diagnosed])[],
  rows: Row[]
): Promise<void> {
  await act(bench);
  const documents = await Promise.all(notebooks.map(([, diagnosed]) => diagnosed()));
  documents.map(told).forEach(({ verdict, rung, who, said }, at) => {
    const done = [what, ...notebooks[at].slice(0, 1)].filter(words => words !== '').join('; ');
    expect({ resource, done, changed: `${verdict} ${rung}` }).not.toEqual({ resource, done, changed: 'ok ' });
    expect({ resource, done, said }).toEqual({ resource, done, said: expect.stringMatching(names) });
    const cell = `\`${verdict}\``.replace(/`ok, with a warning`/, '`ok`, with a warning');
    rows.push([resource, String(done), cell, `\`${rung}\``, who]);
  });
  if (heals !== undefined) {
    const [document] = documents;
    const text = printed(rungOf(document, told(document).rung as CheckId), heals);
    const applied = await bench.emulator.apply(text);
    expect({ resource, what, ...applied }).toMatchObject({ code: 0, stderr: '' });
    const [[, diagnosed]] = notebooks;
    expect((await diagnosed()).verdict).toBe('ok');
  }
  await bench.emulator.restore();
}

/** Each removal in turn, as notebooks of several kinds see it at the same time. */
export async function eachOf(
  bench: Bench,
  removals: readonly Removal[],
  notebooks: Readonly<Record<string, Diagnosed>>,
  rows: Row[]
): Promise<void> {
  for (const removal of removals) {
    await one(bench, removal, Object.entries(notebooks), rows);
  }
  const after = await Promise.all(Object.values(notebooks).map(diagnosed => diagnosed()));
  expect(after.map(({ verdict }) => verdict)).toEqual(after.map(() => 'ok'));
}

export const each = (
  bench: Bench,
  removals: readonly Removal[],
  diagnosed: Diagnosed,
  rows: Row[]
): Promise<void> => eachOf(bench, removals, { '': diagnosed }, rows);
