import { execFileSync } from 'node:child_process';
import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';
import { done } from '../../src/engine/core/failure';
import { readNpmrc, valueOf } from '../../src/engine/tools/npm/npmrc';
import { putRegistry, takeRegistry } from '../../src/engine/tools/npm/npmrc-edit';
import { sameRegistry, tokenKey } from '../../src/engine/tools/npm/registry-url';
import { npmLook } from '../../src/engine/tools/npm/shadows';
import { applyEdits, invertEdits } from '../../src/engine/tools/text/edit';
import type { ToolsDeps } from '../../src/engine/tools/tools-deps';
import { createChance } from '../files/random-file';
import { INDEX } from '../files/home-fixture';
import { count, emptyTally, report, share, startJudge } from './judges';
import { npmCase, type NpmCase, npmrc, REGISTRY, TOKEN } from './npm-cases';

// npm's own configuration code judges: which registry and token `npm view` uses, and what a file of it says.

interface Told {
  readonly registry?: string;
  readonly token?: string | null;
  readonly offline?: boolean;
  readonly proxy?: string | null;
  readonly error?: string;
}
interface Read {
  readonly view?: readonly (readonly [string, unknown])[];
  readonly error?: string;
}

const npmRoot = join(execFileSync('npm', ['root', '--global'], { encoding: 'utf8' }).trim(), 'npm');
let judge: ReturnType<typeof startJudge<NpmCase | string, (Told & Read)[]>>;
beforeAll(() => {
  judge = startJudge(process.execPath, 'npm-judge.cjs', { NPM_ROOT: npmRoot });
});
afterAll(() => judge.stop());

const ROOT = '/judge';
const isOurs = (password: string): boolean => password === TOKEN;
const placed = (text: string): string => text.replaceAll('ROOT', ROOT);

/** The case as the engine would find it on a disk. */
function depsOf({ env, files, cwd }: NpmCase): ToolsDeps {
  const on = new Map(
    Object.entries(files).map(([path, text]) => [placed(path), text === null ? null : placed(text)])
  );
  const isFolder = (path: string) =>
    on.get(path) === null || [...on.keys()].some(known => known.startsWith(`${path}/`));
  const variables = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, placed(value)]));
  return {
    runtime: { env: variables, home: variables['HOME'], cwd: placed(cwd), platform: 'linux' } as never,
    disk: {
      read: (path: string) => {
        const text = on.get(path);
        const bytes = typeof text === 'string' ? Buffer.from(text) : null;
        return Promise.resolve(done({ path, real: path, file: bytes && { bytes } }));
      },
      isFolder: (path: string) => Promise.resolve(isFolder(path)),
      resolve: (path: string) => Promise.resolve(path)
    } as never,
    dataDir: ''
  };
}

const BATCH = 250;

test('npm uses the connection where the model says so, and nowhere else', async () => {
  const chance = createChance(11);
  const tally = emptyTally();
  const differences: unknown[] = [];
  for (let left = share(750); left > 0; left -= BATCH) {
    const cases = Array.from({ length: Math.min(BATCH, left) }, () => npmCase(chance));
    for (const [i, told] of (await judge.ask(cases)).entries()) {
      const look = await npmLook(depsOf(cases[i]), { indexUrl: INDEX, isOurs });
      const works =
        told.error === undefined &&
        !told.offline &&
        sameRegistry(told.registry ?? '', REGISTRY) &&
        told.token === TOKEN;
      const free = look.uses && look.shadows.length === 0;
      count(tally, works, free);
      const taken = (look.asks?.networks ?? []).map(({ proxy }) => new URL(proxy!.url.reveal()).href);
      const sameWay = !works || isDeepStrictEqual(taken, told.proxy ? [told.proxy] : []);
      if (free !== works || !sameWay) {
        differences.push({
          told,
          said: look.shadows.map(({ by }) => by),
          uses: look.uses,
          taken,
          given: cases[i]
        });
      }
    }
  }
  report('npm', tally, differences);
  expect(differences.slice(0, 3).map(one => JSON.stringify(one, null, 1))).toEqual([]);
  expect(tally.working).toBeGreaterThan(tally.configurations / 5);
  expect(tally.working).toBeLessThan(tally.configurations * 0.9);
}, 3_600_000);

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value) ?? 'null');

test('random files: npm sees our settings and no other change; undone, and taken out of what was edited, byte for byte', async () => {
  const chance = createChance(12);
  const seen = { written: 0, refused: 0 };
  const mark = { indexUrl: INDEX, isOurs };
  for (let left = share(3000); left > 0; left -= BATCH) {
    const texts = Array.from({ length: BATCH }, () => npmrc(chance, 8));
    const puts = texts.map(text => putRegistry(text, REGISTRY, TOKEN));
    const after = texts.map((text, i) => {
      const put = puts[i];
      return put.ok ? applyEdits(text, put.value.edits) : text;
    });
    const taken = after.map((text, i) => {
      const put = puts[i];
      const take = put.ok ? takeRegistry(text, mark, put.value.was) : null;
      return take?.ok ? applyEdits(text, take.value) : text;
    });
    const [was, now, back] = [await judge.ask(texts), await judge.ask(after), await judge.ask(taken)];
    for (const [i, text] of texts.entries()) {
      const put = puts[i];
      const told = JSON.stringify({
        text,
        after: after[i],
        taken: taken[i],
        was: was[i],
        now: now[i],
        back: back[i]
      });
      if (!put.ok) {
        seen.refused++;
        expect([was[i].error !== undefined || /registry\.x/.test(text), told]).toEqual([true, told]);
        continue;
      }
      seen.written++;
      const ours = ['registry', tokenKey(REGISTRY)];
      const view = (read: Read) => new Map(read.view);
      const rest = (read: Read) => [...view(read)].filter(([key]) => !ours.includes(key));
      const right =
        was[i].error === undefined &&
        isDeepStrictEqual(
          ours.map(key => view(now[i]).get(key)),
          [REGISTRY, TOKEN]
        ) &&
        isDeepStrictEqual(new Map(rest(now[i])), new Map(rest(was[i]))) &&
        isDeepStrictEqual(plain([...view(back[i])].sort()), plain([...view(was[i])].sort())) &&
        applyEdits(after[i], invertEdits(text, put.value.edits)) === text;
      expect([right, told]).toEqual([true, told]);
    }
  }
  expect(Math.min(seen.written, seen.refused)).toBeGreaterThan(0);
}, 3_600_000);

test('the reader takes what npm takes', async () => {
  const chance = createChance(13);
  const texts = Array.from({ length: share(2000) }, () => npmrc(chance, 8));
  for (const [i, { view, error }] of (await judge.ask(texts)).entries()) {
    const npmrcRead = readNpmrc(texts[i]);
    if (!npmrcRead.ok) {
      expect([error !== undefined || /registry\.x/.test(texts[i]), texts[i]]).toEqual([true, texts[i]]);
      continue;
    }
    const { settings } = npmrcRead.value;
    const keys = [...new Set(settings.map(({ key }) => key))];
    const mine = new Map(keys.map(key => [key, plain(valueOf(settings, key))]));
    expect([new Map(view), texts[i]]).toEqual([mine, texts[i]]);
  }
}, 3_600_000);
