import { fakeClock } from '../../../testing/fixtures/diagnosis/fake-clock';
import type { Rung } from '../../protocol/rung';
import { DEFAULT_SETTINGS } from '../../protocol/settings';
import { failed } from '../core/failure';
import type { State } from './machine/state';
import { createResultStore } from './result-store';

const DISCONNECTED: State = { kind: 'disconnected' };

const rung = (summary: string): Rung => ({
  id: 'token',
  title: 'Authorization token',
  verdict: 'running',
  ms: 0,
  summary,
  evidence: {}
});

function setUp() {
  const clock = fakeClock();
  const told: number[] = [];
  const store = createResultStore(clock, () => told.push(clock.ticks()));
  return { clock, told, store };
}

test('progress is told at most every 50 ms, and the last change is never lost', async () => {
  const { clock, told, store } = setUp();
  const run = store.begin();
  await clock.advance(100);
  for (let i = 0; i < 10; i++) {
    run.rungs(() => [rung(`${i}`)]);
    await clock.advance(10);
  }
  await clock.advance(1000);
  expect(told).toEqual([100, 150, 200]);
  expect(store.progress()).toEqual([rung('9')]);
});

test('a run that another has replaced is not heard any more', async () => {
  const { clock, told, store } = setUp();
  const first = store.begin();
  const second = store.begin();
  await clock.advance(100);
  first.rungs(() => [rung('old')]);
  first.end({ verdict: 'timeout', summary: 'old' });
  expect(told).toEqual([]);
  second.end({ verdict: 'ok', summary: 'new' });
  expect(store.document(DISCONNECTED, null, [])).toMatchObject({ verdict: 'ok', summary: 'new' });
});

test('nothing is told of a run once it has ended', async () => {
  const { clock, told, store } = setUp();
  const run = store.begin();
  await clock.advance(100);
  run.rungs(() => [rung('1')]);
  run.rungs(() => [rung('2')]);
  run.end({ verdict: 'ok', summary: 'done' });
  await clock.advance(1000);
  expect(told).toEqual([100]);
  expect(store.progress()).toEqual([]);
});

test('a cancelled run leaves what was known before it', () => {
  const { store } = setUp();
  store.begin().end({ verdict: 'timeout', summary: 'known', files: [] });
  store.begin().end({ verdict: 'cancelled', summary: 'Cancelled.' });
  expect(store.cancelled()).toMatchObject({ verdict: 'cancelled' });
  expect(store.document(DISCONNECTED, null, [])).toMatchObject({ verdict: 'timeout', summary: 'known' });
});

describe('while an older token is valid and its renewal fails', () => {
  const { failure } = failed('tcp_silent', { host: 'x' });
  const connected = (clock: { now: () => number }): State => ({
    kind: 'connected',
    wakeAt: 0,
    trouble: { failure, since: clock.now(), count: 1 },
    grant: {
      target: {
        key: 'a',
        settings: { ...DEFAULT_SETTINGS, domain: 'd', repository: 'r' },
        region: 'eu-west-1'
      },
      token: null,
      indexUrl: 'https://example.com/simple/',
      obtainedAt: clock.now(),
      expiresAt: clock.now() + 3_600_000,
      refreshAt: null
    }
  });

  test('the same failure is told with the connection that still serves', () => {
    const { clock, store } = setUp();
    store.begin().end({ verdict: 'timeout', summary: 'Timeout at the API endpoint.' });
    expect(store.document(connected(clock), null, []).summary).toMatch(
      /^Connected to r in d, until .* could not be renewed: Timeout at the API endpoint\.$/
    );
  });

  test('another failure, seen by a diagnosis since, is told as it is', () => {
    const { clock, store } = setUp();
    const result = { verdict: 'access_denied', summary: 'AccessDenied by the role’s policy.' } as const;
    expect(store.answerOf(result, connected(clock), []).summary).toBe(result.summary);
  });
});
