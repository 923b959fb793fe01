import { isDeepStrictEqual } from 'node:util';
import { decodeUtf8, encodeUtf8 } from '../../src/engine/tools/text/decode';
import { applyEdits, type Edit, invertEdits } from '../../src/engine/tools/text/edit';
import { sameIndex, withCredentials } from '../../src/engine/tools/text/url-credentials';
import { type Ownership, type Replaced } from '../../src/engine/tools/text/ownership';
import { putMachine, takeMachine } from '../../src/engine/tools/netrc/netrc-edit';
import { putIndex, takeIndex } from '../../src/engine/tools/pip/index-edit';
import type { Parsed } from '../../src/engine/tools/text/parse-result';
import { putServer, takeServer } from '../../src/engine/tools/twine/pypirc';
import { putUvIndex, takeUvIndex } from '../../src/engine/tools/uv/index-edit';
import { HOST, INDEX, TOKEN } from './home-fixture';
import { type Judge, type Judgement, judged, type Kind, startJudge } from './reference-parsers';
import { type Chance, createChance, randomIni, randomNetrc, randomToml } from './random-file';

// The suite's share; CI asks for 100,000. The seed is fixed so that a red run can be had again.
const FILES = Number(process.env['FUZZ_FILES'] ?? 3000);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20261123);
const BATCH = 500;

type Put = Parsed<{ edits: readonly Edit[]; was: Replaced }>;

/** One kind of file: how it is made, written, taken back, and which change its reader may see. */
interface Case {
  readonly name: string;
  readonly kind: Kind;
  readonly make: (chance: Chance) => Uint8Array;
  readonly put: (text: string) => Put;
  readonly take: (text: string, mark: Ownership, was: Replaced) => Parsed<readonly Edit[]>;
  /** Throws when the reader sees any other change than ours. */
  readonly compare: (before: Judgement, after: Judgement) => void;
  /** Whether a file its reader takes may be refused all the same, and why. */
  readonly mayRefuse: (text: string) => boolean;
  /** What the reader sees, for comparing a file taken back with what was there. */
  readonly view: (judgement: Judgement) => object;
}

const mark: Ownership = { indexUrl: INDEX, isOurs: password => password === TOKEN };
const without = (object: object, ...keys: string[]) =>
  Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
const list = (value: unknown) =>
  String(value ?? '')
    .split(/\s+/)
    .filter(Boolean);
const hasDefaults = (text: string) => text.includes('[DEFAULT]');

const must = (right: boolean, what: string): void => {
  if (!right) {
    throw new Error(what);
  }
};
// jest's own comparison takes longer than everything else here together.
const same = (a: unknown, b: unknown, what: string): void => must(isDeepStrictEqual(a, b), what);

const pipCase = (key: 'index-url' | 'extra-index-url', url: string): Case => ({
  name: `pip.conf, ${key}, ${url === INDEX ? 'netrc' : 'inline'}`,
  kind: 'pip',
  make: randomIni,
  put: text => putIndex(text, { url, key }),
  take: takeIndex,
  mayRefuse: hasDefaults,
  view: ({ view }) => view!,
  compare: (before, after) => {
    const name = `global.${key}`;
    same(without(after.view!, name), without(before.view!, name), 'another option changed for pip');
    const others = (value: unknown) => list(value).filter(u => !sameIndex(u, INDEX));
    if (key === 'index-url') {
      must(after.view![name] === url, 'pip does not see our URL');
    } else {
      same(others(after.view![name]), others(before.view![name]), 'another extra index changed');
      must(list(after.view![name]).includes(url), 'pip does not see our URL');
    }
    const isOurs = (section: string, option: string) =>
      section === 'global' && option.replace(/_/g, '-').replace(/^--/, '') === key;
    const rest = (raw: Judgement['raw']) =>
      Object.entries(raw!).map(([section, options]) =>
        Object.entries(options).filter(([option]) => !isOurs(section, option))
      );
    const had = rest(before.raw);
    same(
      rest(after.raw).filter((o, i) => i < had.length || o.length > 0),
      had,
      'another option changed'
    );
  }
});

const CASES: Case[] = [
  pipCase('index-url', INDEX),
  pipCase('index-url', withCredentials(INDEX, TOKEN)),
  pipCase('extra-index-url', withCredentials(INDEX, TOKEN)),
  {
    name: '.pypirc',
    kind: 'pip',
    make: randomIni,
    put: text => putServer(text, 'https://host/pypi/r/', TOKEN),
    take: takeServer,
    mayRefuse: hasDefaults,
    view: ({ raw }) => raw!,
    compare: (before, after) => {
      const [old, now] = [before.raw!, after.raw!];
      const keys = ['repository', 'username', 'password'];
      const ours = keys.map(key => now['codeartifact']?.[key]);
      same(ours, ['https://host/pypi/r/', 'aws', TOKEN], 'twine does not see our values');
      must(list(now['distutils']['index-servers']).includes('codeartifact'), 'our server is not listed');
      const rest = (raw: typeof now) => [
        without(raw, 'codeartifact', 'distutils'),
        without(raw['codeartifact'] ?? {}, ...keys),
        without(raw['distutils'] ?? {}, 'index-servers')
      ];
      same(rest(now), rest(old), 'another option changed');
    }
  },
  {
    name: '.netrc',
    kind: 'netrc',
    make: chance => randomNetrc(chance, HOST),
    put: text => putMachine(text, HOST, TOKEN),
    take: (text, m, was) => takeMachine(text, HOST, m, was),
    mayRefuse: () => false,
    view: ({ view }) => view!,
    compare: (before, after) => {
      const [old, now] = [before.view!, after.view!] as { hosts: Record<string, string[]>; macros: object }[];
      same(now.hosts[HOST], ['aws', old.hosts[HOST]?.[1] ?? '', TOKEN], 'pip does not see our entry');
      same(without(now.hosts, HOST), without(old.hosts, HOST), 'another entry changed');
      same(now.macros, old.macros, 'a macro changed');
    }
  },
  ...[true, false].map((isDefault): Case => ({
    name: `uv.toml, ${isDefault ? 'default' : 'extra'}`,
    kind: 'toml',
    make: randomToml,
    put: text => putUvIndex(text, { url: INDEX, isDefault }),
    take: takeUvIndex,
    mayRefuse: text => /index"?'?\s*=|\[index\]/.test(text) || /"""|'''/.test(text),
    view: ({ view }) => view!,
    compare: (before, after) => {
      same(without(after.view!, 'index'), without(before.view!, 'index'), 'another key changed');
      const [old, now] = [before.view!['index'] ?? [], after.view!['index']] as Record<string, unknown>[][];
      const ours = now.filter(i => i['url'] === INDEX);
      must(
        ours.length === 1 && now.indexOf(ours[0]) === (isDefault ? 0 : now.length - 1),
        'ours is misplaced'
      );
      same(
        now.filter(i => i !== ours[0]),
        old,
        'another index changed'
      );
    }
  }))
];

let judge: Judge;
beforeAll(() => {
  judge = startJudge();
});
afterAll(() => judge.stop());

interface Trial {
  readonly bytes: Uint8Array;
  readonly text: string | null;
  readonly put: Put | null;
  readonly after: string | null;
  readonly taken: string | null;
}

function attempt({ make, put, take }: Case, chance: Chance): Trial {
  const bytes = make(chance);
  const decoded = decodeUtf8(bytes);
  if (!decoded.ok) {
    return { bytes, text: null, put: { ok: false, problem: decoded.problem }, after: null, taken: null };
  }
  const text = decoded.value;
  const result = put(text);
  if (!result.ok) {
    return { bytes, text, put: result, after: null, taken: null };
  }
  const after = applyEdits(text, result.value.edits);
  const back = take(after, mark, result.value.was);
  return { bytes, text, put: result, after, taken: back.ok ? applyEdits(after, back.value) : null };
}

function check(one: Case, trial: Trial, before: Judgement, after?: Judgement, taken?: Judgement): void {
  const { text, put } = trial;
  if (!put!.ok) {
    const { line } = put!.problem;
    if (before.refused === undefined) {
      must(one.mayRefuse(text ?? ''), 'a file its reader takes is refused');
    } else if (before.refused > 0) {
      must(line === before.refused, `line ${line} is named, the reader stops at ${before.refused}`);
    }
    return must(line > 0, 'no line is named');
  }
  // (3) What the reader refuses is refused; (1) the reader sees our change only; (2) undo is exact.
  must(before.refused === undefined, 'a file its reader refuses is edited');
  must(after!.refused === undefined, 'the edited file cannot be read');
  one.compare(before, after!);
  const undone = applyEdits(trial.after!, invertEdits(text!, put!.value.edits));
  must(Buffer.compare(encodeUtf8(undone), trial.bytes) === 0, 'undo is not exact');
  // Taken back by what is ours, as from a file edited since: the reader sees what it saw.
  must(trial.taken !== null && taken!.refused === undefined, 'the file taken back cannot be read');
  same(blank(one.view(taken!)), blank(one.view(before)), 'what the reader sees did not come back');
}

/** Without the white space inside values and without empty sections: those may stay behind. */
const blank = (view: object): unknown =>
  Object.fromEntries(
    Object.entries(
      JSON.parse(JSON.stringify(view), (_, v: unknown) =>
        typeof v === 'string' ? list(v).join(' ') : v
      ) as object
    ).filter(([, v]) => v === null || typeof v !== 'object' || Object.keys(v as object).length > 0)
  );

interface Asked {
  readonly trials: readonly Trial[];
  readonly answers: Promise<Judgement[]>;
}

function checkAll(one: Case, trials: readonly Trial[], judgements: readonly Judgement[]): void {
  const answers = judgements[Symbol.iterator]();
  const next = (text: string | null) => (text === null ? undefined : (answers.next().value as Judgement));
  for (const trial of trials) {
    const before = next('')!;
    const [after, taken] = [next(trial.after), next(trial.taken)];
    try {
      check(one, trial, before, after, taken);
    } catch (error) {
      const all = [trial.text ?? Buffer.from(trial.bytes), trial.after, trial.taken, trial.put];
      throw new Error(`${all.map(v => JSON.stringify(v)).join('\n')}\n${(error as Error).message}`);
    }
  }
}

describe.each(CASES.filter(one => judged().includes(one.kind)))('$name', one => {
  const share = Math.ceil(FILES / CASES.length);

  test(`${share} random files: only our keys change for the real reader, undo is exact`, async () => {
    const chance = createChance(SEED + CASES.indexOf(one));
    const seen = { written: 0, refused: 0 };
    const ask = (count: number): Asked => {
      const trials = Array.from({ length: count }, () => attempt(one, chance));
      const files = trials.flatMap(({ bytes, after, taken }) => [
        bytes,
        ...[after, taken].flatMap(t => (t === null ? [] : [encodeUtf8(t)]))
      ]);
      return { trials, answers: judge.ask(files.map(bytes => [one.kind, bytes] as const)) };
    };
    // While Python judges one batch, the next is made.
    let asked = ask(Math.min(BATCH, share));
    for (let done = 0; done < share; done += BATCH) {
      const next = ask(Math.max(0, Math.min(BATCH, share - done - BATCH)));
      checkAll(one, asked.trials, await asked.answers);
      const written = asked.trials.filter(trial => trial.after !== null).length;
      seen.written += written;
      seen.refused += asked.trials.length - written;
      asked = next;
    }
    // A generator that makes only good or only bad files would prove little.
    expect(Math.min(seen.written, seen.refused)).toBeGreaterThan(share / 100);
  }, 600_000);
});
