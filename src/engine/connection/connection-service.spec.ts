import type { Clock, Runtime } from '../runtime/runtime';
import type { Grant, ConnectionTarget } from './machine/state';
import { done, failed, type Outcome } from '../core/failure';
import { DEFAULT_SETTINGS } from '../../protocol/settings';
import { createConnectionService, type ConnectionWork } from './connection-service';

const HOUR = 3_600_000;

/** A clock that stands still until told; sleepers wake in order. */
function standingClock() {
  let now = 1_000_000;
  let offset = 0;
  const naps: number[] = [];
  const sleepers: { at: number; wake: () => void; signal?: AbortSignal }[] = [];
  const clock: Clock = {
    now: () => now + offset,
    ticks: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        naps.push(ms);
        const stop = () => reject(new Error('aborted'));
        const wake = () => {
          signal?.removeEventListener('abort', stop);
          resolve();
        };
        sleepers.push({ at: now + ms, wake, signal });
        signal?.addEventListener('abort', stop);
      })
  };
  const settle = () => new Promise(resolve => setImmediate(resolve));
  return {
    clock,
    waiting: () => sleepers.filter(s => !s.signal?.aborted).length,
    /** Time passes; whoever slept long enough wakes. */
    pass: async (ms: number) => {
      const until = now + ms;
      for (;;) {
        await settle();
        const due = sleepers.filter(s => !s.signal?.aborted && s.at <= until).sort((a, b) => a.at - b.at)[0];
        if (!due) {
          break;
        }
        now = Math.max(now, due.at);
        sleepers.splice(sleepers.indexOf(due), 1);
        due.wake();
      }
      now = until;
      await settle();
    },
    naps: () => naps,
    /** Somebody corrects the wall clock. */
    setBack: (ms: number) => {
      offset -= ms;
    },
    /** The lid is shut: time passes, no timer fires meanwhile. */
    suspend: (ms: number) => {
      now += ms;
    }
  };
}

const target: ConnectionTarget = { key: 'a', settings: DEFAULT_SETTINGS, region: 'us-east-1' };

function runtime(clock: Clock): Runtime {
  return { clock, env: {}, random: () => 0.5, home: '', platform: 'linux', log: () => undefined };
}

function grantAt(now: number): Grant {
  return {
    target,
    token: null,
    indexUrl: '',
    obtainedAt: now,
    expiresAt: now + 12 * HOUR,
    refreshAt: now + 8 * HOUR
  };
}

function setUp(outcomes: Outcome<'token'>[] = [], options = {}) {
  const time = standingClock();
  const calls: string[] = [];
  const next = (name: string) => {
    calls.push(name);
    const outcome = outcomes.shift() ?? done('token');
    return Promise.resolve(outcome.ok ? done(grantAt(time.clock.now())) : outcome);
  };
  const work: ConnectionWork = {
    connect: () => next('connect'),
    refresh: () => next('refresh'),
    restore: () => {
      calls.push('restore');
      return Promise.resolve(null);
    }
  };
  const service = createConnectionService(runtime(time.clock), work, () => undefined, options);
  return { time, calls, service };
}

const click = { type: 'connectAsked', by: 'person', target } as const;

describe('a kept connection', () => {
  it('is renewed before it ends, again and again', async () => {
    const { time, calls, service } = setUp();
    service.dispatch(click);
    await time.pass(0);
    await time.pass(8 * HOUR);
    expect(calls).toEqual(['connect', 'refresh']);
    await time.pass(24 * HOUR);
    expect(calls).toEqual(['connect', 'refresh', 'refresh', 'refresh', 'refresh']);
    expect(service.state().kind).toBe('connected');
    await service.close();
  });

  it('keeps serving the old token while renewal fails, and goes on trying', async () => {
    const refused = failed('tcp_silent', { host: 'x' });
    const { time, calls, service } = setUp([done('token'), refused, refused]);
    service.dispatch(click);
    await time.pass(8 * HOUR);
    expect(service.state()).toMatchObject({ kind: 'connected', trouble: { count: 1 } });
    await time.pass(60_000);
    expect(calls.slice(0, 4)).toEqual(['connect', 'refresh', 'refresh', 'refresh']);
    expect(service.state()).toMatchObject({ kind: 'connected', trouble: null });
    await service.close();
  });

  it('is renewed once there is room, after a disk that was full over the renewal and the end of the token', async () => {
    const full = failed('disk_full', { path: '/home/u/.netrc', code: 'ENOSPC', access: 'write' });
    const { time, calls, service } = setUp([done('token'), ...Array.from({ length: 300 }, () => full)]);
    service.dispatch(click);
    await time.pass(11.9 * HOUR);
    expect(service.state()).toMatchObject({
      kind: 'connected',
      trouble: { failure: { cause: 'disk_full' } }
    });
    await time.pass(0.2 * HOUR);
    expect(service.state()).toMatchObject({ kind: 'expired', trouble: { failure: { cause: 'disk_full' } } });
    await time.pass(2 * HOUR);
    expect(service.state()).toMatchObject({ kind: 'connected', trouble: null });
    expect(calls).toHaveLength(302);
    await service.close();
  });

  it('notices after a suspend that the token is over', async () => {
    const { time, calls, service } = setUp();
    service.dispatch(click);
    await time.pass(0);
    time.suspend(13 * HOUR);
    await time.pass(30_000);
    expect(calls).toEqual(['connect', 'refresh']);
    expect(service.state().kind).toBe('connected');
    await service.close();
  });

  it('puts files back only after a running attempt has ended', async () => {
    const time = standingClock();
    const order: string[] = [];
    const work: ConnectionWork = {
      connect: (_, signal) =>
        new Promise(resolve => {
          signal.addEventListener('abort', () => {
            order.push('attempt ended');
            resolve(failed('cancelled', {}));
          });
        }),
      refresh: () => Promise.reject(new Error('not asked')),
      restore: () => {
        order.push('restored');
        return Promise.resolve(null);
      }
    };
    const service = createConnectionService(runtime(time.clock), work, () => undefined);
    service.dispatch(click);
    await time.pass(0);
    service.dispatch({ type: 'disconnectAsked' });
    await service.settled();
    expect(order).toEqual(['attempt ended', 'restored']);
    expect(service.state().kind).toBe('disconnected');
    await service.close();
  });

  it('survives work that throws: the failure is shown and tried again', async () => {
    const time = standingClock();
    let calls = 0;
    const work: ConnectionWork = {
      connect: () =>
        ++calls === 1 ? Promise.reject(new TypeError('x')) : Promise.resolve(done(grantAt(time.clock.now()))),
      refresh: () => Promise.reject(new Error('not asked')),
      restore: () => Promise.resolve(null)
    };
    const service = createConnectionService(runtime(time.clock), work, () => undefined);
    service.dispatch(click);
    await time.pass(0);
    expect(service.state()).toMatchObject({
      kind: 'failed',
      trouble: { failure: { verdict: 'service_error' } }
    });
    await time.pass(10_000);
    expect(service.state().kind).toBe('connected');
    await service.close();
  });

  it('tries again after as long as before when the clock is set back meanwhile', async () => {
    const refused = failed('tcp_silent', { host: 'x' });
    const { time, calls, service } = setUp([refused]);
    service.dispatch(click);
    await time.pass(0);
    expect(service.state().kind).toBe('failed');
    time.setBack(5 * HOUR);
    await time.pass(10_000);
    expect(calls).toEqual(['connect', 'connect']);
    expect(service.state().kind).toBe('connected');
    await service.close();
  });

  it('sleeps in naps, since no timer runs while the machine is suspended', async () => {
    const { time, service } = setUp();
    service.dispatch(click);
    await time.pass(0);
    expect(Math.max(...time.naps())).toBeLessThanOrEqual(30_000);
    await service.close();
  });

  it('renews nothing by itself for a single verb of a command line', async () => {
    const { time, calls, service } = setUp([], { unattended: false });
    service.dispatch(click);
    await time.pass(0);
    expect(time.waiting()).toBe(0);
    await time.pass(24 * HOUR);
    expect(calls).toEqual(['connect']);
    await service.close();
  });

  it('leaves no sleeper when it is closed', async () => {
    const { time, service } = setUp();
    service.dispatch(click);
    await time.pass(0);
    expect(time.waiting()).toBe(1);
    await service.close();
    expect(time.waiting()).toBe(0);
  });
});
