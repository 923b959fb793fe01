import { mkdirSync, writeFileSync } from 'node:fs';
import type { Window } from './soak-messages';
import { soak } from './soak';

/**
 * Nothing grows and no renewal is lost or made twice, however long a server runs. CI's share is one simulated day;
 * `make soak` goes on for ten real minutes. What was measured is left in build/reports/soak.json, from which
 * `scripts/write-reliability.py` writes its part of docs/reliability.md.
 */
const SECONDS = Number(process.env['SOAK_SECONDS'] ?? 0);
const SEED = Number(process.env['SOAK_SEED'] ?? 1);
jest.setTimeout((SECONDS + 240) * 1000);

/** Live heap of the last third of the windows by that of the one before. 0.02 of it is 200 KB, or 1 KB a call. */
const MOST_GROWTH = 1.02;

/** Bytes that a call may seem to leave behind; none was seen to leave more than 40. A token that is kept takes 2,500. */
const MOST_BYTES_OF_A_CALL = 512;

const MIXED = 30;

const mean = (windows: readonly Window[], of: (window: Window) => number) =>
  windows.reduce((sum, window) => sum + of(window), 0) / windows.length;

const report = (part: object): void => {
  mkdirSync('build/reports', { recursive: true });
  writeFileSync('build/reports/soak.json', JSON.stringify(Object.assign(measured, part), null, 1));
};
const measured = {};

it('days of mixed calls leave memory and descriptors flat, and each renewal is made once', async () => {
  const { windows } = await soak({
    hours: 24,
    seconds: SECONDS,
    seed: SEED,
    callsOfEachKind: 0,
    mixedCalls: 0
  });
  report({ node: process.version, seed: SEED, seconds: SECONDS, windows });
  const third = Math.floor(windows.length / 3);
  const [middle, last] = [windows.slice(third, 2 * third), windows.slice(-third)];
  expect(windows.length).toBeGreaterThanOrEqual(12);
  // A token of one hour is renewed after 39 minutes, unless somebody clicked.
  expect(windows.at(-1)?.renewals).toBeGreaterThan(20);
  expect(mean(last, w => w.heap) / mean(middle, w => w.heap)).toBeLessThan(MOST_GROWTH);
  const open = windows.slice(third).map(w => w.descriptors);
  // A connection that is kept alive may be open or not at the moment of the reading.
  expect(Math.max(...open) - Math.min(...open)).toBeLessThanOrEqual(4);
});

it('no kind of call leaves memory behind, not even one small object', async () => {
  const { growth } = await soak({ hours: 0, seconds: 0, seed: SEED, callsOfEachKind: 60, mixedCalls: MIXED });
  report({ growth: growth.bytes });
  expect(Object.entries(growth.bytes).filter(([, bytes]) => bytes > MOST_BYTES_OF_A_CALL)).toEqual([]);
  // What is kept for each call shows as so many more of its class; a socket that is open at the moment does not.
  expect(Object.entries(growth.objects).filter(([, more]) => more >= MIXED * 0.8)).toEqual([]);
});
