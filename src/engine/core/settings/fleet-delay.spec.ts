import { fleetDelay, fractionOf } from './fleet-delay';

it('one notebook never waits', () => {
  expect([fleetDelay(0, 0.9), fleetDelay(1, 0.9)]).toEqual([0, 0]);
});

it('ten thousand notebooks are spread evenly over what 32 calls a second need', () => {
  const perSecond = new Map<number, number>();
  for (let i = 0; i < 10_000; i++) {
    const second = Math.floor(fleetDelay(10_000, fractionOf(`notebook-${i}`)) / 1000);
    perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
  }
  // 32 a second on average; the quota has a burst above 40 that this even spread leaves nearly unused.
  expect(Math.max(...perSecond.keys())).toBeLessThan(313);
  expect([...perSecond.values()].filter(n => n > 60)).toEqual([]);
  const over = [...perSecond.values()].reduce((sum, n) => sum + Math.max(0, n - 40), 0);
  expect(over).toBeLessThan(200);
});

it('a name always has the same place', () => {
  expect(fractionOf('a')).toBe(fractionOf('a'));
  expect(fractionOf('a')).not.toBe(fractionOf('b'));
});
