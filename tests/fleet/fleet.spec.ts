import { type Scenario, simulate } from '../../bench/fleet/simulation';

const FLEET: Omit<Scenario, 'name'> = {
  notebooks: 3000,
  fleetSize: 3000,
  hours: 3,
  arrivalMs: 0,
  tokenHours: 12,
  clicks: 1
};
/** One turn for each at 0.8 of the quota, in seconds. */
const PERIOD = 3000 / 32;

/** Some hundred thousand events each: seconds, but not on every machine. */
jest.setTimeout(120_000);

it('all at the same moment: nobody is throttled, and all are connected after one period', async () => {
  const report = await simulate({ ...FLEET, name: 'at nine' });
  expect(report).toMatchObject({ throttled: 0, notConnected: 0 });
  expect(report.waitSeconds.p99).toBeLessThanOrEqual(1.3 * PERIOD);
  expect(report.clickMs.most).toBe(0);
});

it('after an outage they come back in turn', async () => {
  const report = await simulate({ ...FLEET, name: 'outage', outage: [0, 30] });
  expect(report).toMatchObject({ throttled: 0, notConnected: 0 });
  // The last failure before the end, then a retry's wait and one period.
  expect(report.waitSeconds.most).toBeLessThanOrEqual(30 * 60 + 60 + PERIOD + 5);
});

it('tokens of an hour are renewed without a peak, each before its end', async () => {
  const report = await simulate({ ...FLEET, name: 'an hour', tokenHours: 1, hours: 6 });
  expect(report).toMatchObject({ throttled: 0, withoutTokenMinutes: 0 });
  expect(report.renewals).toBeGreaterThan(3000 * 6);
});

it('a fleet whose size nobody has set finds its way in, throttled less and less', async () => {
  const report = await simulate({ ...FLEET, name: 'unset', fleetSize: 0 });
  expect(report).toMatchObject({ notConnected: 0 });
  expect(report.throttled).toBeGreaterThan(0);
  expect(report.waitSeconds.most).toBeLessThan(600);
});

it('is the same each time', async () => {
  const few = { ...FLEET, name: 'few', notebooks: 50, hours: 13 };
  expect(await simulate(few)).toEqual(await simulate(few));
});
