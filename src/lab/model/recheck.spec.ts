import type { Recheck, Timer } from './recheck';
import { createRecheck } from './recheck';

const timer: Timer = {
  now: () => Date.now(),
  after: (ms, callback) => {
    const id = setTimeout(callback, ms);
    return () => clearTimeout(id);
  }
};

describe('looking again by itself', () => {
  let looks: number[];
  let start: number;
  let recheck: Recheck;

  beforeEach(() => {
    jest.useFakeTimers();
    start = Date.now();
    looks = [];
    recheck = createRecheck(
      timer,
      () => looks.push((Date.now() - start) / 1000),
      () => undefined
    );
    recheck.visible(true);
  });

  afterEach(() => {
    recheck.dispose();
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });

  it('looks 10 s after it turned red, 30 s after that, then every 60 s', () => {
    recheck.saw('red');
    for (let second = 0; second < 230; second++) {
      const before = looks.length;
      jest.advanceTimersByTime(1000);
      if (looks.length > before) {
        recheck.saw('red');
      }
    }
    expect(looks).toEqual([10, 40, 100, 160, 220]);
  });

  it('says when it looks next, for the countdown', () => {
    recheck.saw('red');
    expect(recheck.nextAt).toBe(start + 10_000);
    jest.advanceTimersByTime(10_000);
    expect(recheck.nextAt).toBeNull();
    recheck.saw('red');
    expect(recheck.nextAt).toBe(start + 40_000);
  });

  it('begins at 10 s again after the path was whole in between', () => {
    recheck.saw('red');
    jest.advanceTimersByTime(10_000);
    recheck.saw('red');
    recheck.saw('green');
    recheck.saw('red');
    expect(recheck.nextAt).toBe(Date.now() + 10_000);
  });

  it('looks at a whole path once a minute, and at a doubtful one after 10 s', () => {
    recheck.saw('green');
    expect(recheck.nextAt).toBe(start + 60_000);
    recheck.saw('doubtful');
    expect(recheck.nextAt).toBe(start + 10_000);
  });

  it('never looks where waiting mends nothing', () => {
    recheck.saw('red');
    recheck.saw('none');
    jest.advanceTimersByTime(600_000);
    expect(looks).toEqual([]);
    expect(recheck.nextAt).toBeNull();
  });

  it('does not look while nobody sees the panel, and looks at once when it is overdue', () => {
    recheck.saw('red');
    recheck.visible(false);
    jest.advanceTimersByTime(25_000);
    expect(looks).toEqual([]);
    recheck.visible(true);
    jest.advanceTimersByTime(0);
    expect(looks).toEqual([25]);
  });
});
