import { type Cause, CAUSES, verdictOf } from '../../../protocol/messages/describe';
import { aFailure } from '../../../../testing/fixtures/diagnosis/a-failure';
import * as fc from 'fast-check';
import { DEFAULT_SETTINGS } from '../../../protocol/settings';
import type { Failure } from '../../core/failure';
import type { Event } from './event';
import { START, type Grant, type Machine, type State, type ConnectionTarget } from './state';
import { transition } from './transition';

const target = (key: string): ConnectionTarget => ({ key, settings: DEFAULT_SETTINGS, region: 'us-east-1' });
const grant = (key: string, obtainedAt: number, ttl: number, renew = true): Grant => ({
  target: target(key),
  token: null,
  indexUrl: 'https://example.com/simple/',
  obtainedAt,
  expiresAt: obtainedAt + ttl,
  refreshAt: renew ? obtainedAt + ttl * 0.6 : null
});
const failure = (verdict: Failure['verdict']): Failure =>
  aFailure((Object.keys(CAUSES) as Cause[]).find(cause => verdictOf(cause) === verdict) ?? 'tcp_silent');

/** Runs events that refer to "the live attempt" by the machine's own number, as the keeper does. */
function run(machine: Machine, ...events: Event[]): Machine {
  return events.reduce((m, e) => transition(m, e).next, machine);
}

const attemptOf = (state: State): number => ('attempt' in state ? state.attempt : -1);

describe('a connection', () => {
  const asked = run(START, { type: 'connectAsked', by: 'person', target: target('a'), at: 0 });
  const connected = run(asked, { type: 'minted', attempt: 1, grant: grant('a', 10, 1000), at: 10 });

  it('goes from disconnected to connected by a click', () => {
    expect(asked.state.kind).toBe('connecting');
    expect(connected.state).toMatchObject({ kind: 'connected', wakeAt: 610, trouble: null });
  });

  it('renews when it is woken, and keeps the old token while renewal fails', () => {
    const refreshing = run(connected, { type: 'wake', due: 610, at: 610 });
    expect(refreshing.state.kind).toBe('refreshing');
    const troubled = run(refreshing, {
      type: 'attemptFailed',
      attempt: 2,
      failure: failure('timeout'),
      at: 620
    });
    expect(troubled.state).toMatchObject({ kind: 'connected', trouble: { since: 620, count: 1 } });
    const again = run(
      troubled,
      { type: 'wake', due: 1010, at: 1010 },
      { type: 'attemptFailed', attempt: 3, failure: failure('timeout'), at: 1011 }
    );
    // The token has ended meanwhile, and its lines are still on the disk.
    expect(again.state).toMatchObject({
      kind: 'expired',
      grant: { expiresAt: 1010 },
      trouble: { since: 620, count: 2 },
      wakeAt: 1011 + 30_000
    });
  });

  it('refuses a token that is over when it comes, and keeps the one that serves', () => {
    const refreshing = run(connected, { type: 'wake', due: 610, at: 700 });
    const after = run(refreshing, { type: 'minted', attempt: 2, grant: grant('a', 0, 600), at: 700 });
    expect(after.state).toMatchObject({
      kind: 'connected',
      grant: { expiresAt: 1010 },
      trouble: { failure: { verdict: 'clock_skew' } }
    });
  });

  it('ignores an answer that comes after a cancel', () => {
    const cancelled = run(asked, { type: 'cancelAsked', at: 5 });
    expect(cancelled.state).toMatchObject({ kind: 'failed', wakeAt: null });
    expect(
      transition(cancelled, { type: 'minted', attempt: 1, grant: grant('a', 6, 1000), at: 6 }).changed
    ).toBe(false);
  });

  it('takes over what another process connected, and lets go when another one disconnected', () => {
    const adopted = run(START, { type: 'adopted', grant: grant('b', 0, 1000), at: 1 });
    expect(adopted.state.kind).toBe('connected');
    expect(run(adopted, { type: 'adopted', grant: null, at: 2 }).state.kind).toBe('disconnected');
  });

  it('stays connected with the reason when Disconnect could not put the files back', () => {
    const going = run(connected, { type: 'disconnectAsked', at: 20 });
    const back = run(going, { type: 'restored', attempt: 2, failure: failure('write_failed'), at: 21 });
    // Somebody wants to be rid of it: it must not be renewed by itself.
    expect(back.state).toMatchObject({
      kind: 'connected',
      grant: { refreshAt: null },
      wakeAt: 1010,
      trouble: { failure: { verdict: 'write_failed' } }
    });
  });

  it('keeps an ended token when a connect over it fails or is cancelled, and can be disconnected', () => {
    const over = run(connected, { type: 'wake', due: 610, at: 2000 });
    expect(over.state).toMatchObject({ kind: 'connecting', previous: { expiresAt: 1010 } });
    const failed = run(over, { type: 'attemptFailed', attempt: 2, failure: failure('timeout'), at: 2001 });
    expect(failed.state).toMatchObject({ kind: 'expired', grant: { expiresAt: 1010 } });
    const cancelled = run(over, { type: 'cancelAsked', at: 2001 });
    expect(cancelled.state).toMatchObject({ kind: 'expired', wakeAt: null });
    expect(run(failed, { type: 'disconnectAsked', at: 2002 }).state).toMatchObject({
      kind: 'disconnecting',
      shown: { expiresAt: 1010 }
    });
  });

  it('wakes for what it was armed for, however the wall clock stands', () => {
    const troubled = run(
      connected,
      { type: 'wake', due: 610, at: 610 },
      { type: 'attemptFailed', attempt: 2, failure: failure('access_denied'), at: 620 }
    );
    // An alarm of a former state changes nothing; the present one counts after the clock was set back, too.
    expect(transition(troubled, { type: 'wake', due: 610, at: 5000 }).changed).toBe(false);
    expect(run(troubled, { type: 'wake', due: 1010, at: 100 }).state.kind).toBe('refreshing');
  });

  it('without autoRefresh ends as expired and asks for nothing', () => {
    const plain = run(asked, { type: 'minted', attempt: 1, grant: grant('a', 10, 1000, false), at: 10 });
    expect(plain.state).toMatchObject({ kind: 'connected', wakeAt: 1010 });
    expect(run(plain, { type: 'wake', due: 1010, at: 1010 }).state).toMatchObject({
      kind: 'expired',
      wakeAt: null
    });
  });
});

describe('any sequence of events', () => {
  const verdicts = ['timeout', 'access_denied', 'throttled', 'write_failed', 'cancelled'] as const;
  const step = fc.record({
    kind: fc.constantFrom(
      'click',
      'auto',
      'minted',
      'stale',
      'failed',
      'cancel',
      'wake',
      'oldWake',
      'refresh',
      'adopt',
      'gone',
      'disconnect',
      'restored',
      'notRestored',
      'loaded'
    ),
    key: fc.constantFrom('a', 'b'),
    wait: fc.integer({ min: 0, max: 2_000_000 }),
    ttl: fc.integer({ min: -10, max: 3_000_000 }),
    renew: fc.boolean(),
    verdict: fc.constantFrom(...verdicts)
  });

  it('keeps the invariants', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), steps => {
        let machine = START;
        let at = 0;
        let wake: number | null = null;
        let running: number | null = null;
        for (const s of steps) {
          at += s.wait;
          const live = attemptOf(machine.state);
          const g = grant(s.key, at, s.ttl, s.renew);
          const event: Event = (
            {
              click: { type: 'connectAsked', by: 'person', target: target(s.key), at },
              auto: { type: 'connectAsked', by: 'automatic', target: target(s.key), at },
              minted: { type: 'minted', attempt: live, grant: g, at },
              stale: { type: 'minted', attempt: live - 1, grant: g, at },
              failed: { type: 'attemptFailed', attempt: live, failure: failure(s.verdict), at },
              cancel: { type: 'cancelAsked', at },
              wake: { type: 'wake', due: wake ?? -1, at },
              oldWake: { type: 'wake', due: (wake ?? 0) - 1, at },
              refresh: { type: 'refreshAsked', at },
              adopt: { type: 'adopted', grant: g, at },
              gone: { type: 'adopted', grant: null, at },
              disconnect: { type: 'disconnectAsked', at },
              restored: { type: 'restored', attempt: live, failure: null, at },
              notRestored: { type: 'restored', attempt: live, failure: failure('write_failed'), at },
              loaded: { type: 'loaded', grant: g, at }
            } as Record<string, Event>
          )[s.kind];
          const before = machine.state;
          const result = transition(machine, event);
          machine = result.next;
          for (const effect of result.effects) {
            if (effect.type === 'wakeAt') {
              wake = effect.at;
            }
            if (effect.type === 'noWake') {
              wake = null;
            }
            if (effect.type === 'abort') {
              running = null;
            }
            if (
              effect.type === 'startConnect' ||
              effect.type === 'startRefresh' ||
              effect.type === 'restoreFiles'
            ) {
              expect(
                running === null ||
                  !['connecting', 'refreshing'].includes(before.kind) ||
                  running === effect.attempt
              ).toBe(true);
              running = effect.attempt;
            }
          }
          const { state } = machine;
          // I1: an attempt runs exactly when the state names it.
          if (state.kind === 'connecting' || state.kind === 'refreshing' || state.kind === 'disconnecting') {
            expect(running).toBe(state.attempt);
            expect(wake).toBeNull();
          } else {
            running = null;
            // I2, I7: one wake, as the state says, never later than expiry while connected.
            expect(wake).toBe('wakeAt' in state ? state.wakeAt : null);
            if (state.kind === 'connected') {
              expect(state.wakeAt).toBeLessThanOrEqual(state.grant.expiresAt);
            }
          }
          // I3: a token, valid or ended, is lost only to disconnect or to its successor.
          const had = 'grant' in before ? before.grant : null;
          if (had && !['disconnect', 'gone'].includes(s.kind) && before.kind !== 'disconnecting') {
            const has = 'grant' in state ? state.grant : state.kind === 'connecting' ? state.previous : null;
            expect(has).not.toBeNull();
          }
          // I4: what was just minted is valid.
          if (s.kind === 'minted' && result.changed && state.kind === 'connected' && state.trouble === null) {
            expect(state.grant.expiresAt).toBeGreaterThan(at);
          }
          // I5: disconnect is accepted from every state.
          if (s.kind === 'disconnect') {
            expect(state.kind).toBe('disconnecting');
          }
          // I8: a stale answer changes nothing.
          if (s.kind === 'stale' || s.kind === 'oldWake') {
            expect(result.changed).toBe(false);
          }
        }
      }),
      { numRuns: 5000, seed: 20261123 }
    );
  });
});
