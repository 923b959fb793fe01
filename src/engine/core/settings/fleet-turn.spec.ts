import * as fc from 'fast-check';
import { fractionOf, nextTurn } from './fleet-turn';

const NINE = Date.UTC(2026, 10, 23, 9);

it('one notebook never waits', () => {
  for (const fleetSize of [0, 1]) {
    expect(nextTurn({ fleetSize, fraction: 0.9 }, NINE)).toBe(NINE);
  }
  expect(nextTurn({ fleetSize: 0, fraction: 0 }, NINE)).toBe(NINE);
});

it('waits no longer than the quota needs for all, and comes back to the same turn in each period', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 100_000 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      fc.integer({ min: 0, max: 4e12 }),
      (fleetSize, fraction, at) => {
        const periodMs = (fleetSize / 32) * 1000;
        const turn = nextTurn({ fleetSize, fraction }, at);
        expect(turn).toBeGreaterThanOrEqual(at);
        expect(turn - at).toBeLessThanOrEqual(Math.ceil(periodMs) + 1);
        // At the turn itself nothing is waited for, but for the millisecond that rounding takes.
        const again = nextTurn({ fleetSize, fraction }, turn + 1);
        expect(Math.abs(again - turn - periodMs)).toBeLessThanOrEqual(2);
      }
    )
  );
});

it.each([
  ['all at the same moment', () => 0],
  ['half of them two minutes later', (i: number) => (i % 2) * 120_000],
  ['over an hour', (i: number) => (i * 997) % 3_600_000]
])('ten thousand notebooks stay under the quota of 40 tokens a second: %s', (_, arrival) => {
  const perSecond = new Map<number, number>();
  for (let i = 0; i < 10_000; i++) {
    const place = { fleetSize: 10_000, fraction: fractionOf(`notebook-${i}`) };
    const second = Math.floor((nextTurn(place, NINE + arrival(i)) - NINE) / 1000);
    perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
  }
  // A bucket that holds one second's quota and is filled with 40 a second never runs dry.
  let tokens = 40;
  let least = 40;
  for (let second = 0; second <= Math.max(...perSecond.keys()); second++) {
    tokens = Math.min(40, tokens + 40 - (perSecond.get(second) ?? 0));
    least = Math.min(least, tokens);
  }
  expect(least).toBeGreaterThan(0);
});

it('a name always has the same place', () => {
  expect(fractionOf('a')).toBe(fractionOf('a'));
  expect(fractionOf('a')).not.toBe(fractionOf('b'));
});
