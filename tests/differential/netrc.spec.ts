import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Netrc, type NetrcRules, readNetrc } from '../../src/engine/tools/netrc/netrc';
import { decodeUtf8 } from '../../src/engine/tools/text/decode';
import { HOST } from '../files/home-fixture';
import { createChance, randomNetrc } from '../files/random-file';
import { count, emptyTally, type Interpreter, interpreters, report, share, startJudge } from './judges';

/**
 * Python's netrc modules judge our two readings of the same files. Where an interpreter is missing, what it answered
 * when it was asked is compared instead: RECORD_NETRC=1 with a python3.10 on PATH writes that file anew.
 */
const RECORDED = join(__dirname, 'netrc-3.10.json');
const SEED = 310;
const BATCH = 500;
/** As many as are recorded. */
const USUAL = 2000;

type View = { hosts: Record<string, readonly string[]>; macros: Record<string, string> } | null;

/** What requests can tell of a reading. */
const viewOf = (netrc: Netrc): View => ({
  hosts: Object.fromEntries(
    netrc.entries.map(({ host, login, account, password }) => [
      host,
      [login?.text ?? '', account?.text ?? '', password?.text ?? '']
    ])
  ),
  macros: Object.fromEntries(netrc.macros)
});

function ours(bytes: Uint8Array, rules: NetrcRules): View {
  const text = decodeUtf8(bytes);
  const netrc = text.ok ? readNetrc(text.value, rules) : null;
  return netrc?.ok ? viewOf(netrc.value) : null;
}

const sorted = (view: View): string =>
  JSON.stringify(
    view && { hosts: Object.entries(view.hosts).sort(), macros: Object.entries(view.macros).sort() }
  );

const digest = (view: View): string => createHash('sha256').update(sorted(view)).digest('hex').slice(0, 8);

/** Files of which nothing is UTF-8 are another reader's matter: pip stops at them whatever its Python. */
function files(count: number): Uint8Array[] {
  const chance = createChance(SEED);
  const found: Uint8Array[] = [];
  while (found.length < count) {
    const bytes = randomNetrc(chance, HOST);
    if (decodeUtf8(bytes).ok) {
      found.push(bytes);
    }
  }
  return found;
}

async function judged({ program, env }: Interpreter, all: readonly Uint8Array[]): Promise<View[]> {
  const judge = startJudge<string, View[]>(program, 'netrc-judge.py', env);
  const views: View[] = [];
  for (let at = 0; at < all.length; at += BATCH) {
    views.push(
      ...(await judge.ask(all.slice(at, at + BATCH).map(bytes => Buffer.from(bytes).toString('base64'))))
    );
  }
  await judge.stop();
  return views;
}

test.each(interpreters().map(found => [found.minor, found] as const))(
  'a netrc is read as Python 3.%i reads it',
  async (minor, interpreter) => {
    const all = files(share(USUAL));
    const rules = minor < 11 ? 'before 3.11' : 'since 3.11';
    const views = await judged(interpreter, all);
    const tally = emptyTally();
    const wrong = all.flatMap((bytes, i) => {
      const mine = ours(bytes, rules);
      const same = sorted(views[i]) === sorted(mine);
      count(tally, views[i] !== null, mine !== null, !same);
      return same ? [] : [{ text: Buffer.from(bytes).toString(), python: views[i], ours: mine }];
    });
    report(`netrc of Python 3.${minor}`, tally, wrong);
    expect(wrong.slice(0, 3)).toEqual([]);
    // Both kinds must be there.
    expect(views.filter(view => view === null).length).toBeGreaterThan(all.length / 20);
    expect(views.filter(view => view !== null).length).toBeGreaterThan(all.length / 20);
    if (minor === 10 && process.env['RECORD_NETRC']) {
      writeFileSync(RECORDED, `${JSON.stringify({ digests: views.slice(0, USUAL).map(digest).join('') })}\n`);
    }
  },
  600_000
);

test('a netrc is read as Python 3.10 read it when it was asked', () => {
  const { digests } = JSON.parse(readFileSync(RECORDED, 'utf8')) as { digests: string };
  const views = files(USUAL).map(bytes => digest(ours(bytes, 'before 3.11')));
  expect(views.join('')).toBe(digests);
});
