import { isDeepStrictEqual } from 'node:util';
import { putCredentials, takeCredentials } from '../../src/engine/tools/poetry/auth-edit';
import { redactAuth } from '../../src/engine/tools/poetry/redact-auth';
import { applyEdits, invertEdits } from '../../src/engine/tools/text/edit';
import { INDEX, TOKEN } from './home-fixture';
import { type Chance, createChance } from './random-file';
import { type Judge, type Judgement, judged, startJudge } from './reference-parsers';

// Python's own TOML reader judges: our credentials are there, nothing else has changed, and all of it comes back.

const FILES = Number(process.env['FUZZ_FILES'] ?? 1500);
const BATCH = 500;

/** An auth.toml such as Poetry, people and accidents make them. Its passwords are all `s3cret`. */
function randomAuth({ pick, often, some, below }: Chance): string {
  const eol = pick(['\n', '\n', '\r\n']);
  const name = () => pick(['codeartifact', '"codeartifact"', 'corp', "'a b'", `n${below(1e6)}`]);
  const basic = () => pick(['http-basic', 'http-basic', '"http-basic"', ' http-basic ']);
  const secret = () =>
    pick([
      '"s3cret"',
      "'s3cret'",
      '"s3cret\\u00e9"',
      '"""s3cret"""',
      '"""\n[http-basic.codeartifact]\npassword = "s3cret"\n"""'
    ]);
  const line = () =>
    pick([
      `username = ${pick(['"aws"', "'me'", '""'])}`,
      `password = ${secret()}${pick(['', ' # s3cret'])}`,
      '# password = "s3cret"',
      '',
      `  password="s3cret"`,
      `x${below(1e6)} = ${pick(['1', 'true', '[1]', '"s3cret"'])}`
    ]);
  const once = (lines: string[]) => [
    ...new Map(lines.map(text => [text.trim().split(/[ =]/)[0], text])).values()
  ];
  const table = () =>
    pick([
      () => [`[${basic()}.${name()}]${pick(['', ' # mine'])}`, ...once(some(3, line))],
      () => [`[${basic()}]`, `${name()} = { username = "u", password = "s3cret" }`],
      () => [`[${basic()}]`, `${name()}.password = "s3cret"`],
      () => ['[pypi-token]', `pypi = ${secret()}`],
      () => [`[certificates.${name()}]`, 'verify = false'],
      () => (often(0.1) ? ['odd'] : [])
    ])();
  const top = often(0.1)
    ? ['http-basic = {}']
    : often(0.1)
      ? ['http-basic.codeartifact.password = "s3cret"']
      : [];
  const text = [...top, ...some(4, table).flat()].flatMap(one => one.split('\n')).join(eol);
  return text && often(0.8) ? text + eol : text;
}

let judge: Judge;
beforeAll(() => {
  judge = startJudge();
});
afterAll(() => judge.stop());

const ask = (texts: readonly string[]): Promise<Judgement[]> =>
  judge.ask(texts.map(text => ['toml', Buffer.from(text)] as const));
const mark = { indexUrl: INDEX, isOurs: (password: string) => password === TOKEN };

describe.each(judged().filter(kind => kind === 'toml'))('auth.toml as the reader of %s sees it', () => {
  test(`${FILES} random files: the source's credentials are ours, and nothing else changes`, async () => {
    const chance = createChance(20261126);
    const seen = { written: 0, refused: 0 };
    for (let left = FILES; left > 0; left -= BATCH) {
      const texts = Array.from({ length: BATCH }, () => randomAuth(chance));
      const puts = texts.map(text => putCredentials(text, INDEX, TOKEN));
      const after = puts.map((put, i) => (put.ok ? applyEdits(texts[i], put.value.edits) : texts[i]));
      const taken = puts.map((put, i) => {
        const take = put.ok ? takeCredentials(after[i], mark, put.value.was) : null;
        return take?.ok ? applyEdits(after[i], take.value) : after[i];
      });
      const [was, now, back] = [await ask(texts), await ask(after), await ask(taken)];
      for (const [i, text] of texts.entries()) {
        const put = puts[i];
        const told = JSON.stringify([text, after[i], taken[i], was[i], now[i], back[i], put]);
        expect([/s3cret/.test(redactAuth(text)), told]).toEqual([false, told]);
        if (!put.ok) {
          seen.refused++;
          // What Python reads may still be refused where the source stands in a form that no line of its own can be put beside.
          const isForm = /http-basic\s*"?\]|http-basic\s*"?\s*=|codeartifact"?\.password|"""/.test(text);
          expect([was[i].refused !== undefined || isForm, told]).toEqual([true, told]);
          continue;
        }
        seen.written++;
        const { 'http-basic': basic = {}, ...others } = (was[i].view ?? {}) as Record<
          string,
          Record<string, object>
        >;
        const ours = { ...basic['codeartifact'], username: 'aws', password: TOKEN };
        const wanted = { ...others, 'http-basic': { ...basic, codeartifact: ours } };
        const right =
          isDeepStrictEqual(now[i].view, wanted) &&
          isDeepStrictEqual(back[i].view, was[i].view) &&
          applyEdits(after[i], invertEdits(text, put.value.edits)) === text;
        expect([right, told]).toEqual([true, told]);
      }
    }
    expect(Math.min(seen.written, seen.refused)).toBeGreaterThan(FILES / 20);
  }, 120_000);
});
