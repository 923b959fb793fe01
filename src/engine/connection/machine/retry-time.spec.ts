import { aFailure } from '../../../../testing/fixtures/diagnosis/a-failure';
import { retryTime } from './retry-time';

const after = (cause: Parameters<typeof aFailure>[0], count = 1, more = {}) =>
  retryTime({ failure: aFailure(cause, more), since: 0, count }, 1_000_000, { fleetSize: 0, fraction: 0 });

it('tries again after a full disk or a lock as after a broken network', () => {
  for (const cause of ['disk_full', 'locked', 'file_changed', 'tcp_silent'] as const) {
    expect([1, 2, 3, 9].map(count => after(cause, count))).toEqual([
      1_010_000, 1_030_000, 1_060_000, 1_060_000
    ]);
  }
});

it('leaves to a person what only a person can mend', () => {
  expect(
    (['file_unparsable', 'not_writable', 'invalid_settings', 'cancelled'] as const).map(one => after(one))
  ).toEqual([null, null, null, null]);
});

it('asks for what was denied every five minutes, and waits as long as AWS says', () => {
  expect(after('denied', 9)).toBe(1_300_000);
  expect(after('throttled', 1, { retryAfterSeconds: 42 })).toBe(1_042_000);
});
